"""Complaints and cases that are open at the end of the history, one for each state and each lamp."""

from django.db.models import Max

from cases.models.people import ProjectType
from cases.models.tasks import RequestType
from inspection.deadlines import SUE
from inspection.liability import Situation
from inspection.states import Cause
from reports.demo.fiction import Wish
from reports.demo.office import ORDER, File
from reports.demo.stories.passages import (
    HIRED,
    Days,
    asked_for_help,
    concluded,
    decision_facts,
    disputed_request,
    filed,
    helped,
    legally_reviewed,
    looked_into,
    noticed,
    ordered,
    remedied,
    term_over,
    to_police,
    up_to_decision,
)


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
    file.hand_over("D05")


def waiting_to_be_filed(file: File) -> Days:
    """立案审批: accepted, to be filed the same day."""
    file.register(Wish(workers=3, months=2))
    yield file.later(1)
    file.take("accept", file.staff.head, "符合受理条件。")


def just_filed(file: File) -> Days:
    """调查取证: filed, nothing else was done yet."""
    file.register(Wish(workers=1 + file.number % 4, months=2))
    yield file.later(1)
    file.take("accept", file.staff.head, "符合受理条件。")
    file.take("file_case", file.staff.head, lead=file.lead, second=file.second, is_major=False)


def sums_fixed(file: File) -> Days:
    """调查取证: both sides were asked, the sums are fixed, the order is the lead's next step."""
    yield from filed(file, Wish(workers=1 + file.number % 3, months=3))
    yield from looked_into(file)


def without_second_inspector(file: File) -> Days:
    """决定回避: the second inspector is recused, and nobody was named in their place."""
    yield from filed(file, Wish(workers=2, months=2))
    asked = {"person": file.second, "reason": "协办人员的近亲属在被投诉单位任职"}
    file.take("request_recusal", file.staff.head, **asked, asked_on=file.today)
    yield file.later(2)
    file.take("decide_recusal", file.staff.deputy, **asked, granted=True)


def order_running(file: File) -> Days:
    """责令限期支付: the order was served, its term has not ended or has just ended unpaid."""
    yield from filed(file, Wish(workers=1 + file.number % 5, months=2))
    yield from looked_into(file)
    breach = "没有按时足额支付劳动者的工资。"
    yield from file.agreed(
        "order", file.lead, file.staff.head, breach=breach, pay_by_on=file.calendar_day(10)
    )
    yield file.later(1)
    file.serve(ORDER)


def bank_to_pay(file: File) -> Days:
    """处理决定: the notice to pay from the deposit has reached the bank."""
    yield from up_to_decision(file, Wish(workers=6, months=2, project=ProjectType.MUNICIPAL))
    yield from term_over(file)
    told = {"bank": "示例银行铜梁支行", "account": "示例保函002号", "contractor": HIRED}
    file.take("notify_bank", file.lead, **told)
    yield file.later(1)
    file.take("bank_received", file.lead, done_on=file.today, how="专人送达，银行签收")


def under_investigation(file: File) -> Days:
    """调查取证: the housing authority was asked for help, an order is proposed to the head."""
    yield from filed(file, Wish(workers=11, months=3, project=ProjectType.HOUSING), is_major=True)
    yield from looked_into(file, Cause.DEVELOPER)
    basis = "施工合同、进度款支付台账"
    file.take("determine_payer", file.lead, situation=Situation.DEVELOPER_LATE, basis=basis)
    yield from disputed_request(file)
    yield file.before_end(3)
    asked_for_help(file, RequestType.PRESS, "建设单位没有按合同拨付进度款，请督促拨付并告知结果。")
    file.propose(
        "order",
        file.lead,
        "事实清楚，建议责令限期支付。",
        breach="没有按时足额支付11名劳动者的工资。",
        pay_by_on=file.calendar_day(30),
    )


def ordered_to_pay(file: File) -> Days:
    """责令限期支付: half has arrived; the closing term is near, an extension is proposed to the deputy head."""
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
    reason = "单位分期支付，约定的最后一期在调查期限之后。"
    file.propose("extend_investigation", file.lead, reason, reason=reason)


def waiting_for_decision(file: File) -> Days:
    """告知以后: reviewed, discussed, the decision is proposed to the bureau head; the term was extended."""
    staff = file.staff
    yield from filed(file, Wish(workers=12, months=4, project=ProjectType.ROAD), is_major=True)
    yield from looked_into(file, Cause.PUBLIC_FUNDS)
    asked_for_help(file, RequestType.VERIFY, "请核实工程承包合同和资金到位情况。")
    yield file.later(4)
    helped(file, "合同属实，年度资金尚未到位，已报区政府协调。")
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
    remedied(file, "review", "单位已申请行政复议。")
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
    yield file.open_after(suits.aggregate(last=Max("due_on"))["last"])
    demand = "请在收到催告书之日起十个工作日内履行处理决定。"
    yield from file.agreed("enforce", file.lead, file.staff.deputy, "建议催告后申请强制执行。", demand=demand)


def with_the_police(file: File) -> Days:
    """移送公安待立案: thirty workers, the employer has fled."""
    yield from filed(file, Wish(workers=30, months=3, project=ProjectType.HOUSING), is_major=True)
    yield from looked_into(file, Cause.FLIGHT)
    yield from ordered(file, posted=True)
    file.pay("emergency_fund", "示例应急周转金专户", percent=20)
    yield file.before_end(2)
    yield from to_police(file)
