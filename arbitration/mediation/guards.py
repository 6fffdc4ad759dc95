"""What must be true before a step, each with the sentence said when it is not and the article that asks for it."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.mediation import standing
from arbitration.mediation.states import ORDER_FOLLOWS, PAYMENT_ORDER_TYPES, OrderStage
from arbitration.states import ClaimType
from calendars.rules import Rule
from cases import clocks
from cases.models import Case, Duty, PartyRole
from cases.workflow.table import Facts, guard

GROUP_FROM, LEAST, MOST = 10, 3, 5
"""From how many workers on they choose representatives, and how many. 劳动争议调解仲裁法第七条、办案规则第六十三条."""


def _due(case: Any, rule: Rule) -> date | None:
    """The last day of the rule's newest run on the case."""
    rows = [row for row in case.clocks.all() if row.rule_code == rule.code and row.ended_on is None]
    return max((row.due_on for row in rows if row.due_on), default=None)


# The request


@guard(_("还没有写明劳动者和用人单位"), law=f"{d.LAW}第十二条")
def parties_named(case: Case, facts: Facts) -> bool:
    return {PartyRole.WORKER, PartyRole.RESPONDENT} <= {party.role for party in case.parties.all()}


@guard(_("请求要写明金额和期间"), law=f"{d.LAW}第十二条、{d.CASE_RULES}第二十九条", needs_facts=True)
def claims_complete(case: Any, facts: Facts) -> bool | str:
    """A claim that the step itself states counts for the first worker."""
    asking = {demand.party_id for demand in case.demands.all()}
    missing = [party.name for party in standing.workers_of(case) if party.pk not in asking]
    if facts.get("type"):
        missing = missing[1:]
    return not missing or _now("%(names)s还没有请求") % {"names": "、".join(missing[:5])}


@guard(_("对方同意的日期不能早于申请日期"), law=f"{d.ENTERPRISE}第二十二条", needs_facts=True)
def other_side_consents(case: Any, facts: Facts) -> bool:
    day = facts.get("consented_on")
    return day is not None and case.received_on <= day


@guard(_("这名调解员应当回避，换一名"), law=f"{d.LAW}第十一条", needs_facts=True)
def mediator_is_neutral(case: Any, facts: Facts) -> bool:
    mediator = facts.get("mediator")
    return mediator is None or all(row.user_id != mediator.pk for row in case.recusals.all())


@guard(_("和现在的调解员是同一个人"), law=f"{d.LAW}第十一条", needs_facts=True)
def is_another_mediator(case: Any, facts: Facts) -> bool:
    mediator = facts.get("mediator")
    held = [row for row in case.assignments.all() if row.until is None and row.duty == Duty.MEDIATOR]
    return mediator is None or all(row.user_id != mediator.pk for row in held)


@guard(_("决定受理的期限还没有到，对方还可以答复"), law=f"{d.ENTERPRISE}第二十二条", needs_facts=True)
def no_answer_in_time(case: Any, facts: Facts) -> bool | str:
    if facts.get("ground") != "no_answer":
        return True
    due = _due(case, d.ACCEPT_MEDIATION)
    if due is None or due < timezone.localdate():
        return True
    return _now("期限到%(day)s") % {"day": due}


# Meetings


@guard(_("十人以上要先推举三至五名代表，办理“登记推举代表”"), law=f"{d.LAW}第七条、{d.CASE_RULES}第六十三条")
def represented(case: Any, facts: Facts) -> bool:
    workers = standing.workers_of(case)
    chosen = sum(party.is_representative for party in workers)
    return len(workers) < GROUP_FROM or LEAST <= chosen <= MOST


@guard(_("不到十人，不用推举代表"), law=f"{d.LAW}第七条")
def is_collective(case: Any, facts: Facts) -> bool:
    return len(standing.workers_of(case)) >= GROUP_FROM


@guard(_("还没有安排过调解，先办理“安排调解”"), law=f"{d.LAW}第十三条", needs_facts=True)
def held_after_acceptance(case: Any, facts: Facts) -> bool | str:
    day = facts.get("held_on")
    if day is None or case.filed_on is None:
        return False
    return case.filed_on <= day or _now("调解日期不能早于受理日期%(day)s") % {"day": case.filed_on}


@guard(_("还没有调解方案，先在调解台保存一轮方案"), law=f"{d.LAW}第十四条")
def has_round(case: Any, facts: Facts) -> bool:
    return standing.last_round(case) is not None


@guard(
    _("最后一轮方案里，每名劳动者要么双方同意，要么选“没有方案”；至少有一人双方同意"),
    law=f"{d.LAW}第十四条",
)
def offers_settled(case: Any, facts: Facts) -> bool | str:
    table = standing.last_round(case)
    if table is None:
        return False
    offers = list(table.offers.all())
    if left := standing.open_questions(case, offers):
        more = _now("等") if len(left) > 5 else ""
        return _now("%(names)s%(more)s还没有结果") % {"names": "、".join(left[:5]), "more": more}
    return any(offer.is_accepted for offer in offers)


@guard(_("支付日期不能早于协议生效日期，先在调解台改支付日期"), law=f"{d.LAW}第十四条", needs_facts=True)
def paid_after_agreement(case: Any, facts: Facts) -> bool:
    table, day = standing.last_round(case), facts.get("agreed_on")
    if table is None or day is None:
        return False
    days = [table.pay_on, *(date.fromisoformat(each[0]) for each in table.schedule)]
    return all(day <= each for each in days)


@guard(_("协议生效日期不能早于受理日期"), law=f"{d.LAW}第十四条", needs_facts=True)
def agreed_after_acceptance(case: Any, facts: Facts) -> bool:
    day = facts.get("agreed_on")
    return day is not None and case.filed_on is not None and case.filed_on <= day


@guard(_("协议要双方自愿、内容合法明确"), law=f"{d.LAW}第三条、第十四条", needs_facts=True)
def is_voluntary(case: Any, facts: Facts) -> bool:
    return facts.get("is_voluntary") is True


@guard(_("协议要双方签名或者盖章、调解员签名、调解组织盖章"), law=f"{d.LAW}第十四条", needs_facts=True)
def is_signed(case: Any, facts: Facts) -> bool:
    return facts.get("is_signed") is True


@guard(_("调解期限还没有届满，届满以后才按期满处理"), law=f"{d.LAW}第十四条")
def limit_passed(case: Any, facts: Facts) -> bool | str:
    due = _due(case, d.MEDIATE)
    if due is not None and due < timezone.localdate():
        return True
    return _now("期限到%(day)s") % {"day": due} if due else False


@guard(_("停止调解的日期不能早于受理日期"), law=f"{d.LAW}第十四条", needs_facts=True)
def stopped_after_acceptance(case: Any, facts: Facts) -> bool:
    day = facts.get("stopped_on")
    return day is not None and case.filed_on is not None and case.filed_on <= day


@guard(_("撤回日期不能早于收到申请的日期"), law=f"{d.LAW}第十二条", needs_facts=True)
def withdrawn_after_receipt(case: Any, facts: Facts) -> bool:
    day = facts.get("received_on")
    return day is not None and case.received_on <= day


# Performance


@guard(_("协议约定的钱都付清了"), law=f"{d.LAW}第十四条")
def something_owed(case: Any, facts: Facts) -> bool:
    return bool(standing.unpaid(case))


@guard(_("付款日期不能早于协议生效日期"), law=f"{d.LAW}第十四条", needs_facts=True)
def paid_after_effect(case: Any, facts: Facts) -> bool:
    day, since = facts.get("paid_on"), case.mediation.agreed_on
    return bool(day and since and since <= day)


@guard(_("还没有到期未付的款项"), law=f"{d.LAW}第十五条")
def something_overdue(case: Any, facts: Facts) -> bool:
    return bool(standing.overdue(case, timezone.localdate()))


@guard(_("违约已经登记"), law=f"{d.LAW}第十五条")
def default_not_noted(case: Any, facts: Facts) -> bool:
    return case.mediation.default_noted_on is None


@guard(_("协议还有款项没有付清，付清或者转下一程序以后再归档"), law=f"{d.LAW}第十四条、第十五条")
def nothing_left(case: Any, facts: Facts) -> bool:
    """What can be enforced may be put away: the court sees to the rest. Who went on is looked after there."""
    if case.state != "PERFORMING":
        return True
    gone = standing.sent(case)
    return all(row.worker_id in gone for row in standing.unpaid(case))


@guard(_("目录和材料还不齐全"), law=f"{d.CASE_RULES}第二十二条", needs_facts=True)
def contents_complete(case: Any, facts: Facts) -> bool:
    return facts.get("contents_complete") is True


# 仲裁审查


@guard(_("共同申请仲裁审查的期限已过"), law=f"{d.CASE_RULES}第七十四条、第七十五条", needs_facts=True)
def review_in_time(case: Any, facts: Facts) -> bool | str:
    due, day = _due(case, d.REQUEST_REVIEW), facts.get("requested_on")
    if due is None or (day is not None and day <= due):
        return True
    return _now("期限到%(day)s") % {"day": due}


@guard(_("确认劳动关系的协议不能申请仲裁审查"), law=f"{d.CASE_RULES}第七十五条")
def confirms_no_relation(case: Any, facts: Facts) -> bool:
    return all(demand.type != ClaimType.CONFIRM for demand in case.demands.all())


@guard(_("已经申请司法确认，不能再申请仲裁审查"), law=f"{d.CASE_RULES}第七十五条")
def not_before_the_court(case: Any, facts: Facts) -> bool:
    return case.mediation.court_requested_on is None


@guard(_("还没有受理审查申请"), law=f"{d.CASE_RULES}第七十五条")
def review_accepted(case: Any, facts: Facts) -> bool:
    return case.mediation.review_accepted_on is not None


@guard(_("审查申请已经受理"), law=f"{d.CASE_RULES}第七十五条")
def review_not_accepted(case: Any, facts: Facts) -> bool:
    return case.mediation.review_accepted_on is None


@guard(
    _("协议违法、不明确或者违反自愿的，不能出具调解书"),
    law=f"{d.CASE_RULES}第七十七条、第七十八条",
    needs_facts=True,
)
def agreement_lawful(case: Any, facts: Facts) -> bool:
    return facts.get("is_lawful") is True


@guard(_("审查期限已经届满，不能再延长"), law=f"{d.CASE_RULES}第七十六条")
def review_extendable(case: Any, facts: Facts) -> bool:
    due = _due(case, d.REVIEW_AGREEMENT)
    return due is not None and timezone.localdate() <= due and not case.mediation.review_extended


@guard(_("双方已经签收"), law=f"{d.CASE_RULES}第七十七条")
def paper_unsigned(case: Any, facts: Facts) -> bool:
    return case.mediation.paper_signed_on is None


@guard(_("签收日期不能早于调解书的日期"), law=f"{d.CASE_RULES}第七十七条", needs_facts=True)
def signed_after_paper(case: Any, facts: Facts) -> bool:
    day, made = facts.get("signed_on"), case.mediation.review_decided_on
    return bool(day and made and made <= day)


# The court


@guard(_("共同申请司法确认的期限已过"), law=f"{d.CIVIL_PROCEDURE}第二百零五条", needs_facts=True)
def confirmation_in_time(case: Any, facts: Facts) -> bool | str:
    due, day = _due(case, d.REQUEST_CONFIRMATION), facts.get("requested_on")
    if due is None or (day is not None and day <= due):
        return True
    return _now("期限到%(day)s") % {"day": due}


@guard(_("还没有申请司法确认"), law=f"{d.CIVIL_PROCEDURE}第二百零五条")
def confirmation_requested(case: Any, facts: Facts) -> bool:
    return case.mediation.court_requested_on is not None


@guard(_("法院裁定的日期不能早于申请日期"), law=f"{d.CIVIL_PROCEDURE}第二百零六条", needs_facts=True)
def ruled_after_request(case: Any, facts: Facts) -> bool:
    day, asked = facts.get("ruled_on"), case.mediation.court_requested_on
    return bool(day and asked and asked <= day)


@guard(_("只有劳动报酬、工伤医疗费、经济补偿或者赔偿金的协议可以申请支付令"), law=f"{d.LAW}第十六条")
def is_for_money_of_work(case: Any, facts: Facts) -> bool:
    return any(demand.type in PAYMENT_ORDER_TYPES for demand in case.demands.all())


@guard(_("支付令已经申请，正在办理"), law=f"{d.LAW}第十六条")
def no_order_open(case: Any, facts: Facts) -> bool:
    return case.mediation.order_stage in ("", OrderStage.REJECTED, OrderStage.OBJECTED)


@guard(_("没有正在办理的支付令"), law=f"{d.CIVIL_PROCEDURE}第二百二十六条")
def order_open(case: Any, facts: Facts) -> bool:
    return case.mediation.order_stage in ORDER_FOLLOWS


@guard(
    _("支付令的这一步不接在现在的后面"),
    law=f"{d.CIVIL_PROCEDURE}第二百二十六条至第二百二十八条",
    needs_facts=True,
)
def stage_follows(case: Any, facts: Facts) -> bool:
    return facts.get("stage") in ORDER_FOLLOWS.get(case.mediation.order_stage, ())


# The next track


@guard(_("没有到期未付的款项，协议还在履行，不能转仲裁"), law=f"{d.LAW}第十五条")
def broken_or_failed(case: Any, facts: Facts) -> bool:
    if case.state not in ("AGREED", "PERFORMING"):
        return True
    return bool(standing.broken_for(case, timezone.localdate()))


@guard(_("还有人的款项没有到期，只有部分人转仲裁的，办理“部分人转仲裁”"), law=f"{d.LAW}第十五条")
def nobody_still_waits(case: Any, facts: Facts) -> bool:
    if case.state not in ("AGREED", "PERFORMING"):
        return True
    return not standing.still_waiting(case, timezone.localdate())


@guard(_("没有要转仲裁的人：没有达成协议的、到期没有拿到钱的才转"), law=f"{d.LAW}第五条、第十五条")
def somebody_left(case: Any, facts: Facts) -> bool:
    return bool(standing.without_agreement(case) or standing.broken_for(case, timezone.localdate()))


# Service


@guard(_("送达日期不能早于文书日期，也不能晚于今天"), law=f"{d.CASE_RULES}第二十条", needs_facts=True)
def served_after_issue(case: Case, facts: Facts) -> bool:
    document, day = facts.get("document"), facts.get("served_on")
    return bool(document and day and document.issued_on <= day <= timezone.localdate())


# What the case waits for now: which row to offer first.


def always(case: Case) -> bool:
    """Wherever its guards let it, the row is the next thing to do."""
    return True


def no_meeting_yet(case: Any) -> bool:
    return case.mediation.meet_on is None


def waits_for_payment(case: Any) -> bool:
    return clocks.runs(case, d.PAY_AS_AGREED)


def is_broken(case: Any) -> bool:
    return bool(standing.overdue(case, timezone.localdate()))


def limit_is_over(case: Any) -> bool:
    due = _due(case, d.MEDIATE)
    return due is not None and due < timezone.localdate()


def is_group_without_voice(case: Any) -> bool:
    return case.worker_count >= GROUP_FROM and not represented.check(case, {})
