"""The facts that indicators count: which cases, and what was true of each at the cut-off.

Nothing is read from a state. A case counts from the day it was filed (a dispute: accepted), and it is closed when its
closing day is not after the cut-off and was not undone by then. The row of a case holds only its last closing;
reopening wipes it. The record of the reopening keeps the day that was wiped, so a cut-off before it still finds the
case closed, and a cut-off on that day or after it finds the case open.

Facts have the days they are dated with. What was *recorded* by an instant is another question: with
``Period.moment`` every column is as the record had it then (`reports.recorded`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from agencies.models import Agency, User
from arbitration.models import Award
from arbitration.states import AwardForm
from cases.models import Case, CaseClock, CaseKind, CaseQuerySet, Payment, TimelineEvent
from inspection.deadlines import INVESTIGATE
from inspection.workflow import REOPEN
from legal_aid.deadlines import ASSIGN, DECIDE
from reports.periods import Period
from reports.recorded import as_recorded

CLOSING_TERM = INVESTIGATE.code
"""The rule whose due date, with approved extension, is the 办结期限 of a complaint."""


@dataclass(frozen=True)
class Track:
    """Where the cases of a kind keep the facts.

    ``since`` is the column from whose day on a case is looked at at all. ``reopening`` is the step that undoes a
    closing, ``term`` the rule whose last run says when a case is due; without one that is `Case.due_on`, which stays as
    it was when the case was closed. ``further`` are columns that this kind alone has.
    """

    since: str = "filed_on"
    closed: str = "closed_on"
    outcome: str = "outcome"
    reopening: str = ""
    term: str = ""
    further: Mapping[str, Any] = field(default_factory=dict)


def _last_clock(rule: str, column: str) -> Subquery:
    """The column of the last run of the rule on the case."""
    runs = CaseClock.objects.filter(case=OuterRef("pk"), rule_code=rule).order_by("-pk")
    return Subquery(runs.values(column)[:1])


FIRST_DECISION = Coalesce(F("aid__refused_on"), F("aid__granted_on"))
"""The day of the first decision on an application: a refusal stands though aid was ordered later."""

TRACKS: dict[str, Track] = {
    CaseKind.INSPECTION: Track(reopening=REOPEN.name, term=CLOSING_TERM),
    CaseKind.ARBITRATION: Track(),
    CaseKind.MEDIATION: Track(),
    CaseKind.LEGAL_AID: Track(
        since="received_on",
        closed="aid__concluded_on",
        outcome="aid__result",
        further={
            "decided_then": FIRST_DECISION,
            "decision_due": _last_clock(DECIDE.code, "due_on"),
            "assigned_then": _last_clock(ASSIGN.code, "met_on"),
            "assignment_due": _last_clock(ASSIGN.code, "due_on"),
        },
    ),
}

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


def cases_of(scope: Scope, kind: str) -> CaseQuerySet:
    """The cases of the kind in the district, or in the agency and those below it; for a person those they may see.

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
    return cases.of_kind(kind)


def closed_by(scope: Scope, kind: str, cut_offs: Mapping[str, date]) -> CaseQuerySet:
    """The cases filed by the cut-off of the scope, with their closing day as each of the cut-offs found it.

    The keys are the names of the columns; what was filed after a cut-off is in, and the caller's to leave out. Beside
    them stand ``filed_then`` and ``outcome_then``, the latter as the cut-off of the scope found it.
    """
    columns = {name: _closing(scope, kind, as_of) for name, as_of in cut_offs.items()}
    return _begun(cases_of(scope, kind), scope, kind).annotate(outcome_then=_outcome(scope, kind), **columns)


def cases_then(scope: Scope, kind: str) -> CaseQuerySet:
    """Each case of the kind that was filed by the cut-off, with what was true of it at the cut-off.

    What was refused, redirected or voided before is outside. ``filed_then``, ``closed_then`` (maybe after the cut-off),
    ``outcome_then``, ``reopened_then`` and ``due_then``: of a complaint the due date, with approved extension, of the
    last run of the closing term that had started (only a reopening starts another). An extension approved after the
    cut-off changes no figure: it can only be approved before the old due date, which then lies after the cut-off as
    well. The same holds where a term starts anew or stands still from a later day on.
    """
    track = TRACKS[kind]
    cases = cases_of(scope, kind)
    if track.term:
        cases, due = _last_run(cases, scope, track.term), F("term__due_on")
    else:
        due = F("due_on")
    return _begun(cases, scope, kind).annotate(
        closed_then=_closing(scope, kind, scope.period.as_of),
        outcome_then=_outcome(scope, kind),
        reopened_then=_reopened(scope, track),
        due_then=due,
        **track.further,
    )


def _last_run(cases: CaseQuerySet, scope: Scope, rule: str) -> CaseQuerySet:
    """The cases, each with the last run of the rule that had started by the cut-off as ``term``."""
    started_by = {"rule_code": rule, "started_on__lte": scope.period.as_of}
    started = Q(**{f"clocks__{name}": value for name, value in started_by.items()})
    later_run = CaseClock.objects.filter(case=OuterRef("pk"), pk__gt=OuterRef("term__pk"), **started_by)
    return cases.alias(term=FilteredRelation("clocks", condition=started)).filter(
        Q(term__isnull=True) | Q(reopened_on__isnull=True) | ~Exists(later_run)
    )


def _begun(cases: CaseQuerySet, scope: Scope, kind: str) -> CaseQuerySet:
    """Those filed by the cut-off; of a kind that is looked at from its receipt on, those received by then."""
    filed: Expression | F = F("filed_on")
    if scope.period.moment is not None:
        filed = as_recorded("filed_on", DateField(), scope.period.moment)
        cases = cases.filter(registered_at__lt=scope.period.moment)
    since = TRACKS[kind].since
    day = "filed_then" if since == "filed_on" else since
    return cases.annotate(filed_then=filed).filter(**{f"{day}__lte": scope.period.as_of})


def _closing(scope: Scope, kind: str, as_of: date) -> Expression | F:
    return _then(scope, kind, as_of, "closed", DateField())


def _outcome(scope: Scope, kind: str) -> Expression | F:
    return _then(scope, kind, scope.period.as_of, "outcome", CharField())


def _then(scope: Scope, kind: str, as_of: date, name: str, kept_as: DateField | CharField) -> Expression | F:
    track = TRACKS[kind]
    column = getattr(track, name)
    if scope.period.moment is not None:
        return as_recorded(column, kept_as, scope.period.moment)
    return _before_later_reopening(as_of, column, kept_as, track.reopening) if track.reopening else F(column)


def payments_in(period: Period) -> QuerySet[Payment]:
    """The payments that were `brought_in` in the period, of whatever case: part of a query over complaints."""
    return Payment.objects.filter(brought_in(period))


def payments(scope: Scope) -> QuerySet[Payment]:
    """Every payment of the complaints filed by the cut-off."""
    return Payment.objects.filter(
        case__in=_begun(cases_of(scope, CaseKind.INSPECTION), scope, CaseKind.INSPECTION)
    )


def brought_in(period: Period) -> Q:
    """Whether a payment is wages that reached a worker in the period, verified by the cut-off and not reversed
    by then, of a case filed by then.
    """
    known = Q(verified_at__lt=period.first_moment_after)
    standing = Q(reversed_at__isnull=True) | Q(reversed_at__gte=period.first_moment_after)
    return (
        Q(case__filed_on__lte=period.as_of, paid_on__range=(period.from_on, period.as_of)) & known & standing
    )


def awards(scope: Scope) -> QuerySet[Award]:
    """Every award in the disputes accepted by the cut-off; no paper of mediation, none of advance pay."""
    disputes = _begun(cases_of(scope, CaseKind.ARBITRATION), scope, CaseKind.ARBITRATION)
    return Award.objects.filter(case__in=disputes, form=AwardForm.AWARD)


def _reopenings(step: str) -> QuerySet[TimelineEvent]:
    return TimelineEvent.objects.filter(
        case=OuterRef("pk"), kind=TimelineEvent.Kind.STEP, step=step
    ).order_by("seq")


def _before_later_reopening(
    as_of: date, column: str, kept_as: DateField | CharField, step: str
) -> Expression | F:
    """The column as the first reopening after the cut-off found it; as it stands where there was none."""
    if _is_still_today(as_of):
        return F(column)
    found = _reopenings(step).filter(acted_on__gt=as_of).values(was=Cast(KT(f"before__{column}"), kept_as))
    return Choose(
        When(reopened_on__gt=as_of, then=Subquery(found[:1])), default=F(column), output_field=kept_as
    )


def _reopened(scope: Scope, track: Track) -> Expression | F:
    """The day of the last reopening not after the cut-off."""
    as_of = scope.period.as_of
    if scope.period.moment is not None:
        return as_recorded("reopened_on", DateField(), scope.period.moment)
    if not track.reopening or _is_still_today(as_of):
        return F("reopened_on")
    found = _reopenings(track.reopening).filter(acted_on__lte=as_of).reverse().values("acted_on")
    latest = When(reopened_on__gt=as_of, then=Subquery(found[:1]))
    return Choose(latest, default=F("reopened_on"), output_field=DateField())


def _is_still_today(as_of: date) -> bool:
    """Whether no reopening can lie after the cut-off, so that the rows themselves say what was true at it."""
    return as_of >= timezone.localdate()
