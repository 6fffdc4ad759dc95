"""The meetings and what came of them: MD05 to MD08."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.mediation.documents.values import (
    agreed_list,
    applicants_named,
    body_named,
    both_named,
    claim_lines,
    mediation_of,
    mediator_named,
    notice,
    other_side_named,
    unit_named,
    unit_of,
    workers,
)
from arbitration.mediation.states import FailReason
from cases.names import mask_id
from documents.blocks import BLANK_DAY, line
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs

BLANK = "　　　　　　　　"


def meeting_notice(matter: Matter) -> dict[str, Any]:
    """调解通知书: when, where, who mediates."""
    mediation = mediation_of(matter)
    on = cn_date(required(mediation.meet_on, _("还没有安排调解")))
    return notice(
        matter,
        to=both_named(matter),
        body=[
            f"{applicants_named(matter)}与{other_side_named(matter)}劳动争议调解一案（案号：{matter.case.number}），"
            f"定于{on}{mediation.meet_time}在{mediation.meet_place}进行调解，由调解员{mediator_named(matter)}主持。",
            "请带身份证明和有关证据按时参加；单位由法定代表人、负责人或者持授权委托书的代理人参加，"
            "劳动者一方十人以上的由推举的代表参加。不能按时参加的，提前告知。",
        ],
    )


def minutes(matter: Matter) -> dict[str, Any]:
    """调解笔录: who was there, what both sides said, what was proposed, what came of it."""
    meeting = required(matter.case.meetings.order_by("no").last(), _("还没有登记调解笔录"))
    return {
        "foot": f"{matter.case.number}　第{meeting.no}次调解",
        "rows": [
            line("时　　间", cn_date(meeting.held_on)),
            line("地　　点", meeting.place),
            line("在场人员", meeting.present),
            line("调 解 员", mediator_named(matter)),
            line("争议双方", both_named(matter)),
        ],
        "said": [
            "调解员告知双方权利义务：调解自愿；可以申请回避；任何一方可以随时不再调解。双方表示清楚。",
            "劳动者一方：",
            *paragraphs(meeting.worker_position),
            "用人单位一方：",
            *paragraphs(meeting.employer_position),
            *(["提出的方案：", *paragraphs(meeting.proposals)] if meeting.proposals else []),
            "结果：",
            *paragraphs(meeting.result),
        ],
        "signatures": [
            "以上笔录已经核对无误。",
            f"劳动者一方（签名）：{BLANK}",
            f"用人单位一方（签名）：{BLANK}",
            f"调解员（签名）：{BLANK}",
        ],
    }


def agreement(matter: Matter) -> dict[str, Any]:
    """调解协议书: the parties, what is in dispute, the articles, who signs, from when it binds."""
    case, mediation = matter.case, mediation_of(matter)
    text = required(mediation.agreement_text, _("还没有达成协议"))
    people, unit = workers(matter), unit_of(matter)
    shown = "；".join(_person(party) for party in people) if len(people) < 3 else matter.people.workers_named
    head = unit.legal_representative or unit.contact
    facts = paragraphs(mediation.facts_text)
    return {
        "number": case.case_no,
        "foot": case.case_no,
        "rows": [
            line("劳 动 者", shown),
            line(
                "用人单位",
                f"{unit.name}{f'（{unit.uscc}）' if unit.uscc else ''}{f'，负责人：{head}' if head else ''}",
            ),
            line("调解组织", body_named(matter)),
            line("调 解 员", mediator_named(matter)),
            line("请　　求", "；".join(claim_lines(matter))),
        ],
        "said": [
            "争议事实：",
            *(facts or [NOTHING]),
            "经调解，双方自愿达成如下协议：",
            *paragraphs(text),
            f"本协议对双方具有约束力，应当履行。双方可以自协议生效之日起十五日内共同申请仲裁审查（{d.CASE_RULES}第七十四条），"
            f"或者自生效之日起三十日内共同申请司法确认（{d.CIVIL_PROCEDURE}第二百零五条）；"
            f"拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金的协议到期不履行的，劳动者可以申请支付令（{d.LAW}第十六条）。",
        ],
        "signatures": [
            f"劳动者（签名、捺印）：{BLANK}",
            f"用人单位（盖章）、代表人（签名）：{BLANK}",
            f"调解员（签名）：{BLANK}",
            f"调解组织（盖章）：{BLANK}",
            f"生效日期：{cn_date(mediation.agreed_on) or BLANK_DAY}",
        ],
        "list": agreed_list(matter),
    }


def _person(party: Any) -> str:
    number = party.person.id_number
    return f"{party.name}{f'（{mask_id(number)}）' if number else ''}"


def failure_notice(matter: Matter) -> dict[str, Any]:
    """调解不成告知书: received, ended, why, that arbitration is open."""
    case, mediation = matter.case, mediation_of(matter)
    reason = FailReason(required(mediation.fail_reason, _("调解还没有终结")))
    return notice(
        matter,
        to=both_named(matter),
        body=[
            f"{applicants_named(matter)}于{cn_date(case.received_on)}申请调解与{other_side_named(matter)}之间的劳动争议"
            f"（案号：{case.number}），调解于{cn_date(mediation.failed_on)}终结。因{reason.label}，调解不成。",
            f"依照{d.LAW}第五条、第十四条的规定，当事人可以依法向劳动人事争议仲裁委员会申请仲裁；"
            f"需要的，{unit_named(matter)}和劳动者都可以要求把本案的申请材料随案转去，不用重新提交。",
        ],
        closing="特此告知。",
    )
