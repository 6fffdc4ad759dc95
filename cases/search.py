"""One box finds a case: by number in any bracket style, name, employer, pinyin initials, ID or phone, or a tail.

The result obeys sight. What belongs to the file (workers' names and numbers) finds only cases whose file the person
may read; numbers and employers find every case the person may see.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from agencies.models import User
from agencies.rights import Sight
from cases import identity, names, pairs
from cases.crypto import blind_indexes
from cases.identity import InvalidValue
from cases.models import Case, CaseQuerySet, Employer, Party, Person, Project, SearchQuery
from cases.models.case import NumberTail

LONGEST = 200  # an address out of a code on paper
SHORTEST = 2
UNIT_CODE = 4
FEW = 1000
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
    read = Case.objects.readable_by(user).filter(pk__in=_all_of(_about_people(text)))
    meant = _all_of([*_about_the_matter(text), read.values("pk")])
    return Case.objects.visible_to(user).filter(pk__in=_fetched(meant))


def _fetched(keys: QuerySet) -> QuerySet | list[int]:
    """The keys themselves where they are few: the database then goes to the rows instead of reading through all."""
    few = [key for row in keys[: FEW + 1] for key in row.values()]
    return few if len(few) <= FEW else keys


def _all_of(keys: list[QuerySet]) -> QuerySet:
    """The keys that any of the queries gives: each finds its own by an index, which one condition with OR could not."""
    first, *others = (each.order_by() for each in keys)
    return first.union(*others) if others else first


def _about_the_matter(text: str) -> list[QuerySet]:
    """Keys of cases with that number, unit or project."""
    cases, letters = Case.objects.order_by(), _letters(text)
    found = [
        *_numbered(text),
        pairs.may_hold(cases, text).filter(respondent_name__contains=text).values("pk"),
        cases.filter(project__in=Project.objects.filter(name__contains=text)).values("pk"),
        _against(Employer.objects.filter(former_names__contains=text)),
    ]
    if letters:
        found.append(pairs.may_hold(cases, letters).filter(respondent_pinyin__contains=letters).values("pk"))
    return found


def _numbered(text: str) -> list[QuerySet]:
    fragments, number = identity.number_fragments(text), identity.normalise_number(text)
    tails = {fragment[fragment.index("〕") :] for fragment in fragments}
    found: list[QuerySet] = []
    for column in ("case_no", "receipt_no"):
        if fragments:
            holds = reduce(or_, (Q(**{f"{column}__contains": fragment}) for fragment in fragments))
            cases = Case.objects.alias(tail=NumberTail(column)).filter(holds, tail__in=tails)
            found.append(cases.values("pk"))
        if "〔" in number:
            found.append(Case.objects.filter(**{f"{column}__startswith": number}).values("pk"))
    return found


def _against(units: QuerySet) -> QuerySet:
    return Party.objects.filter(employer__in=units).values("case")


def _about_people(text: str) -> list[QuerySet]:
    """Keys of cases of a worker whom the text can mean."""
    cases = pairs.may_hold(Case.objects.order_by(), text).filter(applicant_name__contains=text)
    return [Party.objects.filter(person__in=_people(text)).values("case"), cases.values("pk")]


def _people(text: str) -> QuerySet:
    """Keys of the people whom the text can mean: by name, reading, card or phone, whole or the last four digits."""
    people, compact, letters = Person.objects.order_by(), identity.compact(text), _letters(text)
    found = [pairs.may_hold(people, text).filter(name__contains=text)]
    if letters:
        found.append(pairs.may_hold(people, letters).filter(pinyin__contains=letters))
    if _TAIL.match(compact):
        found.append(people.filter(id_number_tail__in=blind_indexes("id_number", compact, last=4)))
        found.append(people.filter(phone_tail__in=blind_indexes("phone", compact, last=4)))
    if len(compact) >= 15:
        found.append(people.filter(id_number_index__in=blind_indexes("id_number", compact)))
    with suppress(InvalidValue):  # not a phone number: the other readings stand
        phone = identity.normalise_phone(text)
        found.append(people.filter(phone_index__in=blind_indexes("phone", phone)))
    return _all_of([each.values("pk") for each in found])


def _letters(text: str) -> str:
    """The text as pinyin is stored; empty when it cannot be pinyin."""
    return text.lower() if _PINYIN.match(text.lower()) else ""


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
    people = Person.objects.filter(mine, pk__in=_people(text)).filter(Exists(on_case)).order_by("name", "pk")
    respondent = Party.objects.filter(case__in=readable, employer=OuterRef("pk"))
    units = Employer.objects.filter(mine & _is_unit(text)).filter(Exists(respondent)).order_by("name", "pk")
    return Hits(list(cases[:MOST]), list(people[:MOST]), list(units[:MOST]))


def _is_unit(text: str) -> Q:
    wanted = Q(name__contains=text) | Q(former_names__contains=text)
    if letters := _letters(text):
        wanted |= Q(pinyin__contains=letters)
    if len(text) >= UNIT_CODE and text.isascii():
        wanted |= Q(uscc__startswith=text.upper())
    return wanted
