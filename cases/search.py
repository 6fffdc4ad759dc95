"""One box finds a case: by number in any bracket style, name, employer, pinyin initials, ID or phone, or a tail.

The result obeys sight. What belongs to the file (workers' names and numbers) finds only cases whose file the person
may read; numbers and employers find every case the person may see.
"""

import re
from contextlib import suppress
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from agencies.models import User
from cases import identity, names
from cases.crypto import blind_indexes
from cases.identity import InvalidValue
from cases.models import Case, CaseQuerySet, Employer, Party, Person, SearchQuery

LONGEST = 60
KEPT_FOR = timedelta(hours=12)
_TAIL = re.compile(r"^\d{3}[\dX]$|^\d{4}$")
_PINYIN = re.compile(r"^[a-z]{2,40}$")


def keep(user: User, text: str) -> SearchQuery:
    """The text is kept for this person for half a day; the address of the result holds only its id."""
    SearchQuery.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    return SearchQuery.objects.create(user=user, text=text[:LONGEST], made_at=timezone.now())


def find(user: User, text: str) -> CaseQuerySet:
    """The cases the text can mean, among those this person may see; none for an empty text."""
    text = names.normalise_name(text[:LONGEST])
    if not text:
        return Case.objects.none()
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
