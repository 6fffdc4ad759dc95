"""From the request to its acceptance or refusal: MD01 to MD04, MD17."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.mediation.documents.values import (
    applicants_named,
    body_named,
    both_named,
    claim_lines,
    mediation_of,
    mediator_named,
    notice,
    other_side_named,
    roster,
    unit_named,
    unit_rows,
    worker_rows,
)
from arbitration.mediation.states import DeclineGround
from documents.blocks import BLANK_DAY, cell, line, opinion, pair, signed, wide
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs

BLANK = "　　　　　　　　"


def application(matter: Matter) -> dict[str, Any]:
    """调解申请书: who, against whom, what, why."""
    return {
        "rows": [
            pair(
                cell("登 记 号", matter.case.receipt_no),
                cell("申请日期", cn_date(matter.case.received_on)),
            ),
            wide("申 请 人", applicants_named(matter)),
            *worker_rows(matter),
            *unit_rows(matter),
            wide("调解请求", claim_lines(matter)),
            wide("争议事项和理由", mediation_of(matter).facts_text or NOTHING, tall=True),
        ],
        "opinions": [opinion("申请人确认", "以上内容属实，自愿申请调解。", "申请人")],
        "list": roster(matter),
    }


def oral_application(matter: Matter) -> dict[str, Any]:
    """口头申请笔录: what article 12 asks to be written down, with the time."""
    case = matter.case
    return {
        "foot": case.receipt_no,
        "rows": [
            line("申请时间", cn_date(case.received_on)),
            line("申 请 人", applicants_named(matter)),
            line("对方当事人", other_side_named(matter)),
            line("记 录 人", case.registered_by),
        ],
        "said": [
            "申请人口头申请调解，陈述如下：",
            f"一、调解请求：{'；'.join(claim_lines(matter))}。",
            "二、争议事项和理由：",
            *paragraphs(mediation_of(matter).facts_text or NOTHING),
        ],
        "signatures": [
            "以上笔录已向我宣读，与我所说相符。",
            f"申请人（签名、捺印）：{BLANK}",
            f"日期：{BLANK_DAY}",
        ],
        "list": roster(matter),
    }


def acceptance_notice(matter: Matter) -> dict[str, Any]:
    """调解受理通知书: case number, consent of the other side, mediator, until when."""
    case, mediation = matter.case, mediation_of(matter)
    consented = cn_date(required(mediation.consented_on, _("对方还没有同意")))
    clock = case.clocks.filter(rule_code=d.MEDIATE.code, ended_on=None).order_by("-pk").first()
    until = f"，到{cn_date(clock.due_on)}" if clock and clock.due_on else ""
    return notice(
        matter,
        to=both_named(matter),
        body=[
            f"{applicants_named(matter)}于{cn_date(case.received_on)}就与{other_side_named(matter)}之间的劳动争议申请调解"
            f"（登记号：{case.receipt_no}）。{other_side_named(matter)}于{consented}同意调解。"
            f"经审查，争议属于劳动争议调解范围，{body_named(matter)}决定受理（案号：{case.case_no}）。",
            f"本案由调解员{mediator_named(matter)}主持调解。认为调解员应当回避的，可以提出。",
            f"依照{d.LAW}第十四条的规定，自收到调解申请之日起十五日内没有达成调解协议的{until}，当事人可以依法申请仲裁。",
            "调解自愿进行，不收费；任何一方可以随时书面表示不再调解。调解中为达成协议作出的让步，不作为其后仲裁、诉讼中对其不利的证据。",
        ],
    )


def refusal_notice(matter: Matter) -> dict[str, Any]:
    """不予受理或者不同意告知书: the reason and the next remedy."""
    mediation = mediation_of(matter)
    ground = DeclineGround(required(mediation.decline_ground, _("还没有决定不予受理")))
    return notice(
        matter,
        to=applicants_named(matter),
        body=[
            f"你（你们）于{cn_date(matter.case.received_on)}就与{other_side_named(matter)}之间的争议提出的调解申请"
            f"（登记号：{matter.case.receipt_no}）收悉。因{ground.label}，不予受理调解。具体情况：",
            *paragraphs(mediation.decline_text),
            f"依照{d.LAW}第五条的规定，可以向劳动人事争议仲裁委员会申请仲裁。申请调解之日起，仲裁时效中断，重新计算"
            f"（{d.LAW}第二十七条）。",
        ],
        closing="特此告知。",
    )


def withdrawal(matter: Matter) -> dict[str, Any]:
    """撤回调解申请书."""
    mediation = mediation_of(matter)
    on = required(mediation.withdrawn_on, _("没有撤回"))
    return {
        "rows": [
            pair(cell("登 记 号", matter.case.receipt_no), cell("案　　号", matter.case.case_no or NOTHING)),
            wide("申 请 人", applicants_named(matter)),
            wide("用人单位", unit_named(matter)),
            pair(
                cell("撤回日期", cn_date(on)),
                cell("是否和解", "双方已经和解" if mediation.is_reconciled else "没有和解"),
            ),
            wide("撤回的理由", mediation.withdrawal_reason, tall=True),
        ],
        "opinions": [
            opinion("申请人", "自愿撤回调解申请，知道可以重新申请或者申请仲裁。", "申请人"),
            opinion("登　　记", "", "登记人", signed(matter.by, matter.on)),
        ],
    }
