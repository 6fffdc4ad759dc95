"""When a document counts as served: on every unit that was a party when it was issued, on the last of these days.

《关于实施〈劳动保障监察条例〉若干规定》第三十八条、《民事诉讼法》第八十七条至第九十五条.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from calendars.services import reckoned
from cases.models import Case, PartyRole
from cases.workflow.table import Facts, guard
from documents import catalogue
from documents.models import Document
from documents.services import last_step
from inspection import deadlines as d

# The day of service of these documents is a fact that later rows ask for.
SERVED_DAY = {
    "D18": "order_served_on",
    "D21": "notice_served_on",
    "D26": "decision_served_on",
    "D27": "fine_served_on",
}
TAKES_THE_PLACE = ("D18", "D21", "D26", "D27")


def served_on_everybody(
    case: Any, document: Document, also: Mapping[int, date] | None = None, *, without: int | None = None
) -> date | None:
    """The last day on which the document reached a unit; None while one that it is for has not got it.

    ``also`` are services that are being recorded now, by party; ``without`` is a party that is being taken out.
    """
    if overtaken(case, document) or incomplete(case, document):
        return None
    reached = {row.party_id: row.served_on for row in document.service.filter(superseded_at=None)}
    reached |= dict(also or {})
    units = case.parties.filter(role=PartyRole.RESPONDENT, added_on__lte=document.issued_on)
    whom_it_is_for = units.exclude(pk=without).values_list("pk", flat=True)
    if not whom_it_is_for or any(party not in reached for party in whom_it_is_for):
        return None
    return max(reached[party] for party in whom_it_is_for)


def term_of(case: Case, document: Document) -> date | None:
    """The day that the document sets for whom it is served on; None when it sets none or days from service."""
    if document.kind == "D18":
        return document.term_on or case.complaint.order_pay_by_on
    return document.term_on


@guard(_("送达日期不能早于文书日期，也不能晚于今天"), law=f"{d.PROVISIONS}第三十八条", needs_facts=True)
def served_after_issue(case: Case, facts: Facts) -> bool:
    document, day = facts.get("document"), facts.get("served_on")
    return bool(document and day and document.issued_on <= day <= timezone.localdate())


@guard(_("留置送达要写明拒收情况和见证人"), law="《民事诉讼法》第八十九条", needs_facts=True)
def left_with_witness(case: Case, facts: Facts) -> bool:
    return facts.get("method") != "left" or len((facts.get("proof") or "").strip()) >= 4


@guard(
    _("送达时文书写明的期限已经到了，当事人来不及办；另开一份、改了期限再送达"),
    law=f"{d.PROVISIONS}第三十八条",
    needs_facts=True,
)
def served_before_term(case: Case, facts: Facts) -> bool | str:
    document, day = facts.get("document"), facts.get("served_on")
    term = term_of(case, document) if document is not None else None
    if term is None or day is None or day < term:
        return True
    return _now("期限到%(day)s") % {"day": term}


@guard(
    _("这份文书已被后来开具的代替，送达新的一份"),
    law=f"{d.PROVISIONS}第三十八条",
    needs_facts=True,
)
def newest_of_its_kind(case: Case, facts: Facts) -> bool:
    document = facts.get("document")
    if document is None or document.kind not in TAKES_THE_PLACE:
        return True
    act = last_step(case, catalogue.kind(document.kind))
    return (act is None or document.issued_at >= act.at) and not overtaken(case, document)


NEW_ROUND = ("reopen", "take_up_again", "go_on_after_fine")


def overtaken(case: Any, document: Document) -> bool:
    """Whether the case was taken up again since: only a fine outlives that."""
    if document.kind == "D27" and case.complaint.fine_fen:
        return False
    return case.timeline.filter(kind="step", step__in=NEW_ROUND, at__gt=document.issued_at).exists()


def incomplete(case: Any, document: Document) -> bool:
    """Whether an order or a notice has to be made anew: a unit joined since, or more is owed than it says.

    It may still reach those it names, but the units count as ordered or told only by the new one.
    """
    if document.kind not in ("D18", "D21"):
        return False
    later = case.timeline.filter(kind="step", at__gt=document.issued_at)
    joined = {event.facts.get("name") for event in later.filter(step="add_party")}
    units = case.parties.filter(role=PartyRole.RESPONDENT).select_related("employer")
    raised = any(event.facts.get("raised") for event in later.filter(step="confirm_amounts"))
    return raised or any(party.name in joined for party in units)


@guard(
    _("公告送达要从公告之日起满30日，按期满的日期登记"),
    law=f"{d.CIVIL_PROCEDURE}第九十五条",
    needs_facts=True,
)
def announced_long_enough(case: Case, facts: Facts) -> bool | str:
    document, day = facts.get("document"), facts.get("served_on")
    if facts.get("method") != "announcement" or document is None or day is None:
        return True
    published_on = facts.get("published_on")
    if published_on is None:
        return _now("还没填公告日期")
    if published_on < document.issued_on:
        return _now("公告日期不能早于文书日期")
    end = reckoned(d.PUBLIC_NOTICE, published_on)
    return day >= end.raw_end or _now("期满日%(day)s") % {"day": end.raw_end}
