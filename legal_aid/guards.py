"""What must be true before a step, each with the sentence said when it is not and the article that asks for it."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases import clocks
from cases.models import Case, PartyRole
from cases.workflow.table import Facts, guard
from legal_aid import deadlines as d
from legal_aid.checking import finding
from legal_aid.conflicts import ties
from legal_aid.rates import rate_on
from legal_aid.states import AskedBy, Matter, RefusalGround, State, TerminationGround, UrgentGround

FEWER_THAN = timedelta(days=7)  # 法律援助法第四十四条


# The application


@guard(_("还没有写明申请人和对方当事人"), law=f"{d.PROCEDURE}第二章")
def parties_named(case: Case, facts: Facts) -> bool:
    roles = {party.role for party in case.parties.all()}
    return {PartyRole.WORKER, PartyRole.RESPONDENT} <= roles


@guard(_("补充期限还没到，期满仍未补充才视为撤回申请"), law=f"{d.LAW}第四十三条")
def correction_ran_out(case: Any, facts: Facts) -> bool | str:
    due_on = case.aid.correction_due_on
    if due_on is not None and timezone.localdate() > due_on:
        return True
    return _now("期限到%(day)s") % {"day": due_on} if due_on else False


@guard(
    _("补充的材料是期限过后收到的，按“期满未补充，视为撤回”办理，申请人可以重新申请"),
    law=f"{d.LAW}第四十三条",
    needs_facts=True,
)
def supplied_in_time(case: Any, facts: Facts) -> bool:
    day, due_on = facts.get("received_on"), case.aid.correction_due_on
    return day is not None and due_on is not None and day <= due_on


@guard(
    _("距时效或者期限届满还有7日以上，不符合先行提供的条件；要保全、先予执行的选另一项理由"),
    law=f"{d.LAW}第四十四条",
    needs_facts=True,
)
def is_urgent(case: Any, facts: Facts) -> bool | str:
    if facts.get("ground") != UrgentGround.LIMIT:
        return bool(facts.get("ground"))
    limit_on = facts.get("limit_on") or case.aid.limit_on
    if limit_on is None:
        return _now("还没填时效或者期限届满日")
    return bool(timezone.localdate() <= limit_on < timezone.localdate() + FEWER_THAN)


@guard(_("没有等待补办的先行提供手续"), law=f"{d.LAW}第四十四条")
def papers_are_owed(case: Any, facts: Facts) -> bool:
    return bool(case.aid.urgent_ground) and case.aid.papers_done_on is None


@guard(_("先行提供的手续还没有补齐，先办理“补齐先行提供的手续”"), law=f"{d.LAW}第四十四条")
def no_papers_owed(case: Any, facts: Facts) -> bool:
    return not case.aid.urgent_ground or case.aid.papers_done_on is not None


# The decision


@guard(_("还没有选定申请援助的事项"), law=f"{d.LAW}第三十一条、第三十二条")
def matter_chosen(case: Any, facts: Facts) -> bool:
    return case.aid.matter in Matter.values


@guard(_("还没有登记经济困难状况说明，也没有免予核查的理由"), law=f"{d.LAW}第四十一条、第四十二条")
def means_are_known(case: Any, facts: Facts) -> bool:
    found = finding(case, timezone.localdate())
    return bool(found.exemption) or found.hard_up is not None


@guard(_("还没有审查意见，先办理“记录审查意见”"), law=f"{d.LAW}第四十三条")
def reviewed(case: Any, facts: Facts) -> bool:
    return case.aid.reviewed_on is not None


@guard(_("审查意见认为申请人不符合条件，不能给予援助"), law=f"{d.LAW}第三十一条、第三十二条")
def entitled(case: Any, facts: Facts) -> bool:
    review = case.aid.review
    return review is not None and review.is_entitled


@guard(_("没有免予核查的理由，也不符合经济困难标准，不能给予援助"), law=f"{d.LAW}第三十四条、第四十二条")
def hard_up_or_exempt(case: Any, facts: Facts) -> bool:
    return finding(case, timezone.localdate()).passes


@guard(_("要写明理由"), law=f"{d.LAW}第四十三条", needs_facts=True)
def reason_given(case: Case, facts: Facts) -> bool:
    return bool((facts.get("reason") or "").strip())


@guard(
    _("申请人免予核查或者符合经济困难标准，不能以经济状况为由不予援助"),
    law=f"{d.LAW}第四十二条",
    needs_facts=True,
)
def refusal_fits_means(case: Any, facts: Facts) -> bool:
    return facts.get("ground") != RefusalGround.NOT_HARD_UP or not finding(case, timezone.localdate()).passes


@guard(_("异议期限已过，决定已经生效"), law=f"{d.LAW}第四十九条", needs_facts=True)
def objects_in_time(case: Case, facts: Facts) -> bool | str:
    due_on = _objection_ends(case)
    day = facts.get("arrived_on")
    if due_on is None or (day is not None and day <= due_on):
        return True
    return _now("期限到%(day)s") % {"day": due_on}


@guard(_("已经对这个决定提出过异议；仍不服的，告知申请行政复议或者提起行政诉讼"), law=f"{d.LAW}第四十九条")
def objects_once(case: Any, facts: Facts) -> bool:
    return case.aid.objected_on is None or case.aid.objected_to != case.state


def _objection_ends(case: Case) -> date | None:
    """The last day for an objection; None before the decision was served."""
    ends = [
        row.due_on for row in case.clocks.all() if row.rule_code == d.OBJECT.code and row.ended_on is None
    ]
    return max((day for day in ends if day), default=None)


# Assignment


@guard(_("这家机构现在不接受指派，换一家"), law=f"{d.PROCEDURE}第二十四条", needs_facts=True)
def firm_takes_cases(case: Case, facts: Facts) -> bool:
    firm = facts.get("firm")
    return firm is not None and firm.is_active


@guard(_("这家机构在办的案件已经到了上限，换一家"), law=f"{d.PROCEDURE}第二十四条", needs_facts=True)
def firm_has_room(case: Case, facts: Facts) -> bool:
    firm = facts.get("firm")
    if firm is None:
        return True
    return firm.assignments.filter(ended_on=None, case__ended_on=None).count() < firm.most_open


@guard(
    _("与对方当事人有利害关系，换一家；仍要指派的写明理由"),
    law=f"{d.PROCEDURE}第二十四条",
    needs_facts=True,
)
def conflict_weighed(case: Case, facts: Facts) -> bool | str:
    lawyer = facts.get("lawyer")
    firm = lawyer.firm if lawyer else facts.get("firm")
    if (facts.get("conflict_note") or "").strip():
        return True
    found = ties(case, firm, lawyer)
    return "；".join(str(tie) for tie in found) or True


@guard(_("还没有登记承办机构收到指派"), law=f"{d.PROCEDURE}第二十五条")
def assignment_received(case: Any, facts: Facts) -> bool:
    return case.aid.assignment_received_on is not None


@guard(
    _("超过5日才签订的，写明是受援人的原因还是其他客观原因"), law=f"{d.PROCEDURE}第二十七条", needs_facts=True
)
def delay_explained(case: Case, facts: Facts) -> bool:
    day = facts.get("signed_on")
    due = [row.due_on for row in clocks.running_rows(case, d.SIGN_AGREEMENT)]
    is_late = day is not None and any(each is not None and day > each for each in due)
    return not is_late or bool((facts.get("delay") or "").strip())


# Replacement, termination


@guard(
    _("只是不接受指派的承办人，不是终止的情形；自己请了律师的选那一项，有证据的更换承办人"),
    law=f"{d.LAW}第四十八条、第五十五条",
    needs_facts=True,
)
def refusal_is_no_ground(case: Any, facts: Facts) -> bool:
    refuses = case.state == State.REPLACING and case.aid.replacement_by == AskedBy.REFUSES
    return not refuses or facts.get("ground") != TerminationGround.OTHER


@guard(_("通知的日期不能早于终止决定的日期"), law=f"{d.LAW}第四十八条", needs_facts=True)
def notified_after_decision(case: Any, facts: Facts) -> bool:
    day = facts.get("done_on")
    return day is not None and case.aid.terminated_on is not None and day >= case.aid.terminated_on


@guard(_("没有承办律师办过这件案子，直接归档"), law=f"{d.PROCEDURE}第四章")
def had_a_lawyer(case: Case, facts: Facts) -> bool:
    return case.handler_id is not None


# The end


@guard(_("结案日不能早于签订委托的日期"), law=f"{d.PROCEDURE}第四章", needs_facts=True)
def concluded_after_agreement(case: Any, facts: Facts) -> bool:
    day, since = facts.get("concluded_on"), case.aid.agreement_on
    return day is not None and (since is None or day >= since)


@guard(_("结案材料不能早于结案日收到"), law=f"{d.PROCEDURE}第四章", needs_facts=True)
def file_after_end(case: Any, facts: Facts) -> bool:
    day, since = facts.get("arrived_on"), case.aid.concluded_on
    return day is not None and (since is None or day >= since)


@guard(_("卷宗不齐全或者不规范，退回补正以后再审查"), law=f"{d.PROCEDURE}第四章", needs_facts=True)
def file_in_order(case: Case, facts: Facts) -> bool:
    return bool(facts.get("complete") and facts.get("regular"))


@guard(_("这种援助形式的补贴标准还没有设定，先在设置里登记标准"), law=f"{d.LAW}第五十二条")
def rate_is_set(case: Any, facts: Facts) -> bool:
    return case.aid.concluded_on is not None and rate_on(case.aid.form, case.aid.concluded_on) is not None


@guard(_("其他费用要写明理由"), law=f"{d.LAW}第五十二条", needs_facts=True)
def extra_explained(case: Case, facts: Facts) -> bool:
    return not facts.get("extra") or bool((facts.get("extra_reason") or "").strip())


@guard(_("补贴已经支付"), law=f"{d.LAW}第五十二条")
def subsidy_unpaid(case: Any, facts: Facts) -> bool:
    return case.aid.subsidy_paid_on is None


@guard(_("还没有支付补贴"), law=f"{d.LAW}第五十二条")
def subsidy_paid(case: Any, facts: Facts) -> bool:
    return case.state != State.SUBSIDY or case.aid.subsidy_paid_on is not None


@guard(_("异议期限还没过，决定也还没有送达完"), law=f"{d.LAW}第四十九条")
def objection_over(case: Any, facts: Facts) -> bool | str:
    if case.state not in (State.REFUSED, State.TERMINATED) or case.aid.objection_decided_on:
        return True
    due_on = _objection_ends(case)
    if due_on is None:
        return False
    return timezone.localdate() > due_on or _now("期限到%(day)s") % {"day": due_on}


@guard(_("目录还不完整，或没有逐页编号，补齐再归档"), law=f"{d.PROCEDURE}第四章", needs_facts=True)
def contents_complete(case: Case, facts: Facts) -> bool:
    return bool(facts.get("contents_complete")) and (facts.get("pages") or 0) > 0


@guard(_("还没有回访受援人，先办理“登记回访”"), law=f"{d.LAW}第五十九条")
def called_back(case: Any, facts: Facts) -> bool:
    return case.aid.called_back_on is not None


# Service


@guard(_("送达日期不能早于文书日期，也不能晚于今天"), law=f"{d.PROCEDURE}第三章", needs_facts=True)
def served_after_issue(case: Case, facts: Facts) -> bool:
    document, day = facts.get("document"), facts.get("served_on")
    return bool(document and day and document.issued_on <= day <= timezone.localdate())


# What the case waits for now: which row to offer first.


def always(case: Case) -> bool:
    """Wherever its guards let it, the row is the next thing to do."""
    return True


def urgent_by_date(case: Any) -> bool:
    limit_on = case.aid.limit_on
    today = timezone.localdate()
    return limit_on is not None and today <= limit_on < today + FEWER_THAN


def not_urgent(case: Any) -> bool:
    return not urgent_by_date(case)


def not_reviewed(case: Any) -> bool:
    return case.aid.reviewed_on is None


def passes_review(case: Any) -> bool:
    review = case.aid.review
    return review is not None and review.passes


def fails_review(case: Any) -> bool:
    return not passes_review(case)


def not_received(case: Any) -> bool:
    return case.aid.assignment_received_on is None


def nothing_paid(case: Any) -> bool:
    return case.aid.subsidy_paid_on is None


def was_aided(case: Any) -> bool:
    return case.aid.concluded_on is not None


def decision_to_serve(case: Case) -> bool:
    """Whether a decision that may be objected to has not reached the applicant yet."""
    decided = case.state in (State.REFUSED, State.TERMINATED)
    return decided and not any(row.rule_code == d.OBJECT.code for row in case.clocks.all())


def unserved_termination(case: Case) -> bool:
    return clocks.runs(case, d.NOTIFY_TERMINATION)
