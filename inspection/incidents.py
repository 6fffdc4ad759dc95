"""一个单位、多个入口: everything open about one employer or one site, at whichever agency it came in.

What a person may read is named; of the rest they learn only that an agency has something and whom to call: not what,
not how many, and no name that was typed elsewhere. Employers and sites belong to the agency that entered them, so the
same one is found by its code or by its name, however the brackets and spaces were typed.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.rights import Right
from cases import policies
from cases.models import Case, CaseKind, Employer, Party, PartyRole, Project
from inspection.clues import Clue
from inspection.merging import GROUP_FROM, JOINABLE

MATTERS_FROM = 3
"""So many open complaints of one employer or site are looked at together, whatever the headcount."""
MERGE = "merge"


@dataclass(frozen=True)
class Key:
    """What is looked for: codes and names of units, names of sites."""

    codes: frozenset[str]
    units: frozenset[str]
    sites: frozenset[str]


@dataclass(frozen=True)
class Matter:
    """One open matter that the person may read; ``can_join`` says that it may still be merged by them."""

    case: Case
    tie: str
    can_join: bool


@dataclass(frozen=True)
class Incident:
    """What is known of one employer or site: what may be read, who else has something, what follows."""

    matters: list[Matter]
    clues: list[Clue]
    elsewhere: list[Agency]
    advice: str
    target: Case | None

    @property
    def is_empty(self) -> bool:
        return not (self.matters or self.clues or self.elsewhere)


def spellings(name: str) -> set[str]:
    """The ways in which one name is typed: without spaces, with brackets of either width."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    wide = plain.replace("(", "（").replace(")", "）")
    return {name, plain, wide} - {""}


def key_of(case: Case) -> Key:
    """What the page of the case looks for: its units and its site; the parties come from the rows the page has."""
    units = [party.employer for party in case.parties.all() if party.employer]
    names = [name for unit in units for name in (unit.name, *unit.former_names.split("、"))]
    sites = spellings(case.project.name) if case.project else set()
    return Key(
        frozenset(unit.uscc for unit in units if unit.uscc),
        frozenset(spelt for name in names for spelt in spellings(name)),
        frozenset(sites),
    )


def incident(user: User, case: Case) -> Incident:
    """Everything open about the units and the site of the case besides the case itself; constant queries."""
    key = key_of(case)
    units, sites = _units(key), _sites(key)
    against = Party.objects.filter(employer__in=units).exclude(role=PartyRole.WORKER).values("case")
    same = Q(pk__in=against) | Q(project__in=sites)
    open_cases = Case.objects.open().filter(same).exclude(pk=case.pk)
    readable = Case.objects.readable_by(user)
    mine = list(
        readable.filter(pk__in=open_cases.values("pk"))
        .select_related("agency")
        .prefetch_related("assignments", "recusals")
        .order_by("-worker_count", "registered_at")
    )
    clues = Clue.objects.open().filter(_clue_about(key))
    elsewhere = {
        *open_cases.exclude(pk__in=readable.values("pk")).order_by().values_list("agency", flat=True),
        *clues.exclude(pk__in=Clue.objects.visible_to(user).values("pk")).values_list("agency", flat=True),
    }
    together = [case, *mine] if case.is_open else mine
    return Incident(
        [Matter(each, _tie(each, sites), can_join(user, each)) for each in mine],
        list(Clue.objects.visible_to(user).filter(pk__in=clues.values("pk")).select_related("agency")),
        list(Agency.objects.filter(pk__in=elsewhere).order_by("path")),
        *_proposal(user, together),
    )


def _units(key: Key) -> list[int]:
    """The rows of every agency for these units; the agencies are named so that their index is used."""
    everywhere = list(Agency.objects.values_list("pk", flat=True))
    named = Q(name__in=key.units) | Q(uscc__in=key.codes)
    return list(Employer.objects.filter(named, agency__in=everywhere).values_list("pk", flat=True))


def _sites(key: Key) -> list[int]:
    if not key.sites:
        return []
    everywhere = list(Agency.objects.values_list("pk", flat=True))
    found = Project.objects.filter(agency__in=everywhere, name__in=key.sites)
    return list(found.values_list("pk", flat=True))


def _clue_about(key: Key) -> Q:
    return Q(employer_name__in=key.units) | Q(site__in=key.sites)


def _tie(case: Case, sites: Collection[int | None]) -> str:
    return _("同一工程") if case.project_id in sites else _("同一单位")


# What follows


def can_join(user: User, case: Case) -> bool:
    """Whether this complaint may be proposed for merging by this person now."""
    step = case.workflow.by_name.get(MERGE)
    return step is not None and case.state in step.source and policies.may_act(user, step.proposed_by, case)


def _proposal(user: User, together: list[Case]) -> tuple[str, Case | None]:
    """Whether to make it one collective case, in words, and the complaint that the others would join.

    Counted is what the person reads and what may still be joined; who does not deal with complaints gets no advice.
    """
    if not (user.has_right(Right.INTAKE) or user.has_right(Right.INVESTIGATE) or user.has_right(Right.HEAD)):
        return "", None
    open_ = [each for each in together if each.kind == CaseKind.INSPECTION and each.state in JOINABLE]
    persons = sum(each.worker_count for each in open_)
    if len(open_) < 2 or (persons < GROUP_FROM and len(open_) < MATTERS_FROM):
        return "", None
    # The one that is furthest and largest takes the others in.
    target = max(open_, key=lambda each: (bool(each.case_no), each.worker_count, -each.pk))
    words = _("在办%(n)d件、%(persons)d人，建议并成一件群体案件办理，其余的并入%(number)s")
    return words % {"n": len(open_), "persons": persons, "number": target.number}, target


def looked_across(found: Incident) -> dict[str, Any]:
    """What the record of the look says: how much was shown, and which agencies were named."""
    return {
        "matters": [matter.case.number for matter in found.matters],
        "clues": [clue.number for clue in found.clues],
        "agencies": [agency.code for agency in found.elsewhere],
    }
