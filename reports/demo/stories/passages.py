"""Passages that many stories share."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from cases.models import PartyRole
from cases.models.people import ProjectType
from documents.models import ServiceRecord
from inspection.guards import REGULATOR_CAUSES
from inspection.states import Cause, Channel
from inspection.supervision import supervisor_of
from reports.demo.fiction import Wish
from reports.demo.office import DECISION, NOTICE, ORDER, File

Days = Iterator[date]

BEFORE_THE_ARCHIVE = {
    "T08": ("answer_hotline", "12345平台回复办结"),
    "T56": ("tell_result", "电话告知劳动者代表"),
    "T43": ("hand_over", "移交案卷副本一册"),
    "T51": ("top_up_deposit", "总承包单位补足，银行回执示例"),
}
"""What is still to be done before a file is put away: the step of each clock, and how it was done."""

TESTS = {"within_two_years": True, "respondent_clear": True, "within_mandate": True}
BUILDING_CAUSES = (
    Cause.DEVELOPER,
    Cause.MAIN_CONTRACTOR,
    Cause.SUBCONTRACTOR,
    Cause.ILLEGAL_CHAIN,
    Cause.SETTLEMENT,
)
OTHER_CAUSES = (Cause.HARDSHIP, Cause.SHUT_DOWN, Cause.DISPUTE, Cause.OTHER)
BUILDING = (ProjectType.HOUSING, ProjectType.ROAD, ProjectType.WATER, ProjectType.MUNICIPAL)
HIRED = "重庆示例建设集团有限公司"


def filed(file: File, wish: Wish = Wish(), *, is_major: bool = False) -> Days:  # noqa: B008  a frozen value
    """Registered, accepted and filed within the first days."""
    file.register(wish)
    yield file.later(0, 2)
    yield from accepted(file, is_major=is_major)


def accepted(file: File, *, is_major: bool = False) -> Days:
    """The head accepts what the window proposed and files it the same day."""
    head = file.staff.head
    file.take("accept", head, "符合受理条件。")
    file.take("file_case", head, lead=file.lead, second=file.second, is_major=is_major)
    yield file.later(1, 4)


def looked_into(file: File, cause: str = "", *, less_fen: int = 0) -> Days:
    """The two inspectors asked both sides; the sum for each worker is fixed; the hotline has its answer."""
    if file.case.complaint.channel == Channel.H12345:
        file.take("answer_hotline", file.staff.window, done_on=file.today, how="12345平台回复")
    enquire(file, "inquiry", "询问劳动者，工资标准和欠薪月份与投诉一致。")
    yield file.later(1, 4)
    enquire(file, file.rng.choice(("site", "papers")), "调取考勤表和工资发放记录，单位承认没有付清。")
    confirm_amounts(file, cause, less_fen=less_fen)
    yield file.later(1, 2)


def confirm_amounts(file: File, cause: str = "", *, less_fen: int = 0) -> None:
    """The sum for each worker is fixed, and why it was not paid."""
    claims = list(file.case.claims.order_by("pk"))
    amounts = {f"claim_{claim.pk}": claim.owed_fen for claim in claims}
    amounts[f"claim_{claims[0].pk}"] -= less_fen
    file.take("confirm_amounts", file.lead, **amounts)
    file.correct(file.lead, "按调查结果填写欠薪原因", cause=cause or likely_cause(file))


def enquire(file: File, act: str, summary: str) -> None:
    place = "用工现场" if act == "site" else "监察支队询问室"
    file.take("investigate", file.lead, act=act, acted_on=file.today, place=place, summary=summary)


def likely_cause(file: File) -> str:
    causes = BUILDING_CAUSES if file.case.project_id else OTHER_CAUSES
    return causes[file.number % len(causes)]


def ordered(file: File, *, days: int = 8, posted: bool = False) -> Days:
    """The order to pay is issued and served on every respondent; today its term is over."""
    term = file.calendar_day(days + 4)
    breach = f"{file.case.respondent_name}没有按时足额支付{file.case.worker_count}名劳动者的工资。"
    yield from file.agreed(
        "order", file.lead, file.staff.head, "事实清楚，建议责令限期支付。", breach=breach, pay_by_on=term
    )
    yield file.later(1)
    if posted:
        file.serve(ORDER, ServiceRecord.Method.POSTED, "在单位住所张贴，拍照示例001、002，见证人社区工作人员")
    else:
        file.serve(ORDER)
    yield file.open_after(term)


def closed(file: File, step: str, outcome: str, summary: str, *, days: int = 1, **facts: Any) -> Days:
    """Proposed by the lead with what was reached, closed by the head."""
    yield from file.agreed(
        step, file.lead, file.staff.head, summary, days=days, outcome=outcome, summary=summary, **facts
    )


def concluded(file: File, *, review: bool = False) -> Days:
    sector_told(file)
    summary = "欠薪事实清楚，证据充分，经责令没有付清。"
    yield from file.agreed(
        "conclude_investigation",
        file.lead,
        file.staff.head,
        summary,
        summary=summary,
        legal_review_needed=review,
    )


def noticed(file: File) -> Days:
    """What is intended was told to the employer, who waives a statement in writing."""
    content = "拟责令支付拖欠的工资，并告知陈述、申辩的权利。"
    yield from file.agreed(
        "give_notice",
        file.lead,
        file.staff.head,
        "期满没有付清，建议事先告知。",
        notice_kind="handling",
        notice_content=content,
        hearing_right=False,
    )
    yield file.later(1)
    yield from heard(file)


def heard(file: File) -> Days:
    """The notice was served, and the employer's waiver recorded."""
    file.serve(NOTICE)
    yield file.later(2)
    for unit in file.parties(PartyRole.RESPONDENT):
        words = "单位书面表示不陈述、不申辩。"
        file.take("hear_statement", file.lead, party=unit, waived=True, content=words)
    yield file.later(1)


def legally_reviewed(file: File) -> None:
    file.take(
        "review_law", file.staff.legal, passed=True, opinion="事实清楚，证据充分，适用依据正确，程序合法。"
    )


def decision_facts(file: File, days: int = 15) -> dict[str, Any]:
    return {
        "content": f"责令{file.case.respondent_name}支付拖欠{file.case.worker_count}名劳动者的工资。",
        "pay_within": days,
    }


def decided(file: File, *, review: bool = True) -> Days:
    """Deputy proposes, bureau head decides; the decision is served two days later."""
    if review:
        legally_reviewed(file)
    staff = file.staff
    yield from file.agreed(
        "decide", staff.deputy, staff.bureau, "同意承办意见。", days=2, **decision_facts(file)
    )
    yield file.later(2)
    file.serve(DECISION)


def term_over(file: File) -> Days:
    """Today the term of the decision is over, unpaid."""
    term = file.case.complaint.decision_pay_by_on
    assert term is not None, "the decision was served"
    yield file.open_after(term)


def up_to_decision(file: File, wish: Wish) -> Days:
    yield from filed(file, wish)
    yield from looked_into(file)
    yield from ordered(file)
    yield from concluded(file, review=True)
    yield from noticed(file)
    yield from decided(file)


def remedied(file: File, what: str, result: str) -> None:
    """The first unit asked for review, sued, or got its answer."""
    unit = file.parties(PartyRole.RESPONDENT)[0]
    file.take("record_remedy", file.lead, party=unit, remedy=what, done_on=file.today, result=result)


def sued_in_vain(file: File) -> Days:
    """The unit sued; the court upheld the decision two months later."""
    remedied(file, "suit", f"单位向法院起诉，示例行初〔{file.today.year}〕{file.number}号")
    yield file.later(40)
    remedied(file, "suit_upheld", "法院判决驳回诉讼请求，判决已生效。")
    yield file.later(1)


def asked_for_help(file: File, request: str, content: str) -> None:
    """A task went to the authority that supervises the works."""
    facts = {"receiver": supervisor_of(file.case), "request": request, "content": content}
    file.take("send_task", file.lead, **facts, due_on=file.later(5))


def disputed_request(file: File) -> Days:
    """Returned, sent again, returned a second time and ruled upon; answered, and another one taken back."""
    asked_for_help(file, "illegal_chain", "查处劳务分包给个人的行为。")
    yield file.later(1)
    liaison = file.staff.liaisons[file.case.tasks.get().receiver.code]
    rule = "《示例区部门职责规定》第三条第二款"
    sent_back: dict[str, Any] = {"task": file.case.tasks.get(), "scope": "part", "rule": rule}
    file.take("return_task", liaison, **sent_back, reason="班组长的处理不属于我委职责，其余照办。")
    yield file.later(1)
    task, due_on = file.case.tasks.get(), file.later(5)
    file.take("resend_task", file.lead, task=task, answer="施工合同由你委备案，请一并查处。", due_on=due_on)
    yield file.later(1)
    file.take("return_task", liaison, **sent_back, reason="同前。")
    ruling = "合同备案和分包查处由行业主管部门办理，班组长的责任由监察支队查清。"
    ruled: dict[str, Any] = {"task": file.case.tasks.get(), "result": "partly", "ruling": ruling}
    file.take("rule_on_task", file.staff.deputy, **ruled, due_on=due_on)
    yield file.later(2)
    helped(file, "已对总承包单位违法分包立案查处，责令其先行清偿。")
    asked_for_help(file, "attend", "请派员到场协调。")
    file.take("withdraw_task", file.lead, task=file.case.tasks.get(replied_at=None), reason="双方已到场。")
    yield file.later(1)


def sector_told(file: File) -> None:
    """Unpaid works and illegal contracts are told to the authority of the sector before the investigation ends."""
    authority = supervisor_of(file.case)
    if authority is None or file.case.complaint.cause not in REGULATOR_CAUSES:
        return
    if not file.case.tasks.filter(receiver=authority).exists():
        asked_for_help(file, "verify", "核实工程款拨付和分包情况。")


def helped(file: File, reply: str) -> None:
    """The authority answered its task."""
    task = file.case.tasks.get(replied_at=None)
    file.take("reply_task", file.staff.liaisons[task.receiver.code], task=task, reply=reply, moved=0)


def put_away(file: File) -> Days:
    """Three weeks after the end the file goes to the archive, unless the history ends before."""
    file.read_messages()
    day = file.later(15, 20)
    if day > file.end:
        return
    yield day
    waiting = set(file.case.clocks.filter(met_on=None, ended_on=None).values_list("rule_code", flat=True))
    for task in file.case.tasks.filter(replied_at=None, withdrawn_at=None):
        file.take("withdraw_task", file.lead, task=task, reason="案件已经办结，不用再答复。")
    if "T44" in waiting:
        yield from not_listed(file)
    for code, (step, how) in BEFORE_THE_ARCHIVE.items():
        if code in waiting:
            file.take(step, file.lead, done_on=file.today, how=how)
    pages = file.rng.randint(18, 90)
    file.take("archive", file.lead, pages=pages, contents_complete=True)


def not_listed(file: File) -> Days:
    """The bureau decides not to list the units whose orders were in vain."""
    told = file.case.clocks.filter(rule_code="T44", met_on=None, ended_on=None).select_related("party")
    for party in {clock.party_id: clock.party for clock in told}.values():
        facts: dict[str, Any] = {"party": party, "listed": False, "reason": "由刑事程序处理，暂不列入名单。"}
        yield from file.agreed("decide_listing", file.lead, file.staff.bureau, days=0, **facts)


def to_police(file: File, *, days: int = 1) -> Days:
    flight = "负责人更换电话，离开住所，银行账户仍有收入。"
    yield from file.agreed(
        "transfer_to_police",
        file.lead,
        file.staff.bureau,
        "涉嫌拒不支付劳动报酬，建议移送。",
        days=days,
        flight_or_refusal=flight,
        report="经责令、张贴指令书，期满没有支付，数额达到移送标准。",
    )
