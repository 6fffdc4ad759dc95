"""The facts that indicators count: which complaints, and what was true of each at the cut-off.

Nothing is read from a state. A case counts from the day it was filed, and it is closed when its closing day
is not after the cut-off and was not undone by then. The row of a case holds only its last closing; reopening
wipes it. The record of the reopening keeps the day that was wiped, so a cut-off before it still finds the
case closed, and a cut-off on that day or after it finds the case open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    DateField,
    Exists,
    Expression,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from agencies.models import Agency, User
from cases.models import Case, CaseClock, CaseKind, CaseQuerySet, Payment, TimelineEvent
from inspection.deadlines import INVESTIGATE
from inspection.workflow import REOPEN
from reports.periods import Period

CLOSING_TERM = INVESTIGATE.code
"""The rule whose due date, with approved extension, is the 办结期限."""


DIVISIONS = {"town": "town_id", "industry": "complaint__industry"}
"""By what figures are divided, and the column that says so."""

WITHOUT = {
    "town": Q(town_id__isnull=True),
    "industry": Q(complaint__industry__isnull=True) | Q(complaint__industry=""),
}
"""The cases for which that column says nothing."""


@dataclass(frozen=True)
class Scope:
    """What is looked at: a period, as one person sees it (without one, the whole), of one agency or all.

    ``only`` narrows to parts of `DIVISIONS`, each as (division, value); without a value those that have none.
    """

    period: Period
    user: User | None = None
    agency: Agency | None = None
    only: tuple[tuple[str, int | str], ...] = ()


def complaints(scope: Scope) -> CaseQuerySet:
    """The complaints of the district, or of the agency and those below it; for a person those they may see.

    A case merely shared with a person's agency is another office's work and does not count in its figures.
    """
    if scope.user is None:
        cases = Case.objects.all()
    else:
        cases = Case.objects.visible_to(scope.user).filter(agency__path__startswith=scope.user.agency.path)
    if scope.agency is not None:
        cases = cases.filter(agency__path__startswith=scope.agency.path)
    for division, value in scope.only:
        cases = cases.filter(Q(**{DIVISIONS[division]: value}) if value else WITHOUT[division])
    return cases.of_kind(CaseKind.INSPECTION)


def complaints_closed_by(scope: Scope, cut_offs: Mapping[str, date]) -> CaseQuerySet:
    """The complaints filed by the cut-off of the scope, with their closing day as each of the cut-offs found it.

    The keys are the names of the columns; what was filed after a cut-off is in, and the caller's to leave out.
    """
    columns = {
        name: _before_later_reopening(as_of, "closed_on", DateField()) for name, as_of in cut_offs.items()
    }
    return _filed(complaints(scope), scope).annotate(**columns)


def complaints_then(scope: Scope) -> CaseQuerySet:
    """Each complaint with what was true of it at the cut-off.

    ``closed_then`` (maybe after the cut-off), ``outcome_then``, ``reopened_then`` and ``due_then``: the due
    date, with approved extension, of the last run of the closing term that had started (only a reopening starts
    another). An extension approved after the cut-off changes no figure: it can only be approved before the old
    due date, which then lies after the cut-off as well.
    """
    as_of = scope.period.as_of
    started = Q(clocks__rule_code=CLOSING_TERM, clocks__started_on__lte=as_of)
    later_run = CaseClock.objects.filter(
        case=OuterRef("pk"), rule_code=CLOSING_TERM, started_on__lte=as_of, pk__gt=OuterRef("term__pk")
    )
    return (
        complaints(scope)
        .alias(term=FilteredRelation("clocks", condition=started))
        .filter(Q(term__isnull=True) | Q(reopened_on__isnull=True) | ~Exists(later_run))
        .annotate(
            closed_then=_before_later_reopening(as_of, "closed_on", DateField()),
            outcome_then=_before_later_reopening(as_of, "outcome", CharField()),
            reopened_then=_last_reopening(as_of),
            due_then=F("term__due_on"),
        )
    )


def filed_complaints(scope: Scope) -> CaseQuerySet:
    """The complaints filed by the cut-off; what was refused, redirected or voided before is outside."""
    return _filed(complaints_then(scope), scope)


def _filed(cases: CaseQuerySet, scope: Scope) -> CaseQuerySet:
    return cases.filter(filed_on__lte=scope.period.as_of)


def payments_in(period: Period) -> QuerySet[Payment]:
    """The payments that were `brought_in` in the period, of whatever case: part of a query over complaints."""
    return Payment.objects.filter(brought_in(period))


def payments(scope: Scope) -> QuerySet[Payment]:
    """Every payment of the complaints filed by the cut-off."""
    return Payment.objects.filter(case__in=_filed(complaints(scope), scope))


def brought_in(period: Period) -> Q:
    """Whether a payment is wages that reached a worker in the period, verified by the cut-off and not reversed
    by then, of a case filed by then.
    """
    known = Q(verified_at__lt=period.first_moment_after)
    standing = Q(reversed_at__isnull=True) | Q(reversed_at__gte=period.first_moment_after)
    return (
        Q(case__filed_on__lte=period.as_of, paid_on__range=(period.from_on, period.as_of)) & known & standing
    )


def _reopenings() -> QuerySet[TimelineEvent]:
    return TimelineEvent.objects.filter(
        case=OuterRef("pk"), kind=TimelineEvent.Kind.STEP, step=REOPEN.name
    ).order_by("seq")


def _before_later_reopening(as_of: date, column: str, field: DateField | CharField) -> Expression | F:
    """The column as the first reopening after the cut-off found it; as it stands where there was none."""
    if _is_still_today(as_of):
        return F(column)
    found = _reopenings().filter(acted_on__gt=as_of).values(was=Cast(KT(f"before__{column}"), field))
    return Choose(
        When(reopened_on__gt=as_of, then=Subquery(found[:1])), default=F(column), output_field=field
    )


def _last_reopening(as_of: date) -> Expression | F:
    """The day of the last reopening not after the cut-off."""
    if _is_still_today(as_of):
        return F("reopened_on")
    found = _reopenings().filter(acted_on__lte=as_of).reverse().values("acted_on")
    latest = When(reopened_on__gt=as_of, then=Subquery(found[:1]))
    return Choose(latest, default=F("reopened_on"), output_field=DateField())


def _is_still_today(as_of: date) -> bool:
    """Whether no reopening can lie after the cut-off, so that the rows themselves say what was true at it."""
    return as_of >= timezone.localdate()
