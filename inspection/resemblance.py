"""What the agency's own register already says about a complaint that is being typed. Nothing here stops anybody.

All of it obeys sight: a case that the clerk may not see is neither shown nor counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import User
from cases.crypto import blind_indexes
from cases.models import Case, CaseKind, CaseQuerySet, Claim, Employer, Party, PartyRole, Person
from cases.months import Period, overlap
from inspection.merging import JOINABLE
from inspection.states import Path

LATELY = timedelta(days=30)
SEVERAL = 3  # persons of one employer or project in that time: a group is near
MOST_SHOWN = 5


@dataclass(frozen=True)
class KnownWorker:
    """One worker as far as typed: a checked ID number or none, the months or none."""

    name: str
    id_number: str = ""
    months: Period | None = None


@dataclass(frozen=True)
class Twin:
    """A case that looks like the one being typed, and the sentence that says why."""

    case: Case
    sentence: str

    @property
    def can_be_joined(self) -> bool:
        """Whether another complaint may still be merged into the case."""
        return self.case.is_open and self.case.state in JOINABLE


@dataclass(frozen=True)
class Resemblance:
    """Same worker, employer and months in an open case (``strong``); same worker and employer otherwise (``weak``)."""

    strong: tuple[Twin, ...] = ()
    weak: tuple[Twin, ...] = ()
    elsewhere: tuple[Twin, ...] = ()
    nearby: Twin | None = None
    open_cases: int = 0
    open_persons: int = 0


def units_meant(user: User, name: str, uscc: str) -> list[int]:
    """The keys of the agency's units that the typed name or code means; former names count."""
    if not name and not uscc:
        return []
    wanted = Q(pk__in=[])
    if uscc:
        wanted |= Q(uscc=uscc)
    if name:
        wanted |= Q(name=name) | Q(former_names__contains=name)
    found = Employer.objects.filter(wanted, agency=user.agency).values_list(
        "pk", "name", "former_names", "uscc"
    )
    return [
        pk
        for pk, known, former, code in found
        if name in (known, *former.split("、")) or (uscc and code == uscc)
    ]


def same_complaints(user: User, *, name: str, uscc: str, workers: Iterable[KnownWorker]) -> tuple[Twin, ...]:
    """The open complaints of the same worker against the same employer for overlapping months.

    One query when the agency knows none of the workers, as is usual; else three.
    """
    numbered = [worker for worker in workers if worker.id_number]
    indexes = [index for worker in numbered for index in blind_indexes("id_number", worker.id_number)]
    known = list(Person.objects.filter(id_number_index__in=indexes).values_list("pk", flat=True))
    units = units_meant(user, name, uscc) if known else []
    if not units:
        return ()
    mine = Case.objects.visible_to(user).open().filter(agency=user.agency, kind=CaseKind.INSPECTION)
    against = Party.objects.filter(employer__in=units, role=PartyRole.RESPONDENT).values("case")
    theirs = Party.objects.filter(person__in=known).values("case")
    return _same_worker(mine.filter(pk__in=against).filter(pk__in=theirs), numbered)[0]


def resemblance(
    user: User, *, name: str, uscc: str, project: str, workers: Iterable[KnownWorker], today: date
) -> Resemblance:
    """Everything that looks alike, in a constant number of queries whatever the number of workers."""
    workers = list(workers)
    units = units_meant(user, name, uscc)
    mine = Case.objects.visible_to(user).filter(agency=user.agency, kind=CaseKind.INSPECTION)
    against = Party.objects.filter(employer__in=units, role=PartyRole.RESPONDENT).values("case")
    strong, weak = _same_worker(mine.filter(pk__in=against), workers) if units else ((), ())
    counted = mine.open().filter(pk__in=against).aggregate(n=Count("pk"), persons=Sum("worker_count"))
    return Resemblance(
        strong=strong,
        weak=weak,
        elsewhere=_in_another_procedure(user, workers),
        nearby=_lately(mine.open(), against, project, len(workers), today),
        open_cases=counted["n"],
        open_persons=counted["persons"] or 0,
    )


def _same_worker(
    cases: CaseQuerySet, workers: list[KnownWorker]
) -> tuple[tuple[Twin, ...], tuple[Twin, ...]]:
    by_index = {index: w for w in workers if w.id_number for index in blind_indexes("id_number", w.id_number)}
    by_name = {w.name: w for w in workers if w.name and not w.id_number}
    claims = (
        Claim.objects.filter(case__in=cases)
        .filter(Q(worker__person__id_number_index__in=by_index) | Q(worker__person__name__in=by_name))
        .select_related("case", "worker__person")
        .order_by("-case__registered_at", "case_id")
    )
    strong: dict[int, Twin] = {}
    weak: dict[int, Twin] = {}
    for claim in claims:
        person = claim.worker.person
        assert person is not None
        by_number = by_index.get(person.id_number_index)
        worker = by_number or by_name[person.name]
        months = (claim.from_month, claim.to_month)
        if by_number and claim.case.is_open and worker.months and overlap(months, worker.months):
            strong.setdefault(
                claim.case_id, Twin(claim.case, _said_before(worker.name or person.name, claim.case))
            )
        else:
            weak.setdefault(
                claim.case_id, Twin(claim.case, _said_otherwise(person.name, claim, bool(by_number)))
            )
    only_weak = [twin for pk, twin in weak.items() if pk not in strong]
    return tuple(strong.values()), tuple(only_weak[:MOST_SHOWN])


def _said_before(name: str, case: Case) -> str:
    return _("%(name)s%(month)d月%(day)d日已投诉过这家单位（%(number)s，%(state)s）") % {
        "name": name,
        "month": case.received_on.month,
        "day": case.received_on.day,
        "number": case.number,
        "state": case.state_label,
    }


def _said_otherwise(name: str, claim: Claim, is_certain: bool) -> str:
    facts = {
        "name": name,
        "from": claim.from_month,
        "to": claim.to_month,
        "number": claim.case.number,
        "state": claim.case.state_label,
    }
    if is_certain:
        return _("%(name)s投诉过这家单位%(from)s至%(to)s的工资（%(number)s，%(state)s）") % facts
    return (
        _("有同名的%(name)s投诉过这家单位%(from)s至%(to)s的工资（%(number)s，%(state)s），核对是不是同一人")
        % facts
    )


def _in_another_procedure(user: User, workers: list[KnownWorker]) -> tuple[Twin, ...]:
    """Cases of these workers that say their wages are before arbitration or a court already."""
    indexes = [index for w in workers if w.id_number for index in blind_indexes("id_number", w.id_number)]
    if not indexes:
        return ()
    theirs = Party.objects.filter(person__id_number_index__in=indexes).values("case")
    pending = Q(kind=CaseKind.ARBITRATION, ended_on=None) | Q(complaint__other_proceeding=True)
    redirected = Q(complaint__path__in=(Path.ARBITRATION, Path.COURT))
    cases = (
        Case.objects.visible_to(user)
        .filter(pending | redirected, pk__in=theirs)
        .select_related("complaint")
        .order_by("-registered_at")[:MOST_SHOWN]
    )
    return tuple(Twin(case, _elsewhere(case)) for case in cases)


def _elsewhere(case: Case) -> str:
    note = case.complaint.other_proceeding_note if case.kind == CaseKind.INSPECTION else ""
    where = f"{case.number}：{note}" if note else case.number
    return _("同一请求已在仲裁审理，监察一般不再立案，先核对一下（%(where)s）") % {"where": where}


def _lately(cases: CaseQuerySet, against: object, project: str, count: int, today: date) -> Twin | None:
    same = Q(pk__in=against)
    if project:
        same |= Q(project__name=project)
    # The one to join stands first: the largest, then the oldest.
    lately = list(
        cases.filter(same, received_on__gt=today - LATELY).order_by("-worker_count", "registered_at")[:50]
    )
    persons = sum(case.worker_count for case in lately)
    if not lately or persons + count < SEVERAL:
        return None
    if persons >= SEVERAL:
        words = ngettext(
            "这家单位30天内已有%(n)d人投诉，建议并入群体案件",
            "这家单位30天内已有%(n)d人投诉，建议并入群体案件",
            persons,
        ) % {"n": persons}
    else:
        words = _("这家单位30天内已有%(n)d人投诉，连同这件共%(all)d人，建议并入群体案件") % {
            "n": persons,
            "all": persons + count,
        }
    return Twin(lately[0], words)
