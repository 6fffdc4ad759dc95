"""关联案件: other cases of the same unit, site or worker, and what a case grew out of or went into."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import User
from cases.models import Case, Party, PartyRole

MOST = 50


@dataclass(frozen=True)
class Related:
    """Another case with what it has in common with this one, in words."""

    case: Case
    ties: list[str]


def cases(user: User, case: Case) -> QuerySet[Case]:
    """The other cases that this person may read and that share a unit, a site or a worker with this one.

    What the person may not read is neither shown nor counted.
    """
    units, people = _keys(case)
    same = Party.objects.filter(Q(employer__in=units) | Q(person__in=people)).order_by().values("case")
    if case.project_id:
        same = same.union(Case.objects.filter(project=case.project_id).order_by().values("pk"))
    return Case.objects.readable_by(user).filter(pk__in=same).exclude(pk=case.pk)


def _keys(case: Case) -> tuple[set[int], set[int]]:
    """The units and the workers of the case, from the rows its page has."""
    parties = case.parties.all()
    units = {party.employer_id for party in parties if party.employer_id}
    return units, {party.person_id for party in parties if party.person_id}


def with_ties(case: Case, others: Iterable[Case]) -> list[Related]:
    """Each of the other cases with what it shares with this one; one query for any number."""
    found = list(others)
    units, people = _keys(case)
    shared: dict[int, list[Party]] = {}
    for party in Party.objects.filter(case__in=found).filter(Q(employer__in=units) | Q(person__in=people)):
        shared.setdefault(party.case_id, []).append(party)
    names = {party.person_id: party.name for party in case.parties.all() if party.role == PartyRole.WORKER}
    return [Related(other, list(_ties(case, other, shared.get(other.pk, []), names))) for other in found]


def _ties(case: Case, other: Case, shared: list[Party], names: dict[Any, str]) -> Iterable[str]:
    if any(party.employer_id for party in shared):
        yield _("同一单位")
    if case.project_id and other.project_id == case.project_id:
        yield _("同一工程")
    workers = [names[party.person_id] for party in shared if party.person_id in names]
    if len(workers) == 1:
        yield _("同一劳动者%(name)s") % {"name": workers[0]}
    elif workers:
        yield _("同一劳动者%(name)s等%(n)d人") % {"name": workers[0], "n": len(workers)}
