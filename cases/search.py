"""One box finds a case: by number in any bracket style, name, employer, pinyin initials, ID or phone, or a tail.

The result obeys sight. What belongs to the file (workers' names and numbers) finds only cases whose file the person
may read; numbers and employers find every case the person may see.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from agencies.models import User
from agencies.rights import Sight
from cases import identity, names
from cases.crypto import blind_indexes
from cases.identity import InvalidValue
from cases.models import Case, CaseQuerySet, Employer, Party, Person, SearchQuery

LONGEST = 200  # an address out of a code on paper
SHORTEST = 2
UNIT_CODE = 4
KEPT_FOR = timedelta(hours=12)
_TAIL = re.compile(r"^\d{3}[\dX]$|^\d{4}$")
_PUBLIC_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PINYIN = re.compile(r"^[a-z]{2,40}$")


def keep(user: User, text: str) -> SearchQuery:
    """The text is kept for this person for half a day; the address of the result holds only its id."""
    SearchQuery.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    return SearchQuery.objects.create(user=user, text=text[:LONGEST], made_at=timezone.now())


def find(user: User, text: str) -> CaseQuerySet:
    """The cases the text can mean, among those this person may see; none for an empty text."""
    text = names.normalise_name(text[:LONGEST].replace("\x00", ""))
    if not text:
        return Case.objects.none()
    if scanned := _PUBLIC_ID.search(text):
        return Case.objects.visible_to(user).filter(public_id=UUID(scanned[0]))
    seen = Case.objects.visible_to(user).filter(_about_the_matter(user, text))
    read = Case.objects.readable_by(user).filter(_about_people(user, text))
    return Case.objects.visible_to(user).filter(Q(pk__in=seen.values("pk")) | Q(pk__in=read.values("pk")))


def _about_the_matter(user: User, text: str) -> Q:
    wanted = Q(respondent_name__contains=text) | Q(project__name__contains=text)
    for fragment in identity.number_fragments(text):
        wanted |= Q(case_no__contains=fragment) | Q(receipt_no__contains=fragment)
    number = identity.normalise_number(text)
    if "〔" in number:
        wanted |= Q(case_no__startswith=number) | Q(receipt_no__startswith=number)
    if _PINYIN.match(text.lower()):
        wanted |= Q(respondent_pinyin__contains=text.lower())
    former = Employer.objects.filter(former_names__contains=text)
    return wanted | Q(pk__in=Party.objects.filter(employer__in=former).values("case"))


def _about_people(user: User, text: str) -> Q:
    people = Person.objects.filter(_is_person(text))
    wanted = Q(pk__in=Party.objects.filter(person__in=people).values("case"))
    return wanted | Q(applicant_name__contains=text)


def _is_person(text: str) -> Q:
    compact = identity.compact(text)
    wanted = Q(name__contains=text)
    if _PINYIN.match(text.lower()):
        wanted |= Q(pinyin__contains=text.lower())
    if _TAIL.match(compact):
        wanted |= Q(id_number_tail__in=blind_indexes("id_number", compact, last=4))
        wanted |= Q(phone_tail__in=blind_indexes("phone", compact, last=4))
    if len(compact) >= 15:
        wanted |= Q(id_number_index__in=blind_indexes("id_number", compact))
    with suppress(InvalidValue):  # not a phone number: the other readings stand
        wanted |= Q(phone_index__in=blind_indexes("phone", identity.normalise_phone(text)))
    return wanted


# While somebody types

MOST = 8


@dataclass(frozen=True)
class Hits:
    """What the text can mean so far: cases, then people and units with the number of their cases."""

    cases: list[Case]
    people: list[Person]
    units: list[Employer]

    def __bool__(self) -> bool:
        return bool(self.cases or self.people or self.units)


def suggest(user: User, text: str) -> Hits:
    """The first hits of each sort; nothing before two characters. People and units obey the sight of their cases."""
    text = names.normalise_name(text[:LONGEST].replace("\x00", ""))
    if len(text) < SHORTEST:
        return Hits([], [], [])
    cases = find(user, text).select_related("agency").order_by(F("ended_on").desc(nulls_first=True), "-pk")
    mine = Q(agency__path__startswith=user.agency.path) if user.sight == Sight.TREE else Q(agency=user.agency)
    if user.sight not in (Sight.TREE, Sight.OWN):
        return Hits(list(cases[:MOST]), [], [])
    readable = Case.objects.readable_by(user)
    on_case = Party.objects.filter(case__in=readable, person=OuterRef("pk"))
    people = Person.objects.filter(mine & _is_person(text)).filter(Exists(on_case)).order_by("name", "pk")
    respondent = Party.objects.filter(case__in=readable, employer=OuterRef("pk"))
    units = Employer.objects.filter(mine & _is_unit(text)).filter(Exists(respondent)).order_by("name", "pk")
    return Hits(list(cases[:MOST]), list(people[:MOST]), list(units[:MOST]))


def _is_unit(text: str) -> Q:
    wanted = Q(name__contains=text) | Q(former_names__contains=text)
    if _PINYIN.match(text.lower()):
        wanted |= Q(pinyin__contains=text.lower())
    if len(text) >= UNIT_CODE and text.isascii():
        wanted |= Q(uscc__startswith=text.upper())
    return wanted
