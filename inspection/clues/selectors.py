"""What pages read about clues. Every queryset here starts from `visible_to`."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from agencies import code_lists
from agencies.models import Town, User
from cases import identity, money, names
from cases.crypto import blind_indexes
from cases.identity import InvalidValue
from cases.workflow.table import Step
from inspection.clues import table
from inspection.clues.acting import may
from inspection.clues.models import Clue, ClueContact, ClueEvent, ClueQuerySet

LONGEST_WORD = 60


@dataclass(frozen=True)
class Tab:
    """One view of the list: its code in the address, its name, which clues it holds."""

    code: str
    label: Any
    wanted: Callable[[date], Q]


TABS = {
    tab.code: tab
    for tab in (
        Tab("open", _("待核"), lambda today: Q(closed_at=None)),
        Tab("today", _("今天到期"), lambda today: Q(closed_at=None, due_on=today)),
        Tab("overdue", _("已超期"), lambda today: Q(closed_at=None, due_on__lt=today)),
        Tab("waiting", _("待审批"), lambda today: Q(closed_at=None) & ~Q(pending_step="")),
        Tab("closed", _("已办结"), lambda today: Q(closed_at__isnull=False)),
    )
}


def tab_counts(clues: ClueQuerySet, today: date) -> dict[str, int]:
    """How many of the clues each tab holds, in one query."""
    counts = {code: Count("pk", filter=tab.wanted(today)) for code, tab in TABS.items()}
    return clues.order_by().aggregate(**counts)


def by_urgency(clues: ClueQuerySet) -> ClueQuerySet:
    """What is due first comes first, urgent ones win ties; closed ones last, the newest first."""
    return clues.order_by(
        F("closed_at").desc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        F("hot_at").asc(nulls_last=True),
        "received_at",
        "pk",
    )


def list_rows(clues: ClueQuerySet) -> ClueQuerySet:
    """The clues with what a row of the list shows; one query for any number of rows."""
    return clues.select_related("town", "handler", "complaint")


def find(clues: ClueQuerySet, text: str) -> ClueQuerySet:
    """Those of the clues that the text can mean: number, employer, site, reporter, phone or identity number, tail."""
    text = names.normalise_name(text[:LONGEST_WORD])
    if not text:
        return clues
    wanted = Q(employer_name__contains=text) | Q(site__contains=text) | Q(reporter_name__contains=text)
    wanted |= Q(content__contains=text) | Q(external_no__contains=text)
    for fragment in identity.number_fragments(text):
        wanted |= Q(clue_no__contains=fragment)
    number = identity.normalise_number(text)
    if "〔" in number:
        wanted |= Q(clue_no__contains=number)
    return clues.filter(wanted | _of_a_person(identity.compact(text)))


def _of_a_person(typed: str) -> Q:
    wanted = Q(pk__in=[])
    if len(typed) == 4:
        wanted |= Q(reporter_phone_tail__in=blind_indexes("phone", typed, last=4))
        wanted |= Q(reporter_id_number_tail__in=blind_indexes("id_number", typed, last=4))
    if len(typed) >= 15:
        wanted |= Q(reporter_id_number_index__in=blind_indexes("id_number", typed))
    with suppress(InvalidValue):  # not a phone number: the other readings stand
        wanted |= Q(reporter_phone_index__in=blind_indexes("phone", identity.normalise_phone(typed)))
    return wanted


def page_clue(user: User, public_id: Any) -> Clue:
    """The clue with everything its page reads, in a constant number of queries. Clue.DoesNotExist when not visible."""
    return (
        Clue.objects.visible_to(user)
        .select_related("agency", "town", "handler", "complaint", "closed_by", "escalated_by", "proposed_by")
        .prefetch_related(Prefetch("contacts", ClueContact.objects.select_related("by")))
        .get(public_id=public_id)
    )


# Steps


TAKE, PROPOSE, DECIDE = "take", "propose", "decide"


@dataclass(frozen=True)
class ClueOffer:
    """A step this person could take, propose or decide on now; refusals say what is missing."""

    step: Step
    mode: str
    refusals: list[str]

    @property
    def is_open(self) -> bool:
        return not self.refusals


def offers(user: User, clue: Clue) -> list[ClueOffer]:
    """What this person may do with the clue, in the order of the table. Converting has a page of its own."""
    found = []
    for step in table.CLUE.from_state(clue.state):
        mode = _mode(user, clue, step)
        if mode and step is not table.CONVERT_CLUE:
            found.append(ClueOffer(step, mode, step.refusals(clue)))
    return found


def _mode(user: User, clue: Clue, step: Step) -> str:
    if not step.needs_proposal:
        return TAKE if may(user, step.by) else ""
    if clue.pending_step == step.name:
        return DECIDE if may(user, step.by) and clue.proposed_by_id != user.pk else ""
    return PROPOSE if may(user, step.proposed_by) and not clue.pending_step else ""


def primary(clue: Clue, found: list[ClueOffer]) -> ClueOffer | None:
    """The step to offer first: a decision that waits, an urgent report, a contact until there was one, the closing."""
    ready = {offer.step.name: offer for offer in found if offer.is_open}
    decisions = [offer for offer in ready.values() if offer.mode == DECIDE]
    if decisions:
        return decisions[0]
    order = ("report_clue", "close_clue") if _may_be_closed(clue) else ("report_clue", "contact_clue")
    return next((ready[name] for name in order if name in ready), None)


def _may_be_closed(clue: Clue) -> bool:
    return not table.CLOSE_CLUE.refusals(clue)


def awaited_from(clue: Clue) -> str:
    """Who is to act next, in words; empty when the clue is over."""
    if not clue.is_open:
        return ""
    actors = table.CLUE.by_name[clue.pending_step].by if clue.pending_step else table.CONTACT_CLUE.by
    return "、".join(str(actor.label) for actor in actors)


# The record


@dataclass(frozen=True)
class RecordLine:
    """One entry of the record, with what it changed in words."""

    event: ClueEvent
    changes: list[tuple[str, str, str]]  # column, before, after


def record_of(clue: Clue) -> list[RecordLine]:
    """The newest entry first; two queries at most, for the entries and for names of towns and people."""
    events = list(clue.events.order_by("-seq"))
    words = _Words(events)
    shown = (ClueEvent.Kind.EDIT, ClueEvent.Kind.STEP)
    return [RecordLine(event, words.changes(event) if event.kind in shown else []) for event in events]


class _Words:
    """Values of columns as people read them."""

    def __init__(self, events: list[ClueEvent]) -> None:
        self.towns = self._named(Town, "town_id", events)
        self.people = self._named(User, "handler_id", events)

    @staticmethod
    def _named(model: Any, column: str, events: list[ClueEvent]) -> dict[Any, str]:
        wanted = {side.get(column) for event in events for side in (event.before, event.after)} - {None}
        return {row.pk: str(row) for row in model.objects.filter(pk__in=wanted)} if wanted else {}

    def changes(self, event: ClueEvent) -> list[tuple[str, str, str]]:
        found = []
        for name, after in event.after.items():
            field = _COLUMNS.get(name)
            if field is not None:
                before = event.before.get(name)
                label = _("反映金额（元）") if name == "amount_fen" else field.verbose_name
                found.append((str(label), self.word(field, before), self.word(field, after)))
        return found

    def word(self, field: Any, value: Any) -> str:
        if value in (None, "", 0) or value is False:
            return "—"
        if value is True:
            return str(_("是"))
        if field.name in ("town", "handler"):
            return (self.towns if field.name == "town" else self.people).get(value, "—")
        if field.name == "amount_fen":
            return money.yuan(value)
        if field.name in ("channel", "verdict"):
            return code_lists.label(field.name, value)
        return str(dict(field.choices or ()).get(value, value)).replace("T", " ")[:200]


# Columns whose change is shown; states, actors and instants of acts stand in the entry itself.
_SHOWN = (
    "channel",
    "external_no",
    "reporter_name",
    "reporter_phone",
    "reporter_id_number",
    "employer_name",
    "site",
    "town_id",
    "amount_fen",
    "worker_count",
    "job",
    "from_month",
    "to_month",
    "content",
    "handler_id",
    "is_public_project",
    "threatens_harm",
    "threatens_blocking",
    "extension_days",
    "extension_reason",
    "escalated_to",
    "due_on",
    "verdict",
    "transferred_to",
    "result",
    "reply",
)
_COLUMNS = {field.attname: field for field in Clue._meta.concrete_fields if field.attname in _SHOWN}
