"""What must be true before a step, each with the sentence said when it is not and the article that asks for it."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.rights import Role
from cases import policies
from cases.clocks import running_rows, runs
from cases.models import Case, CaseClock, Duty, PartyRole
from cases.money import yuan
from cases.months import months_between, shifted
from cases.services.payments import owes_wages, unpaid_by_worker
from cases.workflow.table import Facts, guard
from inspection import deadlines as d
from inspection import remedies
from inspection.merging import joinable
from inspection.states import Cause, ClosingCode, CourtAnswer, Path, State
from inspection.supervision import supervisor_of

SEVERAL_WORKERS, SEVERAL_FEN = 10, 60_000_00
ONE_WORKER_MONTHS, ONE_WORKER_FEN = 3, 10_000_00
CRIME_LINE = "渝人社发〔2014〕202号第三条"


@guard(
    _("要有两名监察员办理：主办、协办各一人，执法证在有效期内，没有回避"),
    law=f"{d.SUPERVISION}第十六条、{d.PENALTY}第四十二条",
)
def two_inspectors(case: Case, facts: Facts) -> bool | str:
    rows = {row.duty: row.user for row in policies.current_assignments(case)}
    missing = [duty.label for duty in (Duty.LEAD, Duty.SECOND) if duty not in rows]
    if missing:
        return _now("还没有指派%(who)s") % {"who": "、".join(str(each) for each in missing)}
    today = timezone.localdate()
    without = [str(user) for user in rows.values() if not user.has_valid_licence(today)]
    if without:
        return _now("%(who)s没有有效的执法证") % {"who": "、".join(without)}
    return not {row.user_id for row in case.recusals.all()} & {user.pk for user in rows.values()}


@guard(
    _("受理要同时符合三条：违法行为终了未超过两年、有明确的被投诉单位且损害与其有关、属于职权和管辖范围"),
    law=f"{d.PROVISIONS}第十八条",
    needs_facts=True,
)
def three_tests_hold(case: Case, facts: Facts) -> bool | str:
    if not (facts.get("within_two_years") and facts.get("respondent_clear") and facts.get("within_mandate")):
        return False
    if ended_too_long_ago(case) and not (facts.get("earlier_relief") or "").strip():
        return _now("登记的欠薪月份已超过两年，核对月份，写明此前的举报、投诉，或办理“不予受理”")
    return True


@guard(_("还没有写明被投诉单位和劳动者"), law=f"{d.PROVISIONS}第十四条")
def parties_named(case: Case, facts: Facts) -> bool:
    roles = {party.role for party in case.parties.all()}
    return {"worker", "respondent"} <= roles


@guard(
    _("同一请求已在仲裁或诉讼中，不能作为监察投诉受理；办理“告知其他途径”"), law=f"{d.SUPERVISION}第二十一条"
)
def not_in_other_proceeding(case: Case, facts: Facts) -> bool:
    return not case.complaint.other_proceeding


@guard(_("补正期限还没到，期满仍未补正才能这样办理"), law=f"{d.PROVISIONS}第十八条")
def correction_ran_out(case: Case, facts: Facts) -> bool | str:
    rows = running_rows(case, d.SUPPLY_MISSING)
    if not rows:
        return _now("《补正告知书》还没有登记送达，送达以后期限才开始")
    ends = [row.due_on for row in rows if row.due_on]
    return timezone.localdate() > max(ends) or _now("期限到%(day)s") % {"day": max(ends)}


@guard(_("已经告知补正两次，按现有材料决定是否受理"), law=f"{d.PROVISIONS}第十八条{d.OWN_DAYS}")
def asked_at_most_twice(case: Case, facts: Facts) -> bool:
    return case.complaint.corrections_asked < 2


@guard(
    _("违法行为终了没有超过两年，不能以超过时效为由不予受理"),
    law=f"{d.SUPERVISION}第二十条、{d.PROVISIONS}第十八条",
)
def over_two_years(case: Case, facts: Facts) -> bool:
    return ended_too_long_ago(case)


def ended_too_long_ago(case: Case) -> bool:
    """Whether the last month that is claimed lies over two years before the complaint. 监察条例第二十条."""
    last = max((claim.to_month for claim in case.claims.all()), default="")
    if not last:
        return False
    payable = shifted(last, 1)  # the wages of a month are due in the next one; then the breach begins
    return payable < f"{case.received_on.year - 2}-{case.received_on.month:02}"


@guard(
    _("主办和协办监察员要是不同的两个人，都有有效的执法证"), law=f"{d.SUPERVISION}第十六条", needs_facts=True
)
def inspectors_differ(case: Case, facts: Facts) -> bool:
    lead, second = facts.get("lead"), facts.get("second")
    today = timezone.localdate()
    return bool(
        lead
        and second
        and lead != second
        and lead.has_valid_licence(today)
        and second.has_valid_licence(today)
    )


@guard(_("还没有调查记录，先办理“记录调查情况”"), law=f"{d.SUPERVISION}第十五条、第十九条")
def investigated(case: Case, facts: Facts) -> bool:
    return case.complaint.acts_recorded > 0


@guard(_("还有劳动者的欠付金额没有认定，先办理“认定欠付金额”"), law=f"{d.SUPERVISION}第二十六条")
def amounts_confirmed(case: Case, facts: Facts) -> bool:
    claims = list(case.claims.all())
    return bool(claims) and all(claim.confirmed_fen is not None for claim in claims)


@guard(_("决定已经作出，没有复议、诉讼的结果不能改认定的金额"), law=f"{d.SUPERVISION}第二十六条")
def amounts_may_change(case: Case, facts: Facts) -> bool:
    """After the decision only what a review or a court changed, or what was never fixed."""
    if case.state not in (State.DECIDED, State.ENFORCING):
        return True
    return amounts_open(case) or any(row[0] in remedies.RESULTS for row in case.complaint.remedies.values())


@guard(_("认定的欠付金额合计为零，没有可以责令支付的工资"), law=f"{d.SUPERVISION}第二十六条")
def something_owed(case: Case, facts: Facts) -> bool:
    return case.confirmed_fen > 0


@guard(_("支付期限要晚于今天"), law=f"{d.PROVISIONS}第三十一条", needs_facts=True)
def term_in_future(case: Case, facts: Facts) -> bool:
    term: date | None = facts.get("pay_by_on")
    return term is not None and term > timezone.localdate()


@guard(_("还有工资没有付清，登记支付凭证以后再结案"), law=f"{d.SUPERVISION}第十八条")
def everyone_paid(case: Case, facts: Facts) -> bool | str:
    left = {party: fen for party, fen in unpaid_by_worker(case).items() if fen > 0}
    if not left:
        return True
    return _now("还有%(n)d人共%(sum)s元没有付清") % {"n": len(left), "sum": yuan(sum(left.values()))}


@guard(
    _("还没有抽查回访劳动者，回访确认收到工资以后再结案"), law=f"{d.PROVISIONS}第三十五条", needs_facts=True
)
def called_back(case: Case, facts: Facts) -> bool:
    return bool(facts.get("call_back_done"))


_SOURCE_OF_CODE = {
    ClosingCode.MAIN_CONTRACTOR_PAID: "main_contractor",
    ClosingCode.DEPOSIT_PAID: "deposit",
    ClosingCode.EMERGENCY_FUND: "emergency_fund",
    ClosingCode.COURT_EXECUTED: "court",
}


@guard(
    _("办结方式与支付凭证不一致，按实际付款人选办结方式，或更正支付记录"),
    law=f"{d.PROVISIONS}第三十五条",
    needs_facts=True,
)
def proof_fits_outcome(case: Case, facts: Facts) -> bool | str:
    outcome = facts.get("outcome", "")
    if outcome == ClosingCode.PAID_AFTER_ORDER and case.complaint.order_pay_by_on is None:
        return _now("没有责令支付过")
    source = _SOURCE_OF_CODE.get(outcome)
    return source is None or any(
        row.source == source and row.reversed_at is None for row in case.payments.all()
    )


@guard(
    _("还没有付清的，只能以“法院终结执行”办结；以“法院执行到位”办结，要有法院执行的支付记录并付清"),
    law=f"{d.COERCION}第五十三条",
    needs_facts=True,
)
def executed_means_paid(case: Case, facts: Facts) -> bool | str:
    if facts.get("outcome") == ClosingCode.COURT_ENDED:
        ruled = case.complaint.court_result in (CourtAnswer.ENDED, CourtAnswer.REFUSED)
        return ruled or _now("先“登记法院的受理和裁定”，写明终结执行或不予执行的裁定")
    if case.complaint.owes_fine:
        return _now("罚款还没有缴清")
    return not owes_wages(case)


@guard(_("调查还没有终结，先办理“调查终结”"), law=f"{d.SUPERVISION}第十七条、{d.PROVISIONS}第三十七条")
def investigation_concluded(case: Case, facts: Facts) -> bool:
    return case.complaint.investigation_ended_on is not None


@guard(_("调查期限已经届满，届满以后不能再延长"), law=f"{d.SUPERVISION}第十七条")
def extension_in_time(case: Case, facts: Facts) -> bool | str:
    rows = running_rows(case, d.INVESTIGATE)
    if not rows or rows[0].due_on is None or timezone.localdate() <= rows[0].due_on:
        return True
    return _now("期限到%(day)s") % {"day": rows[0].due_on}


REGULATOR_CAUSES = (Cause.DEVELOPER, Cause.ILLEGAL_CHAIN)


@guard(
    _("欠薪因工程款未按约拨付或违法发包、分包引起，先给行业主管部门发协办任务"),
    law=f"{d.WAGES}第七条、第三十九条",
    needs_facts=True,
)
def regulator_told(case: Case, facts: Facts) -> bool | str:
    cause = facts.get("cause") or case.complaint.cause
    supervisor = supervisor_of(case) if cause in REGULATOR_CAUSES else None
    if supervisor is None or not supervisor.staff.filter(role=Role.LIAISON, is_active=True).exists():
        return True
    if any(task.receiver_id == supervisor.pk for task in case.tasks.all()):
        return True
    return _now("发给%(who)s") % {"who": supervisor.short_name}


@guard(_("调查已经终结"), law=f"{d.SUPERVISION}第十七条")
def not_yet_concluded(case: Case, facts: Facts) -> bool:
    return case.complaint.investigation_ended_on is None


@guard(_("限期改正指令书还没有送达全部被投诉单位，送达以后期限才开始"), law=f"{d.SUPERVISION}第二十六条")
def order_served(case: Case, facts: Facts) -> bool:
    return case.complaint.order_served_on is not None


@guard(_("指令书确定的支付期限还没过"), law=f"{d.SUPERVISION}第二十六条")
def pay_by_passed(case: Case, facts: Facts) -> bool | str:
    term = case.complaint.order_pay_by_on
    if term is not None and timezone.localdate() > term:
        return True
    return _now("期限到%(day)s") % {"day": term} if term else False


@guard(_("工资已经付清，办理结案即可"), law=f"{d.SUPERVISION}第十八条")
def not_fully_paid(case: Case, facts: Facts) -> bool:
    return owes_wages(case)


@guard(
    _("还没到移送的条件：10人以上且共6万元以上，或者一人三个月以上且1万元以上，经责令仍不支付"),
    law=f"《刑法》第二百七十六条之一、{CRIME_LINE}",
)
def over_crime_line(case: Case, facts: Facts) -> bool:
    return reaches_crime_line(case)


def reaches_crime_line(case: Case) -> bool:
    """Whether what is still unpaid reaches the local line of a large amount. 渝人社发〔2014〕202号第三条."""
    left = {party: fen for party, fen in unpaid_by_worker(case).items() if fen > 0}
    if len(left) >= SEVERAL_WORKERS and sum(left.values()) >= SEVERAL_FEN:
        return True
    months: dict[int, int] = {}
    for claim in case.claims.all():
        months[claim.worker_id] = months.get(claim.worker_id, 0) + months_between(
            claim.from_month, claim.to_month
        )
    return any(
        fen >= ONE_WORKER_FEN and months.get(party, 0) >= ONE_WORKER_MONTHS for party, fen in left.items()
    )


@guard(_("指令书或决定书还没有送达，期限没过，不能移送"), law=f"{d.TRANSFER}第五条、法释〔2013〕3号")
def ordered_in_vain(case: Case, facts: Facts) -> bool:
    complaint, today = case.complaint, timezone.localdate()
    orders = [
        (complaint.order_served_on, complaint.order_pay_by_on),
        (complaint.decision_served_on, complaint.decision_pay_by_on),
    ]
    return any(served and term and today > term for served, term in orders)


@guard(_("要写明逃匿或有能力而不支付的事实"), law="《刑法》第二百七十六条之一", needs_facts=True)
def flight_or_refusal(case: Case, facts: Facts) -> bool:
    return bool((facts.get("flight_or_refusal") or "").strip())


@guard(_("事先告知书还没有送达全部被投诉单位"), law=f"{d.SUPERVISION}第十九条、{d.PENALTY}第四十四条")
def notice_served(case: Case, facts: Facts) -> bool:
    return case.complaint.notice_served_on is not None


@guard(_("已经送达过事先告知书，按“公安不予立案，作出决定”办理"), law=f"{d.TRANSFER}第十条")
def notice_not_served(case: Case, facts: Facts) -> bool:
    return case.complaint.notice_served_on is None


@guard(_("陈述申辩的期限还没过，也没有书面放弃"), law=f"{d.PENALTY}第四十四条、第四十五条")
def statement_period_over(case: Case, facts: Facts) -> bool | str:
    """Run out or waived for every unit; a waiver meets the clock of who gave it."""
    return _over(case, d.STATE_AND_DEFEND.code)


@guard(_("事先告知书还没有送达这个单位"), law=f"{d.SUPERVISION}第十九条", needs_facts=True)
def told_that_unit(case: Case, facts: Facts) -> bool:
    party = facts.get("party")
    told = {row.party_id for row in case.clocks.all() if row.rule_code == d.STATE_AND_DEFEND.code}
    return party is None or party.pk in told or (not told and case.complaint.notice_served_on is not None)


@guard(_("听证申请的期限还没过，也没有举行听证"), law=f"{d.PENALTY}第六十四条")
def hearing_period_over(case: Case, facts: Facts) -> bool | str:
    if not case.complaint.hearing_right:
        return True
    if case.complaint.hearing_requested_on and not case.complaint.hearing_held_on:
        return _now("已经有人申请听证")
    if case.complaint.hearing_held_on and not runs(case, d.REQUEST_HEARING):
        return True
    return _over(case, d.REQUEST_HEARING.code)


def _over(case: Case, code: str) -> bool | str:
    """Whether the period has run out for every party it runs for; the day it does where it has not."""
    rows = [row for row in case.clocks.all() if row.rule_code == code and not row.ended_on]
    ends = [row.due_on for row in rows if row.due_on and row.met_on is None]
    if not ends:
        return bool(rows)
    if timezone.localdate() > max(ends):
        return True
    return _now("期限到%(day)s") % {"day": max(ends)}


@guard(_("还没有通过法制审核"), law=f"{d.PENALTY}第五十八条")
def legally_reviewed(case: Case, facts: Facts) -> bool:
    return not case.complaint.legal_review_needed or case.complaint.legal_review_passed_on is not None


@guard(_("重大案件还没有集体讨论"), law=f"{d.PENALTY}第五十七条")
def discussed_if_major(case: Case, facts: Facts) -> bool:
    return not case.is_major or case.complaint.discussed_on is not None


@guard(_("处理决定的履行期限还没过"), law=f"{d.PROVISIONS}第三十六条、第四十一条")
def decision_in_vain(case: Case, facts: Facts) -> bool | str:
    term = case.complaint.decision_pay_by_on
    if term is not None and timezone.localdate() > term:
        return True
    return _now("期限到%(day)s") % {"day": term} if term else False


@guard(_("决定书还没有送达全部被投诉单位"), law=f"{d.PENALTY}第六十一条")
def decision_served(case: Case, facts: Facts) -> bool:
    return case.complaint.decision_served_on is not None


@guard(
    _("撤回投诉要先登记，再以“撤回投诉且无继续必要”撤销立案"),
    law=f"{d.PROVISIONS}第三十五条",
    needs_facts=True,
)
def withdrawn_if_so_coded(case: Case, facts: Facts) -> bool | str:
    if facts.get("outcome") != ClosingCode.WITHDRAWN or case.complaint.withdrawn_on is not None:
        return True
    return _now("全部劳动者都撤回的才能这样办") if case.worker_count > 1 else False


@guard(
    _("认定的欠付金额还没有付清，不能以轻微已改或事实不成立撤销立案"),
    law=f"{d.SUPERVISION}第十八条第三项",
    needs_facts=True,
)
def nothing_owed_if_so_coded(case: Case, facts: Facts) -> bool:
    """Minor and corrected means paid; not made out means that nothing was found to be owed."""
    outcome = facts.get("outcome")
    if outcome == ClosingCode.CANCELLED_UNFOUNDED:
        return case.confirmed_fen == 0
    if outcome == ClosingCode.CANCELLED_CORRECTED:
        return not owes_wages(case)
    return True


@guard(_("登记保存的证据还没有处理，先办理“处理登记保存的证据”"), law=f"{d.PENALTY}第五十六条")
def evidence_disposed(case: Case, facts: Facts) -> bool:
    return not runs(case, d.PRESERVED_EVIDENCE)


@guard(_("作为撤回投诉处理要写明劳动者是自愿的"), law=f"{d.PROVISIONS}第三十五条", needs_facts=True)
def voluntary(case: Case, facts: Facts) -> bool:
    return bool(facts.get("voluntary"))


@guard(_("目录还不完整，或没有逐页编号，补齐再归档"), law=f"{d.PROVISIONS}第四十条", needs_facts=True)
def file_complete(case: Case, facts: Facts) -> bool:
    return bool(facts.get("contents_complete")) and (facts.get("pages") or 0) > 0


@guard(_("要写明理由"), law=f"{d.PROVISIONS}第十九条", needs_facts=True)
def reason_given(case: Case, facts: Facts) -> bool:
    return bool((facts.get("reason") or "").strip())


@guard(_("案件没有中止，不用恢复"), law=f"{d.SUPERVISION}第十七条")
def is_suspended(case: Case, facts: Facts) -> bool:
    return case.is_suspended


@guard(_("案件已经中止"), law=f"{d.SUPERVISION}第十七条")
def not_suspended(case: Case, facts: Facts) -> bool:
    return not case.is_suspended


@guard(_("没有等待决定的回避申请，先登记申请"), law=f"{d.PROVISIONS}第二十三条至第二十五条")
def recusal_requested(case: Case, facts: Facts) -> bool:
    return runs(case, d.DECIDE_RECUSAL)


@guard(_("没有等待处理的登记保存证据"), law=f"{d.PENALTY}第五十六条")
def evidence_preserved(case: Case, facts: Facts) -> bool:
    return runs(case, d.PRESERVED_EVIDENCE)


@guard(_("没有同一单位或同一项目、还没责令支付的投诉可以并入"), law=f"{d.PROVISIONS}第十八条")
def can_join(case: Case, facts: Facts) -> bool:
    return joinable(case).exists()


@guard(_("催告书送达后的10个工作日还没过，也没有送达催告书，不能向法院申请"), law=f"{d.COERCION}第五十四条")
def demand_in_vain(case: Case, facts: Facts) -> bool | str:
    demands = _of_this_decision(case, d.DEMAND.code)
    reached = {row.party_id for row in demands}
    units = {party.pk for party in case.parties.all() if party.role == PartyRole.RESPONDENT}
    if None not in reached and not units <= reached:
        return _now("还有单位没有送达催告书")
    ends = [row.due_on for row in demands if row.due_on and not row.ended_on]
    if not ends:
        return False
    return timezone.localdate() > max(ends) or _now("期限到%(day)s") % {"day": max(ends)}


def _of_this_decision(case: Case, code: str) -> list[CaseClock]:
    """The runs of the rule that belong to the decision that stands, not to one of an earlier round."""
    since = case.complaint.decided_on or date.min
    return [row for row in case.clocks.all() if row.rule_code == code and row.started_on >= since]


def _not_before(facts: Facts, day: date | None) -> bool | str:
    """Whether the fact happened on the day or later; the day when it did not."""
    done_on = facts.get("done_on")
    return True if day is None or done_on is None or done_on >= day else _now("不早于%(day)s") % {"day": day}


@guard(_("移送材料的日期不能早于批准移送的日期"), law=f"{d.TRANSFER}第五条", needs_facts=True)
def sent_after_approval(case: Case, facts: Facts) -> bool | str:
    return _not_before(facts, case.complaint.police_transferred_on)


@guard(_("告知结果的日期不能早于有结果的日期"), law=f"{d.WAGES}第十条", needs_facts=True)
def told_after_the_result(case: Case, facts: Facts) -> bool | str:
    rows = running_rows(case, d.TELL_RESULT)
    return _not_before(facts, rows[-1].started_on if rows else case.ended_on)


@guard(_("没有等待告知的结果"), law=f"{d.WAGES}第十条")
def something_to_tell(case: Case, facts: Facts) -> bool:
    return not case.is_open or not_told(case)


@guard(_("通知书到达银行的日期不能早于开具的日期"), law=f"{d.DEPOSIT}第十九条", needs_facts=True)
def arrived_after_notice(case: Case, facts: Facts) -> bool | str:
    return _not_before(facts, case.complaint.bank_notified_on)


@guard(_("申请的日期要在催告期满以后"), law=f"{d.COERCION}第五十四条", needs_facts=True)
def applied_after_demand(case: Case, facts: Facts) -> bool | str:
    ends = [row.due_on for row in _of_this_decision(case, d.DEMAND.code) if row.due_on]
    return _not_before(facts, max(ends) + timedelta(days=1) if ends else None)


@guard(_("法院答复的日期不能早于申请的日期"), law=f"{d.COERCION}第五十六条", needs_facts=True)
def answered_after_application(case: Case, facts: Facts) -> bool | str:
    asked = [row.started_on for row in _of_this_decision(case, d.COURT_ACCEPTS.code)]
    return _not_before(facts, max(asked) if asked else None)


@guard(_("没有登记决定被撤销、变更；先办理“登记复议、诉讼”"), law=f"{d.REVIEW_LAW}第六十三条、第六十四条")
def decision_annulled(case: Case, facts: Facts) -> bool:
    return case.complaint.decision_annulled


@guard(_("还没有登记把结果告知劳动者，先办理“告知劳动者结果”"), law=f"{d.WAGES}第十条")
def worker_told(case: Case, facts: Facts) -> bool:
    return not not_told(case)


@guard(_("还没有登记向法院申请"), law=f"{d.COERCION}第五十三条")
def applied_to_court(case: Case, facts: Facts) -> bool:
    return bool(_of_this_decision(case, d.COURT_ACCEPTS.code))


@guard(_("被投诉单位已经是本案当事人"), law=f"{d.WAGES}第三十条", needs_facts=True)
def party_is_new(case: Case, facts: Facts) -> bool:
    return not case.parties.filter(employer__name=facts.get("name")).exists()


@guard(_("还没有开具工资保证金支付通知书"), law=f"{d.DEPOSIT}第十九条")
def bank_notified(case: Case, facts: Facts) -> bool:
    return case.complaint.bank_notified_on is not None


@guard(_("只有公安立案的案件才移交材料"), law=f"{d.TRANSFER}第十二条")
def police_opened(case: Case, facts: Facts) -> bool:
    return case.outcome == ClosingCode.POLICE_OPENED


@guard(
    _("只剩这一个单位，不能剔除；整件登记错的，作废或撤销立案"),
    law=f"{d.PROVISIONS}第十八条第二项",
)
def several_units(case: Case, facts: Facts) -> bool:
    return sum(party.role == PartyRole.RESPONDENT for party in case.parties.all()) > 1


@guard(
    _("已经对这个单位送达过文书，它的程序和救济期限已经开始，不能剔除；用撤销或更正的文书处理"),
    law=f"{d.PROVISIONS}第三十八条",
    needs_facts=True,
)
def nothing_served_on_it(case: Case, facts: Facts) -> bool:
    party = facts.get("party")
    return party is None or not (party.service.exists() or party.clocks.exists() or party.documents.exists())


@guard(_("作出处理的期限没有在计时，或者已经届满"), law=f"{d.PROVISIONS}第三十七条")
def decision_still_due(case: Case, facts: Facts) -> bool:
    today = timezone.localdate()
    return any(row.due_on and today <= row.due_on for row in running_rows(case, d.DECIDE))


@guard(_("要写明阻挠调查的事实"), law=f"{d.SUPERVISION}第三十条", needs_facts=True)
def obstruction_stated(case: Case, facts: Facts) -> bool:
    return bool((facts.get("obstruction") or "").strip())


@guard(_("还有没办完的事"), law=f"{d.PROVISIONS}第四十条")
def nothing_left_to_do(case: Case, facts: Facts) -> bool | str:
    """Duties of the office that outlive the closing have to be met before the file is put away."""
    duties = (
        d.HAND_OVER_MATERIALS,
        d.HOTLINE_TICKET,
        d.REPORT_PENALTY,
        d.BLACK_LIST_DECISION,
        d.TAKE_OFF_LIST,
    )
    left = [str(rule.label) for rule in duties if runs(case, rule)]
    return "、".join(left) if left else True


@guard(_("没有等待回复的热线工单"), law=f"12345热线派单要求，《保障农民工工资支付条例》第十条{d.OWN_DAYS}")
def ticket_is_open(case: Case, facts: Facts) -> bool:
    return runs(case, d.HOTLINE_TICKET)


@guard(_("没有等待补足的工资保证金"), law=f"{d.DEPOSIT}第二十条")
def deposit_was_used(case: Case, facts: Facts) -> bool:
    return runs(case, d.TOP_UP_DEPOSIT)


# What the case waits for now: which row to offer first.


def always(case: Case) -> bool:
    """Wherever its guards let it, the row is the next thing to do."""
    return True


def belongs_elsewhere(case: Case) -> bool:
    return case.complaint.other_proceeding or case.complaint.path != Path.INSPECTION


def belongs_here(case: Case) -> bool:
    return not belongs_elsewhere(case)


def not_investigated_yet(case: Case) -> bool:
    return case.complaint.acts_recorded == 0


def amounts_open(case: Case) -> bool:
    return any(claim.confirmed_fen is None for claim in case.claims.all())


def document_to_serve(case: Case) -> bool:
    """Whether the document of the state the case is in has not reached anybody yet."""
    complaint = case.complaint
    return {
        State.CORRECTING: runs(case, d.SUPPLY_MISSING) or None,
        State.ORDERED: complaint.order_served_on,
        State.PRE_NOTICE: complaint.notice_served_on,
        State.DECIDED: complaint.decision_served_on or complaint.fine_served_on,
    }.get(State(case.state), complaint) is None


def order_in_vain(case: Case) -> bool:
    term = case.complaint.order_pay_by_on
    return case.state == State.ORDERED and term is not None and timezone.localdate() > term


def bank_not_notified(case: Case) -> bool:
    return bool(case.project and case.project.deposit_no) and case.complaint.bank_notified_on is None


def bank_notice_on_its_way(case: Case) -> bool:
    notified = case.complaint.bank_notified_on is not None
    return notified and not any(row.rule_code == d.BANK_PAYS.code for row in case.clocks.all())


def court_answer_missing(case: Case) -> bool:
    return runs(case, d.COURT_ACCEPTS, d.COURT_RULES, d.COURT_CONTESTED)


def recusal_undecided(case: Case) -> bool:
    return runs(case, d.DECIDE_RECUSAL)


def not_sent_to_police(case: Case) -> bool:
    return runs(case, d.SEND_TO_POLICE)


def not_told(case: Case) -> bool:
    return runs(case, d.TELL_RESULT)


def review_missing(case: Case) -> bool:
    return case.complaint.legal_review_needed and case.complaint.legal_review_passed_on is None


def discussion_missing(case: Case) -> bool:
    return case.is_major and case.complaint.discussed_on is None
