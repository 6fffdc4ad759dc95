"""What the registration page offers while a unit or a building project is typed: those of the clerk's own agency."""

import re
from dataclasses import dataclass, field

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from cases.identity import compact
from cases.models import Case, Employer, PartyRole, Project
from cases.names import normalise_name, pinyin_key

MOST_OPTIONS = 8
LONGEST = 120
_LETTERS = re.compile(r"^[a-z]{2,40}$")
_CODE = re.compile(r"^[0-9A-Z]{2,18}$")


@dataclass(frozen=True)
class Option:
    """One line of the list: the name in three parts, the middle one what matched; what stands below; what it fills."""

    name: str
    parts: tuple[str, str, str]
    second_line: str
    fills: dict[str, str] = field(default_factory=dict)


def employers(user: User, typed: str) -> list[Option]:
    """At most eight units of the person's agency that the text can mean, the busiest first; one query."""
    text = normalise_name(typed[:LONGEST].replace("\x00", ""))
    if not text:
        return []
    found = (
        Employer.objects.filter(_unit_is(text), agency=user.agency)
        .select_related("town")
        .annotate(open_cases=Coalesce(_open_against_it(user), Value(0)))
        .order_by("-open_cases", "name")[:MOST_OPTIONS]
    )
    return [_employer_option(unit, text) for unit in found]


def _unit_is(text: str) -> Q:
    """Characters anywhere in the name or a former one; initials; the beginning of the full reading or of the code."""
    wanted = Q(name__contains=text) | Q(former_names__contains=text) | _read_as(text)
    if _CODE.match(code := compact(text).upper()):
        wanted |= Q(uscc__startswith=code)
    return wanted


def _read_as(text: str) -> Q:
    letters = text.lower().replace(" ", "")
    if not _LETTERS.match(letters):
        return Q(pk__in=[])
    # The key holds the initials first, then the full readings, each after a space.
    return Q(pinyin__startswith=letters) | Q(pinyin__contains=f" {letters}") | _initials_inside(letters)


def _initials_inside(letters: str) -> Q:
    """Initials from the middle of a name; only initials stand before the first space of the key."""
    return Q(pinyin__regex=rf"^[^ ]*{letters}")


def _open_against_it(user: User) -> Subquery:
    """How many open cases of the agency name the unit as respondent."""
    cases = (
        Case.objects.visible_to(user)
        .open()
        .filter(agency=user.agency, parties__employer=OuterRef("pk"), parties__role=PartyRole.RESPONDENT)
        .order_by()
        .values("parties__employer")
        .annotate(n=Count("pk", distinct=True))
    )
    return Subquery(cases.values("n"), output_field=IntegerField())


def _employer_option(unit: Employer, text: str) -> Option:
    former = next(
        (part for part in unit.former_names.split("、") if text in part and text not in unit.name), ""
    )
    second = [
        _("曾用名%(name)s") % {"name": former} if former else "",
        _("代码尾号%(tail)s") % {"tail": unit.uscc[-4:]} if unit.uscc else "",
        unit.town.name if unit.town else "",
        _("在办%(n)d件") % {"n": unit.open_cases},  # type: ignore[attr-defined]  # annotated above
    ]
    fills = {
        "uscc": unit.uscc,
        "industry": unit.industry,
        "town": str(unit.town_id or ""),
        "employer_contact": unit.contact,
        "employer_phone": unit.phone,
        "employer_address": unit.address,
        "legal_representative": unit.legal_representative,
    }
    return Option(unit.name, marked(unit.name, text), " · ".join(filter(None, second)), fills)


def projects(user: User, typed: str, employer_name: str) -> list[Option]:
    """At most eight projects of the agency; of the unit alone as soon as it is known with projects. Two queries."""
    text = normalise_name(typed[:LONGEST].replace("\x00", ""))
    of_unit = (
        list(_of_unit(user.agency, normalise_name(employer_name[:LONGEST].replace("\x00", ""))))
        if employer_name
        else []
    )
    wanted = Q(name__contains=text) | _read_as(text) if text else Q()
    if of_unit:
        wanted &= Q(pk__in=of_unit)
    elif not text:
        return []
    found = Project.objects.filter(wanted, agency=user.agency).order_by("name")[:MOST_OPTIONS]
    return [
        Option(
            project.name,
            marked(project.name, text),
            " · ".join(filter(None, [str(project.get_type_display()), project.site])),
            {"project_type": project.type},
        )
        for project in found
    ]


def _of_unit(agency: Agency, name: str) -> QuerySet[Project, int]:
    """The projects in which the unit takes part, by the chain of the project or by an earlier complaint."""
    units = Employer.objects.filter(agency=agency, name=name)
    return (
        Project.objects.filter(agency=agency)
        .filter(Q(members__employer__in=units) | Q(case__parties__employer__in=units))
        .distinct()
        .values_list("pk", flat=True)
    )


def marked(name: str, text: str) -> tuple[str, str, str]:
    """The name cut around what was typed, or around the characters whose initials were typed."""
    start, length = name.find(text) if text else -1, len(text)
    if start < 0:
        letters = text.lower()
        short = pinyin_key(name, person=False).split(" ")[0] if letters else ""
        start = short.find(letters) if len(short) == len(name) and letters else -1
        length = len(letters)
    if start < 0:
        return name, "", ""
    return name[:start], name[start : start + length], name[start + length :]
