"""From the application to the decision: LD01 to LD08, LD24, LD25, LD27."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from calendars.rules import period_words
from calendars.services import effective_rule
from documents.blocks import cell, contact, items, opinion, pair, signed, wide
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs, plain_yuan
from legal_aid import deadlines as d
from legal_aid.checking import finding, statement_of
from legal_aid.documents.values import (
    aid_of,
    claim,
    form_words,
    identity,
    matter_article,
    matter_words,
    opponents,
    people_named,
)
from legal_aid.states import Channel, Exemption, RefusalGround, SpecialStatus, State, UrgentGround

PLEDGE = "本人承诺所填内容和提交的材料真实；不实的，愿意承担法律责任，并退还为本人支付的费用。"
FILLED_IN = "申请人填写有困难，由工作人员代填，已宣读核对。"
DECIDED = {
    "grant": "同意给予法律援助。",
    "supply_urgent_papers": "同意给予法律援助。",
    "refuse": "决定不予法律援助。",
}


# LD01 to LD03


def application_form(matter: Matter) -> dict[str, Any]:
    """法律援助申请表."""
    aid, case = aid_of(matter), matter.case
    return {
        "rows": [
            pair(cell("登 记 号", case.receipt_no), cell("申请日期", cn_date(case.received_on))),
            *identity(matter),
            *claim(matter),
            pair(
                cell("申请途径", str(Channel(aid.channel).label)),
                cell("时效届满", cn_date(aid.limit_on) or NOTHING),
            ),
            wide("案情和请求", aid.facts_text or NOTHING, tall=True),
        ],
        "opinions": [
            opinion("申请人承诺", PLEDGE, "申请人"),
            opinion(
                "代为填写",
                "申请人填写有困难，由工作人员代填，已宣读核对。",
                "代填人",
                signed(case.registered_by, None),
            ),
        ],
    }


def means_form(matter: Matter) -> dict[str, Any]:
    """经济困难状况说明表."""
    means = required(statement_of(matter.case), _("还没有登记经济困难状况说明"))
    found = finding(matter.case, matter.on)
    stable = {True: "有", False: "没有", None: NOTHING}[means.has_stable_income]
    income = f"{plain_yuan(means.income_fen)}元" if means.income_fen is not None else NOTHING
    head = f"{plain_yuan(means.per_head_fen)}元" if means.per_head_fen is not None else NOTHING
    return {
        "rows": [
            *identity(matter),
            pair(cell("家庭成员", f"{means.household}人"), cell("固定生活来源", stable)),
            pair(cell("家庭月收入", income), cell("人均月收入", head)),
            wide("收入来源", means.income_note or NOTHING),
            wide("资　　产", means.assets_note or NOTHING),
            pair(
                cell("特殊身份", str(SpecialStatus(means.special_status).label)),
                cell("证明材料", means.proof or NOTHING),
            ),
            wide("免予核查", _ground(found.exemption, found.article)),
        ],
        "opinions": [opinion("个人诚信承诺", PLEDGE, "申请人")],
    }


def _ground(exemption: str, article: str) -> str:
    if not exemption:
        return "没有免予核查的理由，按规定核查"
    return f"{Exemption(exemption).label}（{article}）"


def receipt(matter: Matter) -> dict[str, Any]:
    """受理凭证: the papers received, the officer, by when a decision is due."""
    case = matter.case
    papers = paragraphs(str(matter.fact("materials") or ""))
    received_on = cn_date(matter.fact("received_on") or case.received_on)
    return {
        "rows": [
            pair(cell("登 记 号", case.receipt_no), cell("收到日期", received_on)),
            pair(cell("申 请 人", people_named(matter)), cell("对方当事人", opponents(matter))),
            wide("申请事项", matter_words(matter) if aid_of(matter).matter else "咨询后确定"),
            wide(
                "收到材料",
                [f"{n}．{paper}" for n, paper in enumerate(papers, start=1)] or "（手写）",
                tall=True,
            ),
            wide("办理期限", _decided_by(case) or NOTHING),
        ],
        "opinions": [opinion("接　　收", "", "接收人", signed(matter.by, matter.on))],
        "remarks": [
            "材料不齐全的，本中心一次告知需要补充的全部内容。凭登记号查询办理情况。",
            contact(matter),
        ],
    }


def _decided_by(case: Any) -> str:
    """By when the centre decides, in words; empty while the clock does not run."""
    clock = case.clocks.filter(rule_code=d.DECIDE.code, ended_on=None).order_by("-pk").first()
    period = effective_rule(d.DECIDE.code).period
    if clock is None or clock.due_on is None or period is None:
        return ""
    return (
        f"最迟{cn_date(clock.due_on)}作出决定"
        f"（自收到申请的次日起{period_words(period)}；补充材料和异地核查的时间不计入）"
    )


# LD04, LD24


def supplement_notice(matter: Matter) -> dict[str, Any]:
    """补充材料（说明）通知书: everything that is missing, told once, with a day and what silence means."""
    aid = aid_of(matter)
    due = cn_date(required(aid.correction_due_on, _("还没定补充期限")))
    return notice(
        matter,
        body=[
            f"你于{cn_date(matter.case.received_on)}提出的法律援助申请（登记号：{matter.case.receipt_no}）收悉。"
            f"经审查，请在{due}前（含当日）补充下列材料或者作出说明："
        ],
        listed=items(required(aid.correction_items, _("还没写需补充的内容"))),
        after=[
            f"依照{d.LAW}第四十三条的规定，补充材料、作出说明的时间不计入审查期限；"
            "没有按要求补充、也没有说明的，视为撤回申请。视为撤回后，可以重新申请。"
        ],
    )


def withdrawal_notice(matter: Matter) -> dict[str, Any]:
    """视为撤回申请告知书."""
    aid = aid_of(matter)
    due = cn_date(required(aid.correction_due_on, _("没有补充期限")))
    return notice(
        matter,
        body=[
            f"你于{cn_date(matter.case.received_on)}提出的法律援助申请（登记号：{matter.case.receipt_no}），"
            f"本中心通知你在{due}前补充材料或者作出说明，期满没有收到。",
            f"依照{d.LAW}第四十三条的规定，视为你撤回申请。材料备齐后，可以重新申请。",
        ],
    )


# LD05 to LD08


def approval_form(matter: Matter) -> dict[str, Any]:
    """法律援助审批表: matter, means or exemption, the reviewer's opinion, the decision."""
    review = required(aid_of(matter).review, _("还没有审查意见"))
    case, event = matter.case, matter.event
    decided = event is not None and event.step in DECIDED
    verdict = DECIDED[event.step] if event is not None and decided else ""
    reasons = paragraphs(review.refusal_reason) if verdict == DECIDED["refuse"] else []
    return {
        "rows": [
            pair(cell("登 记 号", case.receipt_no), cell("案　　号", case.case_no or NOTHING)),
            *identity(matter),
            *claim(matter),
            wide("事项依据", matter_article(matter)),
            wide("经济状况", _means(review)),
        ],
        "opinions": [
            opinion("审查意见", review.opinion, "审查人", signed(review.reviewed_by, review.reviewed_at)),
            opinion(
                "负责人决定",
                [verdict, *reasons],
                "负责人",
                signed(event.by_name, event.acted_on) if event is not None and decided else None,
            ),
        ],
    }


def _means(review: Any) -> str:
    """Why no check was made, or what it came to."""
    if review.exemption or review.standard_fen is None:
        return _ground(review.exemption, review.article)
    verdict = "符合" if review.hard_up else "不符合"
    return f"{verdict}经济困难标准（每人每月{plain_yuan(review.standard_fen)}元，{review.article}）"


def grant_decision(matter: Matter) -> dict[str, Any]:
    """给予法律援助决定书."""
    review = required(aid_of(matter).review, _("还没有审查意见"))
    why = (
        f"{Exemption(review.exemption).label}，免予核查经济困难状况（{review.article}）"
        if review.exemption
        else "符合经济困难标准"
    )
    return notice(
        matter,
        body=[
            f"你于{cn_date(matter.case.received_on)}就与{opponents(matter)}之间“{matter_words(matter)}”一事提出的法律援助申请"
            f"（登记号：{matter.case.receipt_no}）收悉。",
            f"经审查，你申请的事项属于法律援助事项范围（{matter_article(matter)}），{why}。"
            f"依照{d.LAW}第四十三条的规定，本中心决定给予法律援助（案号：{matter.case.case_no}），援助形式为：{form_words(matter)}。",
            "本中心将在三日内指派承办机构。法律援助不收取任何费用。请如实陈述、提供证据；情况有变化的，及时告知。",
        ],
        closing="特此通知。",
    )


def refusal_decision(matter: Matter) -> dict[str, Any]:
    """不予法律援助决定书: the reason, the objection body, route and days."""
    review = required(aid_of(matter).review, _("还没有审查意见"))
    reason = required(review.refusal_reason, _("还没写不予的理由"))
    bureau = matter.case.agency.parent
    length = effective_rule(d.OBJECT.code).period
    return notice(
        matter,
        body=[
            f"你于{cn_date(matter.case.received_on)}就与{opponents(matter)}之间“{matter_words(matter)}”一事提出的法律援助申请"
            f"（登记号：{matter.case.receipt_no}）收悉。经审查，{RefusalGround(review.refusal_ground).label}，理由是：",
            *paragraphs(reason),
            f"依照{d.LAW}第四十三条的规定，本中心决定不予法律援助。",
            f"对本决定有异议的，可以自收到本决定书之日起{length.length if length else 15}日内，"
            f"向{bureau.name if bureau else '司法行政部门'}提出（{d.LAW}第四十九条）。",
        ],
    )


def urgent_decision(matter: Matter) -> dict[str, Any]:
    """先行提供法律援助决定书: the urgency, the day that would lapse, papers still owed and by when."""
    aid = aid_of(matter)
    ground = UrgentGround(required(aid.urgent_ground, _("还没有先行提供的理由")))
    lapses = f"，届满日为{cn_date(aid.limit_on)}" if aid.limit_on and ground == UrgentGround.LIMIT else ""
    return notice(
        matter,
        body=[
            f"你于{cn_date(matter.case.received_on)}就与{opponents(matter)}之间“{matter_words(matter)}”一事提出法律援助申请"
            f"（登记号：{matter.case.receipt_no}）。因{ground.label}{lapses}，依照{d.LAW}第四十四条的规定，"
            "本中心决定先行提供法律援助。",
            f"请在{cn_date(aid.papers_due_on)}前（含当日）补交下列材料、补办手续：",
        ],
        listed=items(aid.papers_owed),
        after=["受援人没有补办手续，或者经审查不符合法律援助条件的，本中心将终止法律援助。"],
    )


# LD25, LD27


def region_letter(matter: Matter) -> dict[str, Any]:
    """异地协作核查函."""
    aid = aid_of(matter)
    return notice(
        matter,
        to=required(aid.asked_region, _("还没写协作机构")),
        body=[
            f"本中心正在审查{people_named(matter)}的法律援助申请（登记号：{matter.case.receipt_no}）。"
            f"依照{d.PROCEDURE}的规定，请你单位协助核查下列事项："
        ],
        listed=items(aid.asked_facts),
        after=["请将核查结果和依据的材料尽快函复本中心。协作核查的时间不计入审查期限。"],
        closing="特此函请协助。",
    )


def objection_decision(matter: Matter) -> dict[str, Any]:
    """法律援助异议审查决定书, in the name of the bureau."""
    objection = required(
        matter.case.aid_objections.exclude(decided_on=None).order_by("-pk").first(), _("异议还没有决定")
    )
    against = "终止" if objection.against == State.TERMINATED else "不予"
    verdict = (
        [
            f"维持{matter.case.agency.name}{against}法律援助的决定。",
            "不服本决定的，可以依法申请行政复议或者提起行政诉讼。",
        ]
        if objection.is_upheld
        else [f"责令{matter.case.agency.name}改正，对申请人给予法律援助。"]
    )
    return notice(
        matter,
        body=[
            f"你对{matter.case.agency.name}{against}法律援助的决定（登记号：{matter.case.receipt_no}）提出的异议，"
            f"本机关于{cn_date(objection.received_on)}收到。经审查：",
            *paragraphs(objection.conclusion),
            f"依照{d.LAW}第四十九条的规定，决定如下：",
            *verdict,
        ],
    )


def notice(
    matter: Matter,
    *,
    body: list[str],
    to: str = "",
    listed: list[str] | None = None,
    after: list[str] | None = None,
    closing: str = "",
) -> dict[str, Any]:
    return {
        "to": to or people_named(matter),
        "body": body,
        "items": listed or [],
        "after": after or [],
        "contact": contact(matter),
        "closing": closing,
    }
