"""The chain of units behind a building project 责任链条: who stands where, who pays first, where to write.

《保障农民工工资支付条例》第七条、第二十九条、第三十条、第三十六条. The places come from the project's own chain
and from the units of the case; a place that nobody is known for says so, because somebody has to find out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from cases.models import Employer, Party, PartyRole, Project
from cases.models.people import ChainRole
from inspection.liability import WAGES, Duty, Payer, Text
from inspection.supervision import supervisor_of

R = ChainRole


@dataclass(frozen=True)
class Place:
    """One place in the chain, the roles that stand there, and what the law says of it whatever happened."""

    code: str
    label: Text
    roles: tuple[str, ...]
    says: Text
    law: str
    is_expected: bool = False
    """Whether every building project has somebody there."""


PLACES = (
    Place(
        "developer",
        _("建设单位"),
        (R.DEVELOPER,),
        _("按约定拨付工程款；没有按约定拨付的，以未结清的工程款为限先行垫付"),
        f"{WAGES}第二十九条",
        is_expected=True,
    ),
    Place(
        "main_contractor",
        _("施工总承包"),
        (R.MAIN_CONTRACTOR,),
        _("对分包单位监督；分包单位拖欠或者工程转包的，先行清偿，再依法追偿"),
        f"{WAGES}第三十条",
        is_expected=True,
    ),
    Place(
        "subcontractor",
        _("分包单位"),
        (R.SPECIALIST, R.LABOUR_SUBCONTRACTOR, R.DISPATCHER, R.USER_UNIT, R.PLATFORM, R.EMPLOYER),
        _("对所招用的劳动者的实名制管理和工资支付负直接责任"),
        f"{WAGES}第三十条",
    ),
    Place(
        "team",
        _("班组、个人"),
        (R.INDIVIDUAL,),
        _("分包给个人的，由分包出去的建设单位或者施工总承包单位清偿"),
        f"{WAGES}第三十六条",
    ),
)

# Which roles the first payer of a situation stands in; the others are named by the duty alone.
PAYING_ROLES: dict[Payer, tuple[str, ...]] = {
    Payer.MAIN_CONTRACTOR: (R.MAIN_CONTRACTOR,),
    Payer.DEVELOPER: (R.DEVELOPER,),
    Payer.LETTER: (R.DEVELOPER, R.MAIN_CONTRACTOR),
    Payer.USER_UNIT: (R.USER_UNIT,),
}


@dataclass(frozen=True)
class Unit:
    """A unit in its place: what it is there, whether the case is against it, whether it pays first."""

    employer: Employer
    role: str
    is_respondent: bool
    pays_first: bool

    @property
    def role_label(self) -> str:
        return str(ChainRole(self.role).label)


@dataclass(frozen=True)
class Link:
    """A place with the units that stand there; none where nobody is known."""

    place: Place
    units: tuple[Unit, ...]

    @property
    def pays_first(self) -> bool:
        return any(unit.pays_first for unit in self.units)


@dataclass(frozen=True)
class Chain:
    """Everything the panel of a building project says."""

    project: Project
    links: tuple[Link, ...]
    duty: Duty
    supervisor: Agency | None

    @property
    def payers(self) -> list[Unit]:
        return [unit for link in self.links for unit in link.units if unit.pays_first]

    @property
    def addressees(self) -> list[str]:
        """Whom notices go to: every unit once, then the authority of the sector; each with where to reach it."""
        units = {unit.employer.pk: unit.employer for link in self.links for unit in link.units}
        lines = [_written(each.name, each.address, each.contact, each.phone) for each in units.values()]
        if self.supervisor:
            at = self.supervisor
            lines.append(_written(at.name, at.address, "", at.phone))
        return lines


def _written(*parts: str) -> str:
    return "，".join(part for part in parts if part)


def chain_of(case: Any) -> Chain | None:
    """The chain of the case's project; None for a case without one. Two queries beyond the parties of the case."""
    project = case.project
    if project is None:
        return None
    duty: Duty = case.complaint.duty
    respondents = [each for each in case.parties.all() if each.employer_id]
    found = _units(project, respondents, duty)
    links = [Link(place, tuple(unit for unit in found if unit.role in place.roles)) for place in PLACES]
    shown = tuple(link for link in links if link.units or link.place.is_expected)
    return Chain(project, shown, duty, supervisor_of(case))


def _units(project: Project, respondents: Iterable[Party], duty: Duty) -> list[Unit]:
    """The units of the case in the role the case gives them, then those that only the project knows."""
    against = {each.employer_id for each in respondents if each.role == PartyRole.RESPONDENT}
    places: dict[tuple[int, str], Employer] = {}
    for party in respondents:
        assert party.employer is not None
        places[party.employer.pk, party.chain_role or R.EMPLOYER] = party.employer
    known = {pk for pk, role in places if role != R.EMPLOYER}
    for member in project.members.select_related("employer").order_by("pk"):
        if member.employer_id not in known:
            places.pop((member.employer_id, R.EMPLOYER), None)
            places[member.employer_id, member.role] = member.employer
    payers = PAYING_ROLES.get(duty.payer, ())
    by_employer = duty.payer == Payer.EMPLOYER
    return [
        Unit(employer, role, pk in against, role in payers or (by_employer and pk in against))
        for (pk, role), employer in places.items()
    ]
