"""From acceptance to the hearing and beside it: notices and letters AD08 to AD16, AD37 to AD41, AD44."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from arbitration import booking
from arbitration import deadlines as d
from arbitration.documents.values import (
    applicants_named,
    cause,
    claim_lines,
    claim_words,
    dispute_of,
    everybody,
    hearing_of,
    named,
    notice,
    place_of,
    respondents_named,
    said,
    third_parties,
    tribunal,
    tribunal_words,
)
from arbitration.models import DisputeClaim, Suspension
from arbitration.states import ClaimOrigin, SuspensionGround
from cases.clocks import running_rows
from documents.blocks import cell, opinion, pair, proposed_and_decided, wide
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, cn_datetime, paragraphs

PEN = "　　　　　　　　"
HELD_BY_EMPLOYER = [
    "劳动合同文本、用工登记和考勤记录。",
    "工资支付台账（书面工资支付记录应当保存至少两年）、银行代发凭证。",
    "解除、终止劳动关系的通知及其依据，依法制定并公示的规章制度。",
    "工程项目的总包、分包合同，农民工工资专用账户和实名制管理资料（建设领域）。",
]


# AD08 to AD11


def answer_notice(matter: Matter) -> dict[str, Any]:
    """应诉通知书 to the respondents: the copy, ten working days for the reply, rights."""
    case = matter.case
    shortened = said(matter, "reply_due_on")
    reply = (
        f"请在{cn_date(shortened)}前提交答辩书" if shortened else "自收到本通知书之日起十个工作日内提交答辩书"
    )
    return notice(
        matter,
        to=respondents_named(matter),
        number=case.case_no,
        body=[
            f"{applicants_named(matter)}诉你单位“{cause(matter)}”一案，本委已于{cn_date(case.filed_on)}受理（案号：{case.case_no}）。"
            "现随本通知书送达仲裁申请书副本，并将有关事项通知如下：",
        ],
        items=[
            f"{reply}并按申请人人数提交副本（{d.LAW}第三十条）；不提交答辩书的，不影响仲裁程序的进行。",
            "对管辖有异议或者提出反申请的，应当在答辩期内书面提出；逾期提出的管辖异议不予审查，反申请另行申请。",
            "提交营业执照复印件、法定代表人身份证明书；委托代理人的，提交授权委托书。",
            "主张仲裁请求超过仲裁时效的，应当在仲裁阶段提出。",
            "收到书面通知，无正当理由拒不到庭或者未经仲裁庭同意中途退庭的，可以缺席裁决。",
        ],
    )


def evidence_notice(matter: Matter) -> dict[str, Any]:
    """举证通知书: by when, and what only the employer has. 调解仲裁法第三十九条."""
    dispute, case = dispute_of(matter), matter.case
    due = f"{cn_date(dispute.evidence_due_on)}前" if dispute.evidence_due_on else "开庭审理以前"
    return notice(
        matter,
        to=respondents_named(matter),
        number=case.case_no,
        body=[
            f"{applicants_named(matter)}诉你单位“{cause(matter)}”一案（案号：{case.case_no}），请在{due}向本委提交证据，"
            "并附证据清单，写明名称、来源和证明内容。下列由你单位掌握管理的证据，应当提供：",
        ],
        items=HELD_BY_EMPLOYER,
        after=[
            f"在指定期限内不提供的，承担不利后果（{d.LAW}第三十九条、《保障农民工工资支付条例》第五十条）。"
            "确有困难不能按期提供的，应当在期限届满前书面申请延长。",
        ],
    )


def tribunal_notice(matter: Matter) -> dict[str, Any]:
    """组庭通知书: who decides, who records, how to ask for recusal."""
    case = matter.case
    required(tribunal(matter), _("还没有组成仲裁庭"))
    simple = "本案适用简易处理。" if dispute_of(matter).is_simplified else ""
    return notice(
        matter,
        to=everybody(matter),
        number=case.case_no,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），"
            f"依照{d.LAW}第三十二条的规定，现将仲裁庭组成情况通知如下：",
            f"{tribunal_words(matter)}。{simple}",
            "认为上述人员是本案当事人或者代理人的近亲属，与本案有利害关系，与当事人、代理人有其他关系可能影响公正裁决，"
            "或者私自会见当事人、代理人、接受请客送礼的，有权书面或者口头申请回避，并说明理由；"
            "本委在三个工作日内作出决定。",
        ],
    )


def hearing_notice(matter: Matter) -> dict[str, Any]:
    """开庭通知书: date, place, tribunal, by when another day may be asked for, what absence leads to."""
    case, hearing = matter.case, hearing_of(matter)
    on = timezone.localdate(hearing.starts_at)
    return notice(
        matter,
        to=everybody(matter),
        number=case.case_no,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），"
            f"定于{cn_datetime(hearing.starts_at)}在{place_of(hearing)}开庭审理，请准时到庭。",
            f"仲裁庭：{tribunal_words(matter)}。",
            f"请携带本通知书、身份证件、证据原件；有证人的，通知证人到庭并在庭外等候。有正当理由需要延期的，"
            f"应当在{cn_date(booking.postponement_by(on))}前（含当日）申请（{d.LAW}第三十五条）。",
            "申请人无正当理由拒不到庭或者未经仲裁庭同意中途退庭的，按撤回仲裁申请处理；"
            "被申请人无正当理由拒不到庭或者未经仲裁庭同意中途退庭的，可以缺席裁决。",
        ],
        slip={
            "title": f"存根　{case.case_no}　开庭通知书",
            "lines": [
                f"开庭时间：{cn_datetime(hearing.starts_at)}　地点：{place_of(hearing)}",
                f"受通知人（签名）：{PEN}收到日期：　　年　　月　　日",
            ],
        },
    )


# AD13 to AD16, AD40


def _award_dates(matter: Matter) -> tuple[str, str]:
    """The due date of the award before and after the change, in words."""
    rows = running_rows(matter.case, d.AWARD, d.AWARD_RESTARTED)
    due = rows[0].due_on if rows else None
    return said(matter, "old_due_on", "due_on"), cn_date(due)


def extension_form(matter: Matter) -> dict[str, Any]:
    """延期裁决审批表."""
    dispute, case = dispute_of(matter), matter.case
    reason = required(dispute.extension_reason, _("还没有批准延期"))
    proposed, decided = proposed_and_decided(matter)
    before, after = _award_dates(matter)
    return {
        "number": case.number,
        "rows": [
            pair(cell("案　　号", case.case_no), cell("受理日期", cn_date(case.filed_on))),
            wide("当 事 人", f"{applicants_named(matter)}诉{respondents_named(matter)}"),
            pair(
                cell("组庭日期", cn_date(dispute.tribunal_formed_on) or NOTHING),
                cell("仲 裁 庭", tribunal_words(matter)),
            ),
            wide(
                "延长期限",
                f"延长不超过十五日，至{after or NOTHING}" + (f"（原为{cn_date(before)}）" if before else ""),
            ),
            wide("理　　由", reason, tall=True),
        ],
        "opinions": [
            opinion("仲裁庭意见", "案情复杂，申请延期。", "仲裁员", proposed),
            opinion("审批意见", "同意延期。" if decided else "", "审批人", decided),
        ],
        "remarks": [f"依据：{d.LAW}第四十三条、{d.CASE_RULES}第四十五条。"],
    }


def extension_notice(matter: Matter) -> dict[str, Any]:
    """延期裁决通知书: why, and until when at the latest."""
    dispute, case = dispute_of(matter), matter.case
    reason = required(dispute.extension_reason, _("还没有批准延期"))
    _before, after = _award_dates(matter)
    return notice(
        matter,
        to=everybody(matter),
        number=case.case_no,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），"
            f"因{reason.rstrip('。')}，案情复杂，不能在法定期限内裁决。",
            f"依照{d.LAW}第四十三条的规定，经批准延长审理期限，延长不超过十五日"
            + (f"，最迟至{after}作出裁决。" if after else "。"),
        ],
    )


def _suspension(matter: Matter) -> Suspension:
    rows = matter.case.suspensions.filter(kind=Suspension.Kind.SUSPENDED).order_by("-from_on", "-pk")
    found: Suspension = required(rows.first(), _("本案没有中止"))
    return found


def suspension_form(matter: Matter) -> dict[str, Any]:
    """中止审理审批表."""
    dispute, case, row = dispute_of(matter), matter.case, _suspension(matter)
    proposed, decided = proposed_and_decided(matter)
    return {
        "number": case.number,
        "rows": [
            pair(cell("案　　号", case.case_no), cell("受理日期", cn_date(case.filed_on))),
            wide("当 事 人", f"{applicants_named(matter)}诉{respondents_named(matter)}"),
            wide("案　　由", cause(matter)),
            pair(
                cell("组庭日期", cn_date(dispute.tribunal_formed_on) or NOTHING),
                cell("仲 裁 庭", tribunal_words(matter)),
            ),
            pair(cell("中止起日", cn_date(row.from_on)), cell("中止期间", "至中止的原因消除时止")),
            wide("中止情形", str(SuspensionGround(row.ground).label) if row.ground else NOTHING),
            wide("理　　由", row.reason, tall=True),
        ],
        "opinions": [
            opinion("仲裁庭意见", "申请中止审理。", "仲裁员", proposed),
            opinion("审批意见", "同意中止审理。" if decided else "", "审批人", decided),
        ],
        "remarks": [f"依据：{d.CASE_RULES}第四十七条。中止的期间不计入审理期限。"],
    }


def suspension_notice(matter: Matter) -> dict[str, Any]:
    """中止审理通知书."""
    case, row = matter.case, _suspension(matter)
    ground = f"本案具有“{SuspensionGround(row.ground).label}”的情形：" if row.ground else ""
    return notice(
        matter,
        to=everybody(matter),
        number=case.case_no,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），"
            f"{ground}{row.reason.rstrip('。')}。",
            f"依照{d.CASE_RULES}第四十七条的规定，本案自{cn_date(row.from_on)}起中止审理。中止的期间不计入审理期限，"
            "中止的原因消除后恢复审理，另行通知。",
        ],
    )


def resumption_notice(matter: Matter) -> dict[str, Any]:
    """恢复审理通知书: since when, and how many days do not count."""
    case, row = matter.case, _suspension(matter)
    resumed = required(row.to_on, _("本案还没有恢复审理"))
    days = (resumed - row.from_on).days
    rows = running_rows(case, d.AWARD, d.AWARD_RESTARTED)
    due = f"，裁决期限顺延至{cn_date(rows[0].due_on)}" if rows and rows[0].due_on else ""
    return notice(
        matter,
        to=everybody(matter),
        number=case.case_no,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}）"
            f"自{cn_date(row.from_on)}起中止审理。现中止的原因已经消除，本委决定自{cn_date(resumed)}起恢复审理。",
            f"中止期间共{days}日，不计入审理期限{due}。",
        ],
    )


# AD37 to AD39, AD41, AD44


def counterclaim_notice(matter: Matter) -> dict[str, Any]:
    """反申请受理（不予受理）通知书."""
    case = matter.case
    rows = case.dispute_claims.filter(origin=ClaimOrigin.COUNTER).select_related(
        "party__person", "party__employer"
    )
    found: list[DisputeClaim] = required(list(rows.order_by("filed_on", "pk")), _("没有反申请"))
    last = found[-1]
    asked = "；".join(claim_words(claim) for claim in found if claim.filed_on == last.filed_on)
    opening = (
        f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），"
        f"{last.party.name}于{cn_date(last.filed_on)}提出反申请：{asked}。"
    )
    since = cn_date(last.accepted_on) or cn_date(matter.on)
    if last.refused_on:
        why = said(matter, "reason", "why") or "反申请不符合受理条件。"
        return notice(
            matter,
            to=everybody(matter),
            number=case.case_no,
            body=[
                opening,
                *paragraphs(why),
                f"依照{d.CASE_RULES}第三十六条的规定，本委决定不予受理，可以另行申请或者起诉。",
            ],
        )
    return notice(
        matter,
        to=everybody(matter),
        number=case.case_no,
        body=[
            opening,
            f"经审查符合受理条件。依照{d.CASE_RULES}第三十六条、第四十六条的规定，本委于{since}"
            "受理，并与本申请合并审理；审理期限自受理反申请之日起重新计算。",
            "对方可以自收到反申请书副本之日起十个工作日内提交答辩书。",
        ],
    )


def change_notice(matter: Matter) -> dict[str, Any]:
    """追加当事人（变更请求）通知书: who or what came in, and that the time for the award begins anew."""
    case, dispute = matter.case, dispute_of(matter)
    added = list(case.dispute_claims.filter(origin=ClaimOrigin.ADDED).order_by("pk"))
    reason = said(matter, "reason", "why")
    others = third_parties(matter)
    body = [
        f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），审理中"
        + (
            f"增加、变更仲裁请求：{'；'.join(claim_words(claim) for claim in added)}。"
            if added
            else "当事人有变更。"
        ),
        *paragraphs(reason),
    ]
    if others:
        body.append(f"第三人：{named(others)}。")
    since = f"自{cn_date(dispute.restarted_on)}起" if dispute.restarted_on else ""
    body += [
        f"现在的当事人：申请人{applicants_named(matter)}，被申请人{respondents_named(matter)}。",
        f"依照{d.CASE_RULES}第四十四条、第四十六条的规定，审理期限{since}重新计算；"
        "答辩、举证期限重新给予，当事人同意不再答辩、举证的除外。",
    ]
    return notice(matter, to=everybody(matter), number=case.case_no, body=body)


def entrusting_letter(matter: Matter) -> dict[str, Any]:
    """委托调解函: the case before the hearing, for ten working days, with both sides' consent."""
    case, dispute = matter.case, dispute_of(matter)
    body = required(dispute.entrusted_to, _("还没有委托调解"))
    return notice(
        matter,
        to=body,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），双方同意在开庭前调解。"
            f"依照{d.CASE_RULES}第七十条的规定，现委托你单位主持调解。",
            "请自收到本函之日起十个工作日内调解结束，将结果和调解笔录送本委；达成协议的，本委可以根据申请制作调解书。"
            "调解不成的，及时将案件材料退回，本委依法开庭。",
        ],
        items=claim_lines(matter),
        closing="特此函告。",
    )


def merger_notice(matter: Matter) -> dict[str, Any]:
    """合并（分案）审理通知书: both numbers, which leads."""
    case, dispute = matter.case, dispute_of(matter)
    is_apart = matter.event is not None and matter.event.step == "split_off"
    if dispute.merged_into is None or is_apart:
        lines = [
            f"本案（案号：{case.case_no}）与原合并审理的案件分案审理，各自作出裁决。",
        ]
    else:
        lines = [
            f"本案（案号：{case.case_no}）与案号为{dispute.merged_into.case_no}的案件，用人单位和请求性质相同，"
            f"本委决定自{cn_date(dispute.merged_on)}起合并审理，以{dispute.merged_into.case_no}为主案。",
            "两案的案号和受理日期各自保留，裁决期限不因合并重新计算。",
        ]
    return notice(
        matter,
        to=everybody(matter),
        number=case.case_no,
        body=[f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案：", *lines],
    )


def announcement(matter: Matter) -> dict[str, Any]:
    """送达公告: whom the office could not reach otherwise, what is served, when it counts as served."""
    case = matter.case
    rows = case.suspensions.filter(kind=Suspension.Kind.ANNOUNCEMENT).order_by("-from_on", "-pk")
    row = rows.select_related("party__person", "party__employer").first()
    who = row.party.name if row is not None and row.party is not None else respondents_named(matter)
    papers = (
        said(matter, "papers", "documents", "document")
        or "仲裁申请书副本、应诉通知书、举证通知书、组庭和开庭通知书"
    )
    hearing = case.hearings.filter(state="planned").select_related("room").order_by("-pk").first()
    when = (
        f"定于{cn_datetime(hearing.starts_at)}在{place_of(hearing)}开庭审理，逾期不到庭的，依法缺席裁决。"
        if hearing
        else ""
    )
    return notice(
        matter,
        to=who,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），"
            f"因其他方式无法送达，依照{d.CIVIL_PROCEDURE}第九十五条的规定，现向你公告送达{papers}。"
            "自公告之日起经过三十日，即视为送达。",
            f"请在公告期满后的答辩期内到{settings.ARBITRATION_COMMITTEE}领取并答辩。{when}",
        ],
        closing="特此公告。",
    )
