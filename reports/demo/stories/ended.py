"""Cases that were filed and ended."""

from cases.models.people import ProjectType
from inspection.liability import Situation
from inspection.states import Cause, ClosingCode
from reports.demo.fiction import Wish
from reports.demo.office import ORDER, File
from reports.demo.stories.passages import (
    BUILDING,
    HIRED,
    TESTS,
    Days,
    accepted,
    closed,
    concluded,
    confirm_amounts,
    decided,
    enquire,
    filed,
    heard,
    looked_into,
    ordered,
    put_away,
    sued_in_vain,
    term_over,
    to_police,
    up_to_decision,
)


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


def paid_at_once(file: File) -> Days:
    """责令后几天内付清: the employer pays as soon as the order reaches it."""
    head, count = file.staff.head, 1 + file.number % 3
    file.register(Wish(workers=count, months=1))
    yield file.later(0, 1)
    file.take("accept", head, "符合受理条件。")
    file.take("file_case", head, lead=file.lead, second=file.second, is_major=False)
    yield file.later(1)
    enquire(file, "inquiry", "双方到场核对，单位承认拖欠，愿意马上付清。")
    confirm_amounts(file)
    breach = f"没有按时足额支付{count}名劳动者的工资。"
    yield from file.agreed("order", file.lead, head, days=0, breach=breach, pay_by_on=file.calendar_day(5))
    file.serve(ORDER)
    yield file.later(1, 2)
    file.pay("employer")
    outcome = ClosingCode.PAID_AFTER_ORDER
    yield from closed(file, "close_paid", outcome, "当面付清，回访属实。", call_back_done=True)
    yield from put_away(file)


def paid_alone(file: File) -> Days:
    yield from paid(file, Wish(months=1 + file.number % 4))


def paid_few(file: File) -> Days:
    yield from paid(file, Wish(workers=2 + file.number % 4))


def paid_many(file: File) -> Days:
    yield from paid(file, Wish(workers=8 + file.number % 5, months=3))


def paid_by_main_contractor(file: File) -> Days:
    """总包先行清偿: the main contractor joins the case and pays first."""
    wish = Wish(workers=3, months=2, project=BUILDING[file.number % len(BUILDING)])
    yield from filed(file, wish)
    enquire(file, "papers", "分包合同显示由总承包单位代发工资。")
    basis = "专业分包合同、实名制名册"
    file.take("determine_payer", file.lead, situation=Situation.SUBCONTRACTOR, basis=basis)
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
    file.hand_over("D05")
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
    yield from up_to_decision(file, Wish(workers=7, months=2, project=ProjectType.MUNICIPAL))
    yield from term_over(file)
    bank = "示例银行铜梁支行"
    file.take("notify_bank", file.lead, bank=bank, account="示例保函001号", contractor=HIRED)
    yield file.later(1)
    file.take("bank_received", file.lead, done_on=file.today, how="专人送达，银行签收")
    yield file.later(2)
    file.pay("deposit", bank)
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
    kept = file.case.clocks.get(rule_code="T14").pk
    file.take("dispose_evidence", file.lead, which=kept, result="复制后退还单位。")
    asked = {"person": file.second, "reason": "单位认为协办人员与投诉人是同乡"}
    file.take("request_recusal", staff.head, **asked, asked_on=file.today)
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
    yield from sued_in_vain(file)
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


def refused_by_police(file: File) -> Days:
    """公安不予立案: the office finishes the matter itself."""
    yield from filed(file, Wish(months=3))
    yield from looked_into(file, Cause.FLIGHT)
    yield from ordered(file, posted=True)
    yield from concluded(file)
    yield from to_police(file)
    yield file.later(3)
    file.take("send_to_police", file.lead, done_on=file.today, how="专人送交，经办人示例")
    yield file.later(2)
    reply = "负责人已到案说明，愿意支付，不符合立案条件。"
    file.take("record_refusal", file.lead, answered_on=file.today, reply=reply)
    file.take("ask_police_again", file.lead, asked="waived", done_on=file.today, how="局领导研究")
    file.take(
        "police_refuse_before_notice",
        file.staff.bureau,
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
        to="示例区人力资源和社会保障局",
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
    if outcome == ClosingCode.CANCELLED_CORRECTED:
        file.pay("employer")
    yield from file.agreed("cancel", file.lead, file.staff.head, summary, outcome=outcome, summary=summary)


def corrected(file: File) -> Days:
    yield from cancelled(file, ClosingCode.CANCELLED_CORRECTED, "拖欠三天，立案当日已补发，情节轻微。")


def unfounded(file: File) -> Days:
    yield from cancelled(file, ClosingCode.CANCELLED_UNFOUNDED, "银行流水显示工资已按月足额发放。")
    yield from put_away(file)


WITHDRAWAL = {"voluntary": True, "everybody": True}


def withdrawn(file: File) -> Days:
    """撤回投诉: recorded, then cancelled."""
    yield from filed(file, Wish())
    enquire(file, "inquiry", "劳动者说已与单位算清。")
    yield file.later(4)
    record = "劳动者到场说明工资已经结清，自愿撤回投诉。"
    yield from file.agreed("withdraw", file.lead, file.staff.head, record, **WITHDRAWAL, record=record)
    yield file.later(2)
    yield from file.agreed(
        "cancel",
        file.lead,
        file.staff.deputy,
        outcome=ClosingCode.WITHDRAWN,
        summary="撤回投诉，没有继续办理的必要。",
    )
    yield from put_away(file)
