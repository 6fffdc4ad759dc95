"""What follows from a step, as values for the rows of a workflow. Each is applied inside the act's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from agencies.models import Agency, User
from calendars.rules import Rule
from cases import clocks, numbers, sharing
from cases.models import LEADING, Assignment, Case, ShareReason
from cases.workflow.table import Change
from notifications.services import notify


def _day(change: Change, from_: str) -> date:
    """The day the fact of that name states, the day of the act when there is none."""
    return change.facts.get(from_) or change.on


@dataclass(frozen=True)
class Start:
    """The rule's clock runs from the day of the act, or the day a fact or the case states; for the case or a party."""

    rule: Rule
    from_: str = ""
    due: str = ""
    party: str = ""

    def apply(self, change: Change) -> None:
        on = getattr(change.case, self.from_, None) or _day(change, self.from_)
        party, due = change.facts.get(self.party), change.facts.get(self.due)
        clocks.start(change.case, self.rule, on, at=change.at, party=party, set_due_on=due)

    def __str__(self) -> str:
        return f"▶{self.rule.code}"


@dataclass(frozen=True)
class Meet:
    """What the rule asks for is done: on the day of the act, or the day a fact states; by ``everyone``, the party of a
    fact, or the case.
    """

    rule: Rule
    from_: str = ""
    everyone: bool = False
    party: str = ""

    def apply(self, change: Change) -> None:
        on = _day(change, self.from_)
        if self.everyone:
            clocks.meet_all(change.case, (self.rule,), on)
        else:
            clocks.meet(change.case, self.rule, on, party=change.facts.get(self.party))

    def __str__(self) -> str:
        return f"■{self.rule.code}"


@dataclass(frozen=True)
class Drop:
    """The rule's clock runs no longer: what started it was undone."""

    rule: Rule

    def apply(self, change: Change) -> None:
        clocks.drop(change.case, self.rule, change.on)

    def __str__(self) -> str:
        return f"✕{self.rule.code}"


@dataclass(frozen=True)
class Reopen:
    """The rule's clock goes on from its old start, as if it had not been met."""

    rule: Rule

    def apply(self, change: Change) -> None:
        clocks.reopen(change.case, self.rule)

    def __str__(self) -> str:
        return f"↺{self.rule.code}"


@dataclass(frozen=True)
class Pause:
    """The rule's clock stands still from the day of the act, or the day a fact states."""

    rule: Rule
    from_: str = ""

    def apply(self, change: Change) -> None:
        reason = str(change.step.label) if change.step else ""
        clocks.pause(change.case, self.rule, _day(change, self.from_), reason=reason, approved_by=change.by)

    def __str__(self) -> str:
        return f"‖{self.rule.code}"


@dataclass(frozen=True)
class Resume:
    """The rule's clock goes on from the day of the act, or the day a fact states."""

    rule: Rule
    from_: str = ""

    def apply(self, change: Change) -> None:
        clocks.resume(change.case, self.rule, _day(change, self.from_))

    def __str__(self) -> str:
        return f"▷{self.rule.code}"


@dataclass(frozen=True)
class Restart:
    """The rule's clock counts anew from the day of the act, or the day a fact states."""

    rule: Rule
    from_: str = ""

    def apply(self, change: Change) -> None:
        reason = change.note or (str(change.step.label) if change.step else "")
        clocks.restart(
            change.case, self.rule, _day(change, self.from_), reason=reason[:200], approved_by=change.by
        )

    def __str__(self) -> str:
        return f"↻{self.rule.code}"


@dataclass(frozen=True)
class Extend:
    """The rule's clock ends later, by the amount the law allows or the fact of that name says."""

    rule: Rule
    amount: int = 0
    from_: str = "amount"

    def apply(self, change: Change) -> None:
        clocks.extend(
            change.case,
            self.rule,
            self.amount or change.facts[self.from_],
            reason=(change.facts.get("reason") or change.note)[:200],
            approved_by=change.by,
            on=change.on,
        )

    def __str__(self) -> str:
        return f"＋{self.rule.code}"


@dataclass(frozen=True)
class EndClocks:
    """The case is over: no clock runs on, except those of rights that outlive it."""

    keep: tuple[Rule, ...] = ()

    def apply(self, change: Change) -> None:
        clocks.end_all(change.case, change.on, frozenset(rule.code for rule in self.keep))

    def __str__(self) -> str:
        return "■全部"


@dataclass(frozen=True)
class NumberCase:
    """The case has its number 案号, the next of its agency and year."""

    series: str

    def apply(self, change: Change) -> None:
        if not change.case.case_no:
            change.case.case_no = numbers.take(change.case.agency, self.series, change.on)

    def __str__(self) -> str:
        return "编案号"


@dataclass(frozen=True)
class Assign:
    """The people whom the facts name hold the duties; whoever held them before holds them no longer.

    A fact may be several people, or nobody.
    """

    duties: tuple[tuple[str, str], ...]

    def apply(self, change: Change) -> None:
        now = timezone.now()
        named = [(duty, user) for fact, duty in self.duties for user in _people(change.facts.get(fact))]
        held = change.case.assignments.filter(until=None)
        held.filter(duty__in=[duty for _fact, duty in self.duties]).update(until=now)
        held.filter(user__in=[user for _duty, user in named]).update(until=now)
        Assignment.objects.bulk_create(
            Assignment(case=change.case, user=user, duty=duty, since=now) for duty, user in named
        )
        for duty, user in named:
            if duty in LEADING:
                change.case.handler = user
            tell(change, user, "assigned", f"{change.case.number} 指派给你")

    def __str__(self) -> str:
        return "指派"


def _people(named: User | Iterable[User] | None) -> list[User]:
    if named is None:
        return []
    return [named] if isinstance(named, User) else list(named)


@dataclass(frozen=True)
class Share:
    """Another agency may see the case: its people find it and answer it."""

    agency_code: str
    reason: ShareReason

    def apply(self, change: Change) -> None:
        receiver = Agency.objects.get(code=self.agency_code)
        sharing.share(change.case, receiver, reason=self.reason, by=change.by, at=change.at)

    def __str__(self) -> str:
        return f"共享→{self.agency_code}"


@dataclass(frozen=True)
class FinishShare:
    """The other agency has done what it got the case for: it still reads, and acts no longer."""

    agency_code: str
    reason: ShareReason

    def apply(self, change: Change) -> None:
        receiver = Agency.objects.get(code=self.agency_code)
        sharing.finish(change.case, receiver, reason=self.reason, at=change.at)

    def __str__(self) -> str:
        return f"{self.agency_code}不再办理"


def tell(change: Change, user: User, kind: str, title: str) -> None:
    """The person finds a message about the case; once per event."""
    notify(
        recipient=user,
        kind=kind,
        title=title,
        url=change.case.get_absolute_url(),
        key=f"{kind}:{change.event.pk}:{user.pk}",
    )


def ended(case: Case, on: date, outcome: str) -> None:
    """The case is closed on the day with the outcome; the state is the transition's business."""
    case.closed_on = case.ended_on = on
    case.outcome = outcome
