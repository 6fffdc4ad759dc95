"""What can become of a complaint: each story is a generator that acts and yields the day on which it goes on.

A story of an ended case finishes by itself. A story of an open case stops where the case stands at the end of the
history. The texts are short; the procedure checks every step as it would check a person's.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from cases.models import PartyRole
from documents.models import ServiceRecord
from inspection.deadlines import SUE
from inspection.states import Cause, ClosingCode, Path
from reports.demo.fiction import Wish
from reports.demo.office import DECISION, NOTICE, ORDER, File

Days = Iterator[date]

TESTS = {"within_two_years": True, "respondent_clear": True, "within_mandate": True}
BUILDING_CAUSES = (
    Cause.DEVELOPER,
    Cause.MAIN_CONTRACTOR,
    Cause.SUBCONTRACTOR,
    Cause.ILLEGAL_CHAIN,
    Cause.SETTLEMENT,
)
OTHER_CAUSES = (Cause.HARDSHIP, Cause.SHUT_DOWN, Cause.DISPUTE, Cause.OTHER)
HIRED = "重庆示例建设集团有限公司"


# Passages that many stories share


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
    """The two inspectors asked both sides; the sum for each worker is fixed."""
    enquire(file, "inquiry", "询问劳动者，工资标准和欠薪月份与投诉一致。")
    yield file.later(1, 4)
    enquire(file, file.rng.choice(("site", "papers")), "调取考勤表和工资发放记录，单位承认没有付清。")
    claims = list(file.case.claims.order_by("pk"))
    amounts = {f"claim_{claim.pk}": claim.owed_fen for claim in claims}
    amounts[f"claim_{claims[0].pk}"] -= less_fen
    file.take("confirm_amounts", file.lead, **amounts)
    file.correct(file.lead, "按调查结果填写欠薪原因", cause=cause or likely_cause(file))
    yield file.later(1, 2)


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
    serve_notice(file)
    yield file.later(2)
    file.take("hear_statement", file.lead, waived=True, content="单位书面表示不陈述、不申辩。")
    yield file.later(1)


def serve_notice(file: File) -> None:
    """The day of service stands on the case: by the document, or where it was written by hand, as a correction."""
    if file.document(NOTICE):
        file.serve(NOTICE)
    else:
        file.correct(file.lead, "事先告知书手写，送达回证附卷", notice_served_on=file.today)


def legally_reviewed(file: File) -> None:
    file.take(
        "review_law", file.staff.legal, passed=True, opinion="事实清楚，证据充分，适用依据正确，程序合法。"
    )


def decision_facts(file: File, days: int = 15) -> dict[str, Any]:
    return {
        "content": f"责令{file.case.respondent_name}支付拖欠{file.case.worker_count}名劳动者的工资。",
        "pay_by_on": file.calendar_day(days),
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


def up_to_decision(file: File, wish: Wish) -> Days:
    yield from filed(file, wish)
    yield from looked_into(file)
    yield from ordered(file)
    yield from concluded(file, review=True)
    yield from noticed(file)
    yield from decided(file)


def put_away(file: File) -> Days:
    """Three weeks after the end the file goes to the archive, unless the history ends before."""
    file.read_messages()
    day = file.later(15, 20)
    if day > file.end:
        return
    yield day
    pages = file.rng.randint(18, 90)
    file.take("archive", file.lead, pages=pages, contents_complete=True)


# Ended before a case was filed


def refused(file: File) -> Days:
    """不予受理: the breach ended more than two years before."""
    file.register(Wish(months=3, ended_months_ago=28, may_be_accepted=False))
    yield file.later(1)
    reason = "欠薪行为终了已超过两年，其间没有投诉、举报。"
    yield from file.agreed("refuse", file.staff.window, file.staff.head, reason, reason=reason)


def never_completed(file: File) -> Days:
    """补正期满: what was missing never came."""
    file.register(Wish(may_be_accepted=False))
    yield file.later(1)
    due_on = file.later(10)
    file.take(
        "request_correction", file.staff.window, missing_items="单位全称和地址；欠薪证据", due_on=due_on
    )
    yield file.open_after(due_on)
    reason = "补正期满没有补正，被投诉单位仍不明确。"
    yield from file.agreed("lapse_correction", file.staff.window, file.staff.head, reason, reason=reason)


def redirected(file: File) -> Days:
    """告知: the same claim is before the arbitration commission."""
    file.register(Wish(may_be_accepted=False, other_proceeding=True))
    yield file.later(1)
    yield from file.agreed(
        "redirect",
        file.staff.window,
        file.staff.head,
        "同一请求已申请仲裁。",
        path=Path.ARBITRATION,
        redirect_to="铜梁区劳动人事争议仲裁院，窗口见告知书",
        reason="同一请求已申请仲裁，不作为监察投诉受理。",
    )


def voided(file: File) -> Days:
    """登记作废: typed twice."""
    file.register(Wish())
    yield file.today
    file.take("void", file.staff.head, reason="同一投诉误登记两次，以前一件为准。")


# Filed and ended


def paid(
    file: File, wish: Wish, source: str = "employer", outcome: str = ClosingCode.PAID_AFTER_ORDER
) -> Days:
    """责令后付清."""
    yield from filed(file, wish)
    yield from looked_into(file)
    yield from ordered(file)
    file.pay(source, "" if source == "employer" else HIRED)
    yield file.later(1, 3)
    yield from closed(file, "close_paid", outcome, "工资已经付清，回访属实。", call_back_done=True)
    yield from put_away(file)


def paid_alone(file: File) -> Days:
    yield from paid(file, Wish(months=1 + file.number % 4))


def paid_few(file: File) -> Days:
    yield from paid(file, Wish(workers=2 + file.number % 4))


def paid_many(file: File) -> Days:
    yield from paid(file, Wish(workers=8 + file.number % 5, months=3))


def paid_by_main_contractor(file: File) -> Days:
    """总包先行清偿: the main contractor joins the case and pays first."""
    wish = Wish(workers=3, months=2)
    yield from filed(file, wish)
    enquire(file, "papers", "分包合同显示由总承包单位代发工资。")
    yield from file.agreed(
        "add_party",
        file.lead,
        file.staff.head,
        name=HIRED,
        chain_role="main_contractor",
        reason="分包单位拖欠工资，由施工总承包单位先行清偿",
    )
    yield from looked_into(file, Cause.SUBCONTRACTOR)
    yield from ordered(file)
    file.pay("main_contractor", HIRED)
    yield file.later(2)
    yield from closed(
        file,
        "close_paid",
        ClosingCode.MAIN_CONTRACTOR_PAID,
        "总承包单位先行清偿，回访属实。",
        call_back_done=True,
    )
    yield from put_away(file)


def advanced_by_fund(file: File) -> Days:
    yield from paid(file, Wish(workers=2, months=3), "emergency_fund", ClosingCode.EMERGENCY_FUND)


def completed_then_paid(file: File) -> Days:
    """补正, 退回登记, then accepted and paid after a coordination."""
    staff = file.staff
    file.register(Wish(may_be_accepted=False))
    yield file.later(1)
    file.take("request_correction", staff.window, missing_items="单位全称；工资条", due_on=file.later(10))
    yield file.later(4)
    file.take(
        "receive_correction", staff.window, received_on=file.today, materials="工资条复印件3份；单位名片1张"
    )
    file.propose("accept", staff.window, **TESTS)
    yield file.later(1)
    file.take("accept", staff.head)
    file.take("return_filing", staff.head, reason="用工地点要写明镇街，补充后再报。")
    yield file.later(1)
    file.propose("accept", staff.window, "用工地点已写明。", **TESTS)
    yield from accepted(file)
    file.take("coordinate", file.lead, going_on=True, record="约双方到支队协调，单位答应分两次付清。")
    yield from looked_into(file, less_fen=300_00)
    file.propose("order", file.lead, breach="没有按时支付工资。", pay_by_on=file.calendar_day(12))
    yield file.later(1)
    file.send_back("order", staff.head, "违法事实写明拖欠的月份。")
    yield from ordered(file)
    file.pay("employer", percent=50)
    yield file.later(3)
    file.pay("employer")
    file.take("coordinate", file.lead, going_on=False, record="已按协议付清。")
    yield from closed(
        file, "close_paid", ClosingCode.PAID_AFTER_ORDER, "分两次付清，回访属实。", call_back_done=True
    )


def reopened(file: File) -> Days:
    """恢复办理: the worker says that one month is missing; the second look leads to arbitration."""
    staff = file.staff
    yield from filed(file, Wish(months=2))
    yield from looked_into(file)
    yield from ordered(file)
    file.pay("employer")
    yield from closed(file, "close_paid", ClosingCode.PAID_AFTER_ORDER, "工资已经付清。", call_back_done=True)
    yield file.later(8)
    reason = "劳动者反映另有一个月加班工资没有付清，需要复查。"
    yield from file.agreed("reopen", staff.head, staff.deputy, reason, reason=reason)
    yield file.later(3)
    enquire(file, "papers", "复核考勤和转账记录，双方对加班天数说法不一。")
    yield file.later(2)
    summary = "对加班工资数额有争议，劳动者已申请仲裁。"
    file.take("close_transferred", staff.head, outcome=ClosingCode.TO_ARBITRATION, summary=summary)


def performed(file: File) -> Days:
    """处理决定履行."""
    yield from up_to_decision(file, Wish(workers=1 + file.number % 3, months=3))
    yield file.later(6, 9)
    file.pay("employer")
    yield from closed(
        file,
        "close_performed",
        ClosingCode.DECISION_PERFORMED,
        "处理决定已经履行，回访属实。",
        call_back_done=True,
    )
    yield from put_away(file)


def paid_from_deposit(file: File) -> Days:
    """保证金支付, after a decision that was ignored."""
    yield from up_to_decision(file, Wish(workers=7, months=2))
    yield file.later(11)
    file.pay("deposit", "示例银行铜梁支行")
    yield from closed(
        file,
        "close_performed",
        ClosingCode.DEPOSIT_PAID,
        "银行从工资保证金支付，回访属实。",
        call_back_done=True,
    )
    yield from put_away(file)


def closed_within_extension(file: File) -> Days:
    """延长调查期限, with evidence preserved and a request for recusal that was turned down."""
    staff = file.staff
    yield from filed(file, Wish(workers=6, months=4))
    place = "监察支队档案室"
    yield from file.agreed(
        "preserve_evidence",
        file.lead,
        staff.deputy,
        items="考勤原始记录一册",
        reason="单位准备搬迁",
        place=place,
    )
    yield file.later(3)
    file.take("dispose_evidence", file.lead, result="复制后退还单位。")
    asked = {"person": file.second, "reason": "单位认为协办人员与投诉人是同乡"}
    file.take("request_recusal", staff.head, **asked)
    yield file.later(2)
    file.take("decide_recusal", staff.deputy, **asked, granted=False)
    yield from looked_into(file)
    yield file.later(30)
    reason = "涉及多个班组，要逐人核对计件数量。"
    yield from file.agreed("extend_investigation", file.lead, staff.deputy, reason, reason=reason)
    yield file.later(12)
    yield from ordered(file)
    file.pay("employer")
    yield from closed(
        file, "close_paid", ClosingCode.PAID_AFTER_ORDER, "工资已经付清，回访属实。", call_back_done=True
    )


def executed_by_court(file: File) -> Days:
    """法院执行到位: the decision was upheld on review."""
    yield from up_to_decision(file, Wish(workers=2, months=5))
    yield file.later(40)
    file.take("record_remedy", file.lead, upheld=True, result="单位申请行政复议，区政府维持处理决定。")
    yield file.later(12)
    demand = "请在收到催告书之日起十个工作日内履行处理决定。"
    yield from file.agreed("enforce", file.lead, file.staff.deputy, "建议催告后申请强制执行。", demand=demand)
    yield file.later(45)
    file.pay("court", "铜梁区人民法院")
    yield from closed(file, "close_executed", ClosingCode.COURT_EXECUTED, "法院执行到位，工资已付清。")
    yield from put_away(file)


def opened_by_police(file: File) -> Days:
    """移送公安立案."""
    yield from filed(file, Wish(months=4))
    yield from looked_into(file, Cause.FLIGHT)
    yield from ordered(file, posted=True)
    yield from to_police(file)
    yield file.later(2)
    file.take("police_open", file.staff.police, notice_no=f"示例公立字{file.number:03}号")
    yield from put_away(file)


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


def refused_by_police(file: File) -> Days:
    """公安不予立案: the office finishes the matter itself."""
    yield from filed(file, Wish(months=3))
    yield from looked_into(file, Cause.FLIGHT)
    yield from ordered(file, posted=True)
    yield from concluded(file)
    yield from to_police(file)
    yield file.later(3)
    file.take(
        "police_refuse_before_notice",
        file.staff.bureau,
        reply="负责人已到案说明，愿意支付，不符合立案条件。",
        remedies="不申请复议，由本局作出处理。",
        notice_kind="handling",
        notice_content="拟责令支付拖欠的工资。",
        hearing_right=False,
    )
    yield file.later(1)
    yield from heard(file)
    yield from decided(file, review=False)
    yield file.later(5)
    file.pay("employer")
    yield from closed(
        file,
        "close_performed",
        ClosingCode.DECISION_PERFORMED,
        "处理决定已经履行，回访属实。",
        call_back_done=True,
    )


def transferred(file: File) -> Days:
    """移送其他部门."""
    yield from filed(file, Wish())
    enquire(file, "inquiry", "用工地点在邻区，劳动合同也在邻区签订。")
    yield file.later(3)
    file.take(
        "close_transferred",
        file.staff.head,
        outcome=ClosingCode.TRANSFERRED,
        summary="用工地点在邻区，移送当地劳动保障监察机构并告知劳动者。",
    )
    yield from put_away(file)


def taken_to_arbitration(file: File) -> Days:
    """转仲裁诉讼."""
    yield from filed(file, Wish(months=3))
    enquire(file, "inquiry", "单位否认劳动关系，没有合同、考勤和转账记录。")
    yield file.later(8)
    file.take(
        "close_transferred",
        file.staff.head,
        outcome=ClosingCode.TO_ARBITRATION,
        summary="劳动关系有争议，告知劳动者申请仲裁，劳动者已提交仲裁申请。",
    )
    yield from put_away(file)


def cancelled(file: File, outcome: str, summary: str) -> Days:
    """撤销立案."""
    yield from filed(file, Wish())
    enquire(file, "papers", summary)
    yield file.later(6, 12)
    yield from file.agreed("cancel", file.lead, file.staff.head, summary, outcome=outcome, summary=summary)


def corrected(file: File) -> Days:
    yield from cancelled(file, ClosingCode.CANCELLED_CORRECTED, "拖欠三天，立案当日已补发，情节轻微。")


def unfounded(file: File) -> Days:
    yield from cancelled(file, ClosingCode.CANCELLED_UNFOUNDED, "银行流水显示工资已按月足额发放。")
    yield from put_away(file)


def withdrawn(file: File) -> Days:
    """撤回投诉: recorded, then cancelled."""
    yield from filed(file, Wish())
    enquire(file, "inquiry", "劳动者说已与单位算清。")
    yield file.later(4)
    record = "劳动者到场说明工资已经结清，自愿撤回投诉。"
    yield from file.agreed("withdraw", file.lead, file.staff.head, record, voluntary=True, record=record)
    yield file.later(2)
    yield from file.agreed(
        "cancel",
        file.lead,
        file.staff.deputy,
        outcome=ClosingCode.WITHDRAWN,
        summary="撤回投诉，没有继续办理的必要。",
    )
    yield from put_away(file)


# Still open at the end of the history


def just_registered(file: File) -> Days:
    """投诉登记: acceptance is proposed to the head."""
    file.register(Wish(workers=2))
    yield from ()


def not_yet_examined(file: File) -> Days:
    """投诉登记: nobody has proposed anything."""
    file.register(Wish(months=3, may_be_accepted=False))
    yield from ()


def waiting_for_papers(file: File) -> Days:
    """待补正: the day set for the worker is the last day of the history."""
    file.register(Wish(may_be_accepted=False))
    yield file.later(1)
    file.take("request_correction", file.staff.window, missing_items="身份证明；欠薪证据", due_on=file.as_of)


def waiting_to_be_filed(file: File) -> Days:
    """立案审批: accepted, to be filed the same day."""
    file.register(Wish(workers=3, months=2))
    yield file.later(1)
    file.take("accept", file.staff.head, "符合受理条件。")


def under_investigation(file: File) -> Days:
    """调查取证: an order is proposed to the head."""
    yield from filed(file, Wish(workers=11, months=3), is_major=True)
    yield from looked_into(file, Cause.DEVELOPER)
    file.propose(
        "order",
        file.lead,
        "事实清楚，建议责令限期支付。",
        breach="没有按时足额支付11名劳动者的工资。",
        pay_by_on=file.calendar_day(30),
    )


def ordered_to_pay(file: File) -> Days:
    """责令限期支付: half has arrived, the term runs; the closing term is near."""
    yield from filed(file, Wish(workers=4, months=2))
    yield from looked_into(file)
    yield file.before_end(5)
    breach = "没有按时足额支付4名劳动者的工资。"
    yield from file.agreed(
        "order", file.lead, file.staff.head, breach=breach, pay_by_on=file.calendar_day(14)
    )
    yield file.later(1)
    file.serve(ORDER)
    yield file.later(2)
    file.pay("employer", percent=50)


def waiting_for_decision(file: File) -> Days:
    """告知以后: reviewed, discussed, the decision is proposed to the bureau head; the term was extended."""
    staff = file.staff
    yield from filed(file, Wish(workers=12, months=4), is_major=True)
    yield from looked_into(file, Cause.PUBLIC_FUNDS)
    yield file.before_end(32)
    reason = "涉及12人、两个班组，要逐人核对。"
    yield from file.agreed("extend_investigation", file.lead, staff.deputy, reason, reason=reason)
    yield file.before_end(25)
    yield from ordered(file)
    yield from concluded(file, review=True)
    yield from noticed(file)
    legally_reviewed(file)
    file.take(
        "discuss", staff.bureau, attendees="局领导班子、法制审核员、监察支队", conclusion="同意责令支付。"
    )
    yield file.later(1)
    file.propose("decide", staff.deputy, "同意承办意见。", **decision_facts(file, 40))


def decision_running(file: File) -> Days:
    """决定以后: a third was paid, the rest is late; the employer went to review."""
    staff = file.staff
    yield from up_to_decision(file, Wish(workers=5, months=3))
    yield file.later(12)
    file.pay("wage_account", percent=30)
    file.take("record_remedy", file.lead, upheld=False, result="单位已申请行政复议。")
    yield from file.agreed(
        "suspend",
        file.lead,
        staff.deputy,
        "等复议结果。",
        reason="单位已申请行政复议，等复议结果，法定期限照算",
    )


def before_the_court(file: File) -> Days:
    """申请强制执行: both periods of remedy ran out, nothing was paid."""
    yield from up_to_decision(file, Wish(workers=2, months=4))
    suits = file.case.clocks.filter(rule_code=SUE.code, met_on=None, ended_on=None)
    yield file.open_after(max(clock.due_on for clock in suits))
    demand = "请在收到催告书之日起十个工作日内履行处理决定。"
    yield from file.agreed("enforce", file.lead, file.staff.deputy, "建议催告后申请强制执行。", demand=demand)


def with_the_police(file: File) -> Days:
    """移送公安待立案: thirty workers, the employer has fled."""
    yield from filed(file, Wish(workers=30, months=3), is_major=True)
    yield from looked_into(file, Cause.FLIGHT)
    yield from ordered(file, posted=True)
    file.pay("emergency_fund", "示例应急周转金专户", percent=20)
    yield file.before_end(2)
    yield from to_police(file)
