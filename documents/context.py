"""What goes into a document, as finished values: the frame common to all kinds, and a builder for each.

A builder is a function ``(matter) -> dict`` that an app above registers for a kind. Its values are plain text, lists
of plain text and numbers already written out; the templates put them in place and decide nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from cases import newborn
from cases.models import Case, Duty, Party, PartyRole, TimelineEvent
from cases.workflow.table import StepRefused
from documents.catalogue import Addressee, Issuer, Kind
from documents.wording import cn_date, cn_datetime, plain_yuan, several, sum_in_words

DOCUMENT_LANGUAGE = "zh-hans"


@dataclass(frozen=True)
class Matter:
    """What a document is about: the case as it is now, who prepares it, and the facts of the step behind it.

    ``event`` is the step's entry in the record; ``facts`` are its facts, as values or as the record holds them.
    """

    case: Any
    by: User
    at: datetime
    event: TimelineEvent | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    addressee: Party | None = None

    @property
    def on(self) -> date:
        """Beijing's day of the document."""
        return timezone.localdate(self.at)

    @cached_property
    def people(self) -> "People":
        return People.of(self.case)

    def fact(self, name: str) -> Any:
        """The fact, or what the step's entry in the record says; None when neither knows."""
        if name in self.facts:
            return self.facts[name]
        return self.event.facts.get(name) if self.event else None


class Lacking(Exception):
    """The case does not yet hold what the document must say. ``sentence`` waits for the reader's language."""

    def __init__(self, sentence: Promise) -> None:
        super().__init__()
        self.sentence = sentence


def required(value: Any, sentence: Promise) -> Any:
    """The value; Lacking with the sentence where it is empty."""
    if not value:
        raise Lacking(sentence)
    return value


Builder = Callable[[Matter], dict[str, Any]]

_builders: dict[str, Builder] = {}
_forms: dict[str, type[forms.Form]] = {}


def register(kind: str, builder: Builder, form: type[forms.Form] | None = None) -> None:
    """The builder makes documents of the kind; ``form`` asks for what it needs when no step supplies the facts."""
    if _builders.setdefault(kind, builder) is not builder:
        raise ValueError(f"two builders for {kind}")
    if form is not None:
        _forms[kind] = form


def has_builder(kind: str) -> bool:
    return kind in _builders


def form_for(kind: str) -> type[forms.Form] | None:
    """The form that asks for the facts of a document issued by hand, None when it needs none."""
    return _forms.get(kind)


def build(kind: Kind, matter: Matter) -> dict[str, Any]:
    """Everything the kind's template shows, in Chinese whatever the person reads. ``doc.number`` is still empty.

    Raises StepRefused when the kind cannot be issued yet or the case lacks what it must say.
    """
    if not kind.ready or kind.id not in _builders:
        raise StepRefused([_("《%(title)s》还不能由系统开具") % {"title": kind.title}])
    try:
        with translation.override(DOCUMENT_LANGUAGE):
            content = _builders[kind.id](matter)
            return {
                "doc": _head(kind, matter, content.pop("number", ""), content.pop("title", kind.title)),
                "agency": _agencies(matter.case.agency),
                "case": _case(matter.case, matter.people),
                **content,
            }
    except Lacking as lack:
        raise StepRefused([str(lack.sentence)]) from lack


@dataclass(frozen=True)
class People:
    """Who is in the case, in the order of the file: representatives among the workers first."""

    workers: list[Party]
    respondents: list[Party]

    @classmethod
    def of(cls, case: Case) -> "People":
        parties = newborn.made(case, "parties")
        if parties is None:
            parties = list(case.parties.select_related("person", "employer"))
        workers = [party for party in parties if party.role == PartyRole.WORKER]
        workers.sort(key=lambda party: (not party.is_representative, party.position))
        return cls(workers, [party for party in parties if party.role == PartyRole.RESPONDENT])

    @property
    def workers_named(self) -> str:
        """王某某 · 王某某等12人."""
        if not self.workers:
            return ""
        first = self.workers[0].name
        return f"{first}等{len(self.workers)}人" if len(self.workers) > 1 else first

    @property
    def respondents_named(self) -> str:
        return several([party.name for party in self.respondents])


def addressee_of(kind: Kind, matter: Matter) -> tuple[str, Party | None]:
    """The name after which the colon stands, and the one party it is, when it is one."""
    if matter.addressee is not None:
        return matter.addressee.name, matter.addressee
    people = matter.people
    if kind.addressee == Addressee.WORKER:
        first = people.workers[0] if people.workers else None
        return people.workers_named or matter.case.applicant_name, first
    if kind.addressee == Addressee.EMPLOYER:
        only = people.respondents[0] if len(people.respondents) == 1 else None
        return "、".join(party.name for party in people.respondents) or matter.case.respondent_name, only
    return "", None


def _head(kind: Kind, matter: Matter, number: str, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "number": number,
        "issuer": issuer_named(kind, matter.case.agency),
        "issued_on": cn_date(matter.on),
        "addressee": addressee_of(kind, matter)[0],
        "prepared_by": str(matter.by),
    }


def issuer_named(kind: Kind, office: Agency) -> str:
    """The name at the head and under the seal; the arbitration committee is no body of its own in the tree."""
    if kind.issuer == Issuer.COMMITTEE:
        return str(settings.ARBITRATION_COMMITTEE)
    return str(issuing_agency(kind, office).name)


def issuing_agency(kind: Kind, office: Agency) -> Agency:
    """Whose name stands at the head and under the seal."""
    if kind.issuer == Issuer.BUREAU and office.parent is not None and office.parent.document_prefix:
        return office.parent
    return office


def _agencies(office: Agency) -> dict[str, str]:
    """The office that handles the case, and the government above its bureau that reviews."""
    bureau = office.parent or office
    review = bureau.parent or bureau
    return {
        "office": office.name,
        "office_short": office.short_name,
        "phone": office.phone,
        "address": office.address,
        "review_body": review.name,
    }


def _case(case: Any, people: People) -> dict[str, Any]:
    return {
        "receipt_no": case.receipt_no,
        "case_no": case.case_no,
        "number": case.case_no or case.receipt_no,
        "registered_at": cn_datetime(case.registered_at),
        "received_on": cn_date(case.received_on),
        "filed_on": cn_date(case.filed_on),
        "workers": people.workers_named or case.applicant_name,
        "respondents": people.respondents_named or case.respondent_name,
        "worker_count": case.worker_count,
        "claimed": sum_in_words(case.claimed_fen),
        "claimed_plain": plain_yuan(case.claimed_fen),
        "handler": str(case.handler or case.registered_by),
        "officers": [_officer(row) for row in _current_officers(case)],
    }


def _current_officers(case: Any) -> list[Any]:
    """The assignments that last, lead first. Read anew: the step that issues the document may just have made them."""
    if newborn.made(case, "assignments") == []:
        return []
    rows = list(case.assignments.filter(until=None).select_related("user"))
    return sorted(rows, key=lambda row: row.duty != Duty.LEAD)


def _officer(row: Any) -> dict[str, str]:
    user = row.user
    return {
        "duty": str(Duty(row.duty).label),
        "name": str(user),
        "licence_no": user.licence_no,
    }
