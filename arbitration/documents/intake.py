"""From the application to the decision on acceptance: AD01 to AD07, AD35, AD36."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.documents.values import (
    address_of,
    applicants,
    applicants_named,
    cause,
    claim_lines,
    claimed_total,
    claims_of,
    dispute_of,
    is_listed,
    notice,
    parties_block,
    phone_of,
    residence_of,
    respondents,
    respondents_named,
    said,
    third_parties,
    tribunal_words,
)
from arbitration.states import RefusalGround, TribunalForm
from calendars.services import effective_rule, reckoned
from cases.models import Party
from cases.names import mask_id
from documents.blocks import (
    SEXES,
    cell,
    contact,
    items,
    line,
    opinion,
    pair,
    proposed_and_decided,
    signed,
    wide,
)
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs, plain_yuan

PLEDGE = "本申请书所写内容和提交的材料真实；副本按被申请人人数提交。"
REFUSED_BY = {
    RefusalGround.OUT_OF_SCOPE: "第二条、第三十条第一项",
    RefusalGround.UNCLEAR: "第三十条第二项",
    RefusalGround.NO_INTEREST: "第三十条第三项",
    RefusalGround.REPEATED: "第三十四条",
}
"""The article of the rules on handling cases that each ground of refusal rests on."""


# AD01, AD35


def _standing(party: Party) -> Any:
    return getattr(party, "standing", None)


def _worker_rows(party: Party) -> list[list[dict[str, Any]]]:
    person, standing = party.person, _standing(party)
    if person is None:
        return _unit_rows(party, "申请单位")
    number = mask_id(person.id_number) if person.id_number else person.no_id_reason or NOTHING
    delivery = standing.delivery_address if standing else ""
    pay = f"{plain_yuan(standing.monthly_fen)}元" if standing and standing.monthly_fen else NOTHING
    return [
        pair(cell("申 请 人", person.name), cell("性　　别", SEXES.get(person.sex, NOTHING))),
        pair(cell("出生日期", cn_date(person.birth_on) or NOTHING), cell("证件号码", number)),
        pair(
            cell("户籍类型", residence_of(standing)),
            cell("联系电话", person.phone or person.contact or NOTHING),
        ),
        wide("住　　址", person.address or NOTHING),
        wide("送达地址", delivery or person.address or NOTHING),
        pair(cell("岗　　位", (standing and standing.job) or NOTHING), cell("月 工 资", pay)),
        pair(
            cell("入职日期", cn_date(standing and standing.hired_on) or NOTHING),
            cell("离职日期", cn_date(standing and standing.left_on) or NOTHING),
        ),
    ]


def _unit_rows(party: Party, label: str) -> list[list[dict[str, Any]]]:
    unit = party.employer
    if unit is None:
        return [pair(cell(label, party.name), cell("联系电话", phone_of(party)))]
    return [
        wide(label, unit.name),
        pair(
            cell("信用代码", unit.uscc or NOTHING),
            cell("法定代表人\n（负责人）", unit.legal_representative or NOTHING),
        ),
        pair(cell("地　　址", address_of(party)), cell("联系电话", phone_of(party))),
    ]


def application_form(matter: Matter) -> dict[str, Any]:
    """仲裁申请书: who, against whom, what for, why, with which evidence. 调解仲裁法第二十八条."""
    dispute, asking = dispute_of(matter), applicants(matter)
    first = required(asking[0] if asking else None, _("还没有写明申请人"))
    rows = _worker_rows(first)
    if len(asking) > 1:
        chosen = [party.name for party in asking if party.is_representative]
        rows.append(
            wide("共同申请人", f"{applicants_named(matter)}；推举代表人：{'、'.join(chosen) or NOTHING}")
        )
    for party in respondents(matter):
        rows += _unit_rows(party, "被申请人")
    for party in third_parties(matter):
        rows += _unit_rows(party, "第 三 人")
    agent = "，".join(
        each for each in (dispute.agent_name, dispute.agent_licence, dispute.agent_power) if each
    )
    if agent:
        rows.append(wide("代 理 人", agent))
    rows += [
        wide("仲裁请求", [*claim_lines(matter), f"合计：{claimed_total(matter)}"], tall=True),
        wide("事实和理由", dispute.facts_text or NOTHING, tall=True),
        wide("证据和来源", said(matter, "materials") or "见所附证据清单；证人姓名和住所另附。", tall=True),
    ]
    return {
        "rows": rows,
        "opinions": [opinion("申请人承诺", PLEDGE, "申请人")],
        "remarks": [f"此致：{settings.ARBITRATION_COMMITTEE}"],
        **members(matter),
    }


def oral_record(matter: Matter) -> dict[str, Any]:
    """口头申请仲裁笔录: what the applicant said, read out and signed."""
    dispute, case = dispute_of(matter), matter.case
    return {
        "foot": case.number,
        "rows": [
            line("登 记 号", case.receipt_no),
            line("时　　间", cn_date(case.received_on)),
            line("地　　点", f"{case.agency.name}立案窗口"),
            line("申 请 人", applicants_named(matter)),
            line("被申请人", respondents_named(matter)),
            line("记 录 人", matter.by),
        ],
        "said": [
            "申请人书写申请书有困难，口头提出仲裁申请，记录如下：",
            "仲裁请求：",
            *claim_lines(matter),
            "事实和理由：",
            *paragraphs(dispute.facts_text or NOTHING),
        ],
        "signatures": [
            "以上笔录已向本人宣读，与本人陈述一致。",
            "申请人（签名、捺印）：",
            "记录人（签名）：",
        ],
    }


# AD02 to AD04, AD36


def receipt(matter: Matter) -> dict[str, Any]:
    """收件回执: the papers, the day, by when acceptance is decided."""
    case = matter.case
    papers = paragraphs(said(matter, "materials"))
    due = reckoned(effective_rule(d.ACCEPT_OR_REFUSE.code), case.received_on).due_on
    return {
        "number": case.receipt_no,
        "rows": [
            pair(cell("登 记 号", case.receipt_no), cell("收到日期", cn_date(case.received_on))),
            pair(cell("申 请 人", applicants_named(matter)), cell("被申请人", respondents_named(matter))),
            wide("案　　由", cause(matter)),
            wide(
                "收到材料",
                [f"{n}．{paper}" for n, paper in enumerate(papers, start=1)] or "（手写）",
                tall=True,
            ),
            wide(
                "办理期限", f"最迟{cn_date(due)}决定是否受理；材料需要补正的，自收到补正材料之日起重新计算。"
            ),
        ],
        "opinions": [opinion("接　　收", "", "接收人", signed(matter.by, matter.on))],
        "remarks": ["劳动争议仲裁不收费。凭登记号查询办理情况。", contact(matter)],
    }


def correction_notice(matter: Matter) -> dict[str, Any]:
    """补正通知书: everything that is missing, said once, by when."""
    dispute = dispute_of(matter)
    missing = required(dispute.correction_items or said(matter, "missing_items"), _("在“补正”时开具"))
    due = f"请在{cn_date(dispute.correction_due_on)}前（含当日）补正。" if dispute.correction_due_on else ""
    return notice(
        matter,
        to=applicants_named(matter),
        body=[
            f"你{_many(matter)}于{cn_date(matter.case.received_on)}提出的仲裁申请（登记号：{matter.case.receipt_no}）收悉。"
            f"经审查，申请材料需要补正。依照{d.CASE_RULES}第二十九条的规定，现一次告知需要补正的全部内容：",
        ],
        items=items(missing),
        after=[
            *paragraphs(said(matter, "how_to_fix")),
            f"{due}本委自收到补正材料之日起五个工作日内决定是否受理。",
            "非主要材料暂时不能提供的，可以书面承诺在约定日期前补齐，本委先行受理。",
        ],
    )


def _many(matter: Matter) -> str:
    return "们" if len(applicants(matter)) > 1 else ""


def mediation_proposal(matter: Matter) -> dict[str, Any]:
    """调解建议书: that mediation comes first if the parties want it, and what it does not cost them."""
    case = matter.case
    body = said(matter, "body") or f"{case.agency.name}调解中心"
    return notice(
        matter,
        to=applicants_named(matter),
        number=case.receipt_no,
        body=[
            f"你{_many(matter)}与{respondents_named(matter)}“{cause(matter)}”一案的仲裁申请（登记号：{case.receipt_no}）收悉。"
            f"依照{d.CASE_RULES}第六十九条的规定，建议你{_many(matter)}先与对方进行调解，由{body}主持。",
            "调解以自愿为原则，不收费。同意调解的，本委暂缓受理；不愿调解、调解不成或者超过十五日没有达成协议的，"
            "本委自调解结束之日起继续审查，依法决定是否受理。",
            "达成调解协议的，双方可以共同申请仲裁审查，由本委制作调解书；调解书经双方签收后可以申请强制执行。",
            f"申请调解引起仲裁时效中断（{d.LAW}第二十七条）。",
        ],
        slip={
            "title": f"回　执（{case.receipt_no}）",
            "lines": [
                "□同意调解　□不同意调解，请继续审查",
                "申请人（签名）：　　　　　　　　　　　　　　　　年　　月　　日",
            ],
        },
    )


def redirection(matter: Matter) -> dict[str, Any]:
    """管辖告知书: why the case is not this committee's, and whose it is."""
    dispute = dispute_of(matter)
    other = required(dispute.redirect_to, _("还没有写明应当向哪里申请"))
    why = said(matter, "reason", "why") or "劳动合同履行地和用人单位所在地均不在本委管辖区域内。"
    return notice(
        matter,
        to=applicants_named(matter),
        body=[
            f"你{_many(matter)}于{cn_date(matter.case.received_on)}提出的与{respondents_named(matter)}劳动争议仲裁申请"
            f"（登记号：{matter.case.receipt_no}）收悉。经审查：",
            *paragraphs(why),
            f"依照{d.LAW}第二十一条、{d.CASE_RULES}第八条和第三十一条的规定，本案不属本委管辖，请向{other}申请仲裁。",
            "你提交的材料随本告知书退还。",
        ],
    )


# AD05 to AD07


def approval_form(matter: Matter) -> dict[str, Any]:
    """立案（组庭）审批表: parties, claims, the opinion of the window, who approved and when; acceptance is that day."""
    dispute, case = dispute_of(matter), matter.case
    proposed, decided = proposed_and_decided(matter)
    refuses = bool(dispute.refused_on)
    form = TribunalForm(dispute.tribunal_form).label if dispute.tribunal_form else NOTHING
    view = dispute.opinion or ("拟不予受理。" if refuses else "符合受理条件，拟受理。")
    return {
        "number": case.number,
        "rows": [
            pair(cell("登 记 号", case.receipt_no), cell("收到日期", cn_date(case.received_on))),
            wide("当 事 人", parties_block(matter)),
            wide("案　　由", cause(matter)),
            wide("仲裁请求", [*claim_lines(matter), f"合计：{claimed_total(matter)}"], tall=True),
            pair(
                cell("优先办理", dispute.get_lane_reason_display()),
                cell("简易处理", _yes(dispute.is_simplified)),
            ),
            pair(cell("仲 裁 庭", str(form)), cell("案　　号", case.case_no or NOTHING)),
            wide("组　　成", tribunal_words(matter)),
        ],
        "opinions": [
            opinion("审查意见", view, "经办人", proposed),
            opinion("审批意见", _approved(dispute, decided), "审批人", decided),
        ],
        "remarks": ["受理日期为审批人签署之日。"],
    }


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _approved(dispute: Any, decided: dict[str, str] | None) -> str:
    if decided is None:
        return ""
    return "不予受理。" if dispute.refused_on else "同意受理。"


def acceptance_notice(matter: Matter) -> dict[str, Any]:
    """受理通知书 to the applicant: case number, rights, how to change the claims, by when papers are to be in."""
    dispute, case = dispute_of(matter), matter.case
    accepted = required(case.filed_on, _("还没有受理"))
    lane = "本案属于农民工工资争议，优先受理、优先审理，力争三十日内审结。" if case.is_priority else ""
    papers = (
        f"请在{cn_date(dispute.promise_due_on)}前补齐承诺后补的材料：{dispute.promised.rstrip('。')}。"
        if dispute.promised and dispute.promise_due_on
        else ""
    )
    evidence = f"举证期限至{cn_date(dispute.evidence_due_on)}；" if dispute.evidence_due_on else ""
    return notice(
        matter,
        to=applicants_named(matter),
        number=case.case_no,
        body=[
            f"你{_many(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案，经审查符合受理条件。"
            f"依照{d.LAW}第二十九条的规定，本委决定于{cn_date(accepted)}受理，案号：{case.case_no}。现将有关事项通知如下：",
        ],
        items=[
            "当事人有权委托代理人，有权申请回避、提出证据、进行辩论、请求调解、自行和解。"
            "应当遵守庭审纪律，如实陈述，按时到庭。",
            f"当事人对自己的主张有责任提供证据。与争议事项有关的证据属于用人单位掌握管理的，用人单位应当提供。"
            f"{evidence}增加或者变更仲裁请求的，应当在举证期限届满前提出。",
            "申请人收到书面通知，无正当理由拒不到庭或者未经仲裁庭同意中途退庭的，按撤回仲裁申请处理；重新申请仲裁的，不予受理。",
            f"仲裁庭应当自受理之日起四十五日内裁决（{d.LAW}第四十三条），"
            "案情复杂需要延期的，经批准并书面通知，延长不超过十五日；中止、公告送达的期间不计入。",
            "请求劳动报酬、工伤赔偿等的，可以向法律援助中心申请法律援助；农民工追索劳动报酬的，免予核查经济困难状况。",
        ],
        after=[each for each in (lane, papers) if each],
        **members(matter),
    )


def refusal_notice(matter: Matter) -> dict[str, Any]:
    """不予受理通知书: the reason, its article, and that the applicant may sue."""
    dispute = dispute_of(matter)
    ground = RefusalGround(required(dispute.refusal_ground, _("还没有决定不予受理")))
    return notice(
        matter,
        to=applicants_named(matter),
        body=[
            f"你{_many(matter)}于{cn_date(matter.case.received_on)}提出的与{respondents_named(matter)}劳动争议仲裁申请"
            f"（登记号：{matter.case.receipt_no}）收悉。经审查：",
            *paragraphs(dispute.refusal_reason),
            f"上述情形属于“{ground.label}”。依照{d.LAW}第二十九条、{d.CASE_RULES}{REFUSED_BY[ground]}的规定，"
            "本委决定不予受理。",
            f"你{_many(matter)}可以就该劳动争议事项向{settings.DISTRICT_COURT}提起诉讼，建议自收到本通知书之日起十五日内提起。",
        ],
    )


# Group cases


def members(matter: Matter) -> dict[str, Any]:
    """The list of applicants behind a document of a group case; nothing for few."""
    if not is_listed(matter):
        return {}
    sums: dict[int, int] = {}
    for claim in claims_of(matter):
        sums[claim.party_id] = sums.get(claim.party_id, 0) + (claim.amount_fen or 0)
    rows = [
        {
            "no": n,
            "name": party.name,
            "id_number": mask_id(party.person.id_number) if party.person else NOTHING,
            "note": "代表人" if party.is_representative else "",
            "sums": [plain_yuan(sums.get(party.pk, 0))],
        }
        for n, party in enumerate(applicants(matter), start=1)
    ]
    total = plain_yuan(sum(sums.values()))
    return {"list": {"title": "申请人名单", "heads": ["请求金额（元）"], "rows": rows, "totals": [total]}}
