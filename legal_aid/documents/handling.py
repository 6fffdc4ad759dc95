"""From the assignment to the end: LD09 to LD22."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from documents.blocks import cell, opinion, pair, signed, wide
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs, plain_yuan
from legal_aid import deadlines as d
from legal_aid.documents.intake import notice
from legal_aid.documents.values import (
    aid_of,
    claim,
    form_words,
    forum,
    matter_words,
    money,
    opponents,
    people_named,
    standing,
)
from legal_aid.states import AskedBy, Basis, Result, Satisfaction, Stage, TerminationGround, Work

GENERAL_POWER = "一般代理，包括提出请求、调查取证、参加庭审、进行辩论、代收文书"
SPECIAL_POWER = "特别授权，包括代为承认、放弃、变更请求，进行和解、调解，提起反申请，代领款项和文书"
BLANK_LINE = "　　　　　　　　"


def _row(label: str, text: Any) -> dict[str, str]:
    return {"label": label, "text": str(text) if text else NOTHING}


def _decider(matter: Matter, *steps: str) -> dict[str, str] | None:
    """Who took the step behind the form, and when; None where it was another."""
    event = matter.event
    if event is None or event.step not in steps:
        return None
    return {"name": event.by_name, "day": cn_date(event.acted_on)}


# LD09, LD10


def assignment_notice(matter: Matter) -> dict[str, Any]:
    """指派通知书: firm, person, matter, forum, next deadline, with a slip for the lawyer's name."""
    aid, firm = aid_of(matter), standing(matter).firm
    limit = f"注意：时效或者期限届满日为{cn_date(aid.limit_on)}。" if aid.limit_on else ""
    body = [
        f"本中心决定给予{people_named(matter)}法律援助（案号：{matter.case.number}），"
        f"依照{d.PROCEDURE}第二十四条的规定，指派你单位承办。",
        f"对方当事人：{opponents(matter)}。事项：{matter_words(matter)}。援助形式：{form_words(matter)}。"
        f"案件阶段：{Stage(aid.stage).label}。办理机关：{forum(matter)}。",
        "请及时确定承办人员，将姓名和执业证号填入回执送回本中心；自收到本通知之日起五日内与受援人签订委托代理协议。",
    ]
    return notice(matter, to=firm.name, body=[*body, *([limit] if limit else [])]) | {
        "slip": {
            "title": f"回　执（{matter.case.number}）",
            "lines": [
                f"承办人：{BLANK_LINE}执业证号：{BLANK_LINE}",
                f"联系电话：{BLANK_LINE}承办机构（盖章）：",
            ],
        }
    }


def official_letter(matter: Matter) -> dict[str, Any]:
    """法律援助公函 to the body that handles the case: lawyer, licence, power; nothing of means."""
    assignment, aid = standing(matter), aid_of(matter)
    lawyer = required(assignment.lawyer, _("还没有确定承办律师"))
    to = aid.forum or "案件办理机关"
    number = f"（{aid.forum_case_no}）" if aid.forum_case_no else ""
    return notice(
        matter,
        to=to,
        body=[
            f"{people_named(matter)}与{opponents(matter)}“{matter_words(matter)}”一案{number}，本中心已决定给予{people_named(matter)}"
            f"法律援助（案号：{matter.case.number}），援助形式为：{form_words(matter)}。",
            f"承办机构：{assignment.firm.name}。承办人：{lawyer}，执业证号：{lawyer.licence_no}。代理权限以授权委托书为准。",
            f"请依照{d.LAW}的规定为承办人履行职责提供方便，并将办理结果告知承办人。",
        ],
        closing="特此函告。",
    )


# LD11 to LD14


def agreement(matter: Matter) -> dict[str, Any]:
    """法律援助委托代理协议: the parties, the scope, that it costs nothing."""
    assignment, aid = standing(matter), aid_of(matter)
    lawyer = required(assignment.lawyer, _("还没有确定承办律师"))
    scope = matter.fact("scope") or form_words(matter)
    return {
        "foot": matter.case.number,
        "rows": [
            _row("受 援 人", people_named(matter)),
            _row("承办机构", assignment.firm.name),
            _row("承 办 人", f"{lawyer}（执业证号{lawyer.licence_no}）"),
            _row("法律援助案号", matter.case.number),
            _row("事　　项", f"与{opponents(matter)}：{matter_words(matter)}"),
        ],
        "said": [
            f"一、承办机构受{matter.case.agency.name}指派，安排承办人为受援人提供法律援助，代理范围：{scope}。",
            f"二、代理权限：{'特别授权' if aid.special_power else '一般代理'}，以授权委托书为准。",
            "三、法律援助是无偿的。承办机构和承办人不得向受援人收取费用、其他财物或者谋取不正当利益。",
            "四、承办人应当依法维护受援人的合法权益，及时通报办理进展，保守秘密。",
            "五、受援人应当如实陈述、提供证据，配合办理；承办人不依法履行职责的，可以向法律援助中心请求更换。",
            "六、本协议自签订之日起生效，至代理事项办结或者法律援助终止时止。",
        ],
        "signatures": [
            "受援人（签名）：",
            "承办机构（盖章）：",
            "承办人（签名）：",
            f"签订日期：{cn_date(aid.agreement_on) or '　　年　　月　　日'}",
        ],
    }


def power_of_attorney(matter: Matter) -> dict[str, Any]:
    """授权委托书."""
    assignment, aid = standing(matter), aid_of(matter)
    lawyer = required(assignment.lawyer, _("还没有确定承办律师"))
    return {
        "foot": matter.case.number,
        "rows": [
            _row("委 托 人", people_named(matter)),
            _row("受委托人", f"{lawyer}，{assignment.firm.name}（执业证号{lawyer.licence_no}）"),
            _row("对方当事人", opponents(matter)),
            _row("办理机关", forum(matter)),
        ],
        "said": [
            f"委托人因与{opponents(matter)}“{matter_words(matter)}”一案，委托受委托人为代理人。",
            f"代理权限：{SPECIAL_POWER if aid.special_power else GENERAL_POWER}。",
            f"代理范围：{matter.fact('scope') or form_words(matter)}。",
        ],
        "signatures": [
            f"委托人（签名、捺印）：{BLANK_LINE}",
            f"日期：{cn_date(aid.agreement_on) or '　　年　　月　　日'}",
        ],
    }


def meeting_record(matter: Matter) -> dict[str, Any]:
    """约见受援人笔录: what was explained, what was asked for."""
    assignment, aid = standing(matter), aid_of(matter)
    explained = required(matter.fact("explained"), _("在“约见受援人”时开具"))
    return {
        "foot": matter.case.number,
        "rows": [
            _row("约见日期", cn_date(aid.first_met_on)),
            _row("约见地点", matter.fact("place")),
            _row("受 援 人", people_named(matter)),
            _row("承 办 人", assignment.lawyer),
        ],
        "said": [
            "承办人告知权利、义务和风险：",
            *paragraphs(str(explained)),
            "受援人陈述和要求：",
            *paragraphs(str(matter.fact("requests") or NOTHING)),
        ],
        "signatures": [
            "以上内容已经核对，与本人陈述一致。",
            "受援人（签名、捺印）：",
            "承办人（签名）：",
        ],
    }


def progress_record(matter: Matter) -> dict[str, Any]:
    """通报记录, and any other work that was done."""
    content = required(matter.fact("content"), _("在“登记承办工作”后开具"))
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            pair(
                cell("工　　作", str(Work(matter.fact("work")).label)),
                cell("日　　期", cn_date(matter.fact("done_on"))),
            ),
            wide("内　　容", str(content), tall=True),
        ],
        "opinions": [
            opinion("承 办 人", "", "承办人"),
            opinion("受援人确认", "以上情况已经告知本人。", "受援人"),
        ],
    }


# LD15 to LD18


def replacement_form(matter: Matter) -> dict[str, Any]:
    """更换法律援助人员审批表: facts and reasons, the check, the decision."""
    aid = aid_of(matter)
    asked = AskedBy(required(aid.replacement_by, _("没有更换申请")))
    keeps = matter.event is not None and matter.event.step == "keep_lawyer"
    decided = _decider(matter, "replace", "keep_lawyer")
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            wide("提　　出", str(asked.label)),
            wide("事实和理由", aid.replacement_reason, tall=True),
        ],
        "opinions": [
            opinion("核实情况", "", "审查人"),
            opinion(
                "负责人决定",
                [("不予更换。" if keeps else "同意更换。"), *paragraphs(str(matter.fact("reason") or ""))]
                if decided
                else "",
                "负责人",
                decided,
            ),
        ],
    }


def replacement_notice(matter: Matter) -> dict[str, Any]:
    """更换法律援助人员通知书 to the firm: who follows, what is to be handed over by when."""
    assignment = standing(matter)
    before = matter.case.aid_assignments.exclude(ended_on=None).order_by("-pk").first()
    former = f"{before.firm}{before.lawyer or ''}" if before else "原承办机构"
    by_when = cn_date(matter.fact("hand_over_by"))
    same = before is not None and before.firm_id == assignment.firm_id
    return notice(
        matter,
        to=str(before.firm) if before else assignment.firm.name,
        body=[
            f"{people_named(matter)}法律援助案（案号：{matter.case.number}），原由{former}承办。"
            f"依照{d.LAW}第五十五条和{d.PROCEDURE}的规定，本中心决定更换承办人员。",
            (
                "请你单位及时另行确定承办人，告知受援人和本中心"
                if same
                else f"由{assignment.firm.name}继续承办。请你单位告知受援人"
            )
            + (f"，并在{by_when}前办理移交，填写移交清单。" if by_when else "，并办理移交，填写移交清单。"),
            "移交以前，原承办人仍应履行职责，不得影响受援人的权益。",
        ],
    )


def termination_form(matter: Matter) -> dict[str, Any]:
    """终止法律援助审批表."""
    aid = aid_of(matter)
    ground = TerminationGround(required(aid.termination_ground, _("还没有决定终止")))
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            *claim(matter),
            wide("终止情形", f"{ground.label}（{ground.article}）"),
            wide("事　　实", aid.termination_facts, tall=True),
        ],
        "opinions": [
            opinion("负责人决定", "同意终止法律援助。", "负责人", _decider(matter, "terminate")),
        ],
    }


def termination_decision(matter: Matter) -> dict[str, Any]:
    """终止法律援助决定书: ground, facts, objection route."""
    aid, bureau = aid_of(matter), matter.case.agency.parent
    ground = TerminationGround(required(aid.termination_ground, _("还没有决定终止")))
    return notice(
        matter,
        body=[
            f"本中心给予你法律援助的案件（案号：{matter.case.number}），经核实：",
            *paragraphs(aid.termination_facts),
            f"上述情形属于“{ground.label}”。依照{ground.article}的规定，"
            f"本中心决定自{cn_date(aid.terminated_on)}起终止法律援助。",
            "终止法律援助不影响仲裁、诉讼的期限，请自行按期办理。",
            f"对本决定有异议的，可以自收到本决定书之日起十五日内，"
            f"向{bureau.name if bureau else '司法行政部门'}提出（{d.LAW}第四十九条）。",
        ],
    )


# LD19 to LD22


def closing_report(matter: Matter) -> dict[str, Any]:
    """结案报告表: result, sum obtained, work done, closing date."""
    aid = aid_of(matter)
    result = Result(required(aid.result, _("案件还没有办结")))
    done = matter.case.work_log.count()
    last = matter.case.aid_assignments.select_related("firm", "lawyer__user").order_by("-pk").first()
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            *claim(matter),
            pair(
                cell("承办机构", str(last.firm) if last else NOTHING),
                cell("承 办 人", str(last.lawyer) if last and last.lawyer else NOTHING),
            ),
            pair(cell("办理结果", str(result.label)), cell("结 案 日", cn_date(aid.concluded_on))),
            pair(cell("结案依据", str(Basis(aid.result_basis).label)), cell("工作记录", f"{done}项")),
            wide("取得金额", money(aid.obtained_fen)),
            wide("办案情况", aid.closing_summary, tall=True),
        ],
        "opinions": [opinion("承 办 人", "", "承办人", signed(last.lawyer if last else None, None))],
    }


def subsidy_form(matter: Matter) -> dict[str, Any]:
    """补贴审批表: standard, extra costs, amount, payee, pay date."""
    try:
        subsidy = matter.case.subsidy
        subsidy.refresh_from_db()
    except ObjectDoesNotExist:
        subsidy = required(None, _("还没有报批补贴"))
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            pair(
                cell("补贴项目", str(subsidy.get_rate_display())),
                cell("结 案 日", cn_date(aid_of(matter).concluded_on)),
            ),
            pair(
                cell("标　　准", f"{plain_yuan(subsidy.standard_fen)}元"),
                cell("其他费用", f"{plain_yuan(subsidy.extra_fen)}元"),
            ),
            wide("其他费用的理由", subsidy.reason or NOTHING),
            wide("补贴金额", money(subsidy.amount_fen)),
            pair(cell("收 款 人", subsidy.payee), cell("支付日期", cn_date(subsidy.paid_on) or NOTHING)),
        ],
        "opinions": [
            opinion(
                "审查意见",
                "卷宗齐全、规范，建议支付。",
                "审查人",
                signed(subsidy.proposed_by, subsidy.proposed_on),
            ),
            opinion(
                "负责人意见",
                "同意支付。" if subsidy.approved_by else "",
                "负责人",
                signed(subsidy.approved_by, subsidy.approved_on) if subsidy.approved_by else None,
            ),
        ],
        "remarks": [f"法律援助补贴免征增值税和个人所得税（{d.LAW}第五十二条）。"],
    }


def call_back_form(matter: Matter) -> dict[str, Any]:
    """征求受援人意见表（回访）."""
    aid = aid_of(matter)
    content = required(matter.fact("content"), _("在“登记回访”时开具"))
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            pair(
                cell("回访日期", cn_date(aid.called_back_on)),
                cell("满意程度", str(Satisfaction(aid.satisfaction).label)),
            ),
            wide("意见和建议", str(content), tall=True),
        ],
        "opinions": [opinion("回 访 人", "", "回访人", signed(matter.by, aid.called_back_on))],
    }


def evaluation_form(matter: Matter) -> dict[str, Any]:
    """质量评估表: the score by item, the assessor."""
    score = required(aid_of(matter).quality_score, _("还没有评估"))
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            pair(
                cell("约见、通报和时限（30分）", f"{matter.fact('duty')}分"),
                cell("办案质量（40分）", f"{matter.fact('quality')}分"),
            ),
            pair(cell("卷宗（30分）", f"{matter.fact('file')}分"), cell("合　　计", f"{score}分")),
            wide("评估意见", str(matter.fact("opinion") or NOTHING), tall=True),
        ],
        "opinions": [opinion("评 估 人", "", "评估人", signed(matter.by, matter.on))],
    }
