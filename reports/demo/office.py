"""The people of the office, and one complaint in their hands: every change is a call of the services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from agencies.models import Agency, User
from calendars.services import current_calendar
from cases import services
from cases.models import Case, Party, PartyRole, Referral
from cases.services import PaymentRow, referrals
from cases.services.payments import unpaid_by_worker
from documents.effects import Issue
from documents.models import Document, ServiceRecord
from documents.referral_letters import LETTERS
from inspection.effects import performed_by
from inspection.services import register_complaint
from inspection.serving import SERVED_DAY
from notifications.selectors import inbox_of
from notifications.services import mark_read
from reports.demo.clock import Clock
from reports.demo.fiction import Fiction, Wish

MAX_MINUTES = 14
"""Longest time between two acts of one sitting."""

ORDER, NOTICE, DECISION, FINE, DEMAND = "D18", "D21", "D26", "D27", "D31"


@dataclass(frozen=True)
class Staff:
    """Who acts in the history. The leads alternate."""

    window: User
    inspectors: tuple[User, User]
    head: User
    legal: User
    deputy: User
    bureau: User
    police: User
    liaisons: dict[str, User]

    @classmethod
    def on_duty(cls) -> "Staff":
        """The demo accounts of those names. User.DoesNotExist when one is missing."""

        def person(username: str) -> User:
            return User.objects.select_related("agency").get(username=username, is_demo=True)

        return cls(
            window=person("window01"),
            inspectors=(person("inspector01"), person("inspector02")),
            head=person("head01"),
            legal=person("legal01"),
            deputy=person("deputy01"),
            bureau=person("bureau01"),
            police=person("police01"),
            liaisons={code: person(f"{code}01") for code in ("housing", "transport", "water")},
        )


def last_working_day(day: date) -> date:
    """The day itself when it is worked, else the last one before it that is."""
    calendar = current_calendar()
    return day if calendar.is_working(day) else calendar.nth_working_day_before(day, 1)


class File:
    """One complaint of the history. Steps take the names and facts of the procedure's table.

    ``by_hand``: no document is issued by the system; what must be served was written on paper.
    """

    def __init__(
        self,
        number: int,
        as_of: date,
        staff: Staff,
        clock: Clock,
        fiction: Fiction,
        rng: Random,
        *,
        by_hand: bool = False,
    ) -> None:
        self.number = number
        self.by_hand = by_hand
        self.as_of = as_of
        self.end = last_working_day(as_of)
        self.staff = staff
        self.rng = rng
        self.lead, self.second = staff.inspectors[:: 1 if number % 2 else -1]
        self._clock = clock
        self._fiction = fiction
        self._acts = 0
        self._version = 0
        self._case: Case | None = None

    # Days

    @property
    def today(self) -> date:
        return self._clock.today

    def later(self, least: int, most: int | None = None) -> date:
        """A working day so many working days after today; 0 is today."""
        days = self.rng.randint(least, least if most is None else most)
        return current_calendar().nth_working_day(self.today, days) if days else self.today

    def before_end(self, days: int) -> date:
        """The working day so many working days before the last one of the history, but not before today."""
        return max(self.today, current_calendar().nth_working_day_before(self.end, days))

    def calendar_day(self, days: int) -> date:
        """The day so many calendar days after today, or the next that is worked."""
        return current_calendar().roll(self.today + timedelta(days=days))

    def open_after(self, day: date) -> date:
        """The first working day after the day, and after today."""
        return current_calendar().next_working_day(max(day, self.today))

    # Reading

    @property
    def case(self) -> Case:
        """The complaint as it is now."""
        assert self._case is not None, "nothing was registered yet"
        return Case.objects.visible_to(self.staff.head).get(pk=self._case.pk)

    def parties(self, role: str) -> list[Party]:
        return list(self.case.parties.filter(role=role).select_related("person", "employer"))

    @property
    def key(self) -> int:
        """The key of the complaint's row."""
        assert self._case is not None, "nothing was registered yet"
        return self._case.pk

    def document(self, kind: str) -> Document | None:
        """The newest document of the kind, None while there is none."""
        return Document.objects.valid().filter(case=self._case, kind=kind).order_by("pk").last()

    # Acts

    def register(self, wish: Wish) -> None:
        """The complaint is registered at the window today."""
        self._let_time_pass()
        entry = self._fiction.complaint(self.number, wish, self.today)
        entry = replace(entry, without_receipt=self.by_hand)
        self._case = register_complaint(by=self.staff.window, key=self._key(), entry=entry)
        self._version = self._case.version

    def take(self, step: str, by: User, note: str = "", /, **facts: Any) -> None:
        documents: list[str] | None = [] if self.by_hand else None
        about = self._about(by)
        self._done(services.advance(**about, step=step, note=note, documents=documents, **facts))

    def propose(self, step: str, by: User, note: str = "", /, **facts: Any) -> None:
        self._done(services.propose(**self._about(by), step=step, note=note, **facts))

    def send_back(self, step: str, by: User, note: str) -> None:
        self._done(services.return_proposal(**self._about(by), step=step, note=note))

    def correct(self, by: User, note: str = "", /, **values: Any) -> None:
        """What stands on the case is put right."""
        self._done(services.edit_case(**self._about(by), values=values, note=note))

    def agreed(
        self, step: str, by: User, approver: User, note: str = "", /, *, days: int = 1, **facts: Any
    ) -> Iterator[date]:
        """Proposed today, and taken by the other person so many working days later."""
        self.propose(step, by, note, **facts)
        if days:
            yield self.later(days)
        self.take(step, approver, "同意。")

    def serve(
        self, kind: str, method: str = ServiceRecord.Method.DIRECT, proof: str = "送达回证签收联"
    ) -> None:
        """The newest document of the kind reached every respondent today.

        Of one written by hand only the day stands on the case, as a correction.
        """
        document = self.document(kind)
        if document is None:
            self.correct(self.lead, "文书手写，送达回证附卷", **self._served_by_hand(kind))
            return
        for party in self.parties(PartyRole.RESPONDENT):
            receiver = "示例签收人" if method == ServiceRecord.Method.DIRECT else ""
            self.take(
                "serve",
                self.lead,
                document=document,
                party=party,
                method=method,
                served_on=self.today,
                receiver=receiver,
                proof=proof,
            )

    def hand_over(self, kind: str) -> None:
        """The newest document of the kind was handed to the first worker today; of one on paper nothing is kept."""
        document = self.document(kind)
        if document is not None:
            worker = self.parties(PartyRole.WORKER)[0]
            facts: dict[str, Any] = {
                "document": document,
                "party": worker,
                "method": ServiceRecord.Method.DIRECT,
            }
            self.take(
                "serve", self.staff.window, **facts, served_on=self.today, receiver="本人", proof="当面签收"
            )

    def _served_by_hand(self, kind: str) -> dict[str, date]:
        """What is written on the case when a paper of the kind was served today."""
        within = self.case.complaint.decision_pay_within if kind == DECISION else None
        terms = {"decision_pay_by_on": performed_by(self.today, within)} if within else {}
        return {SERVED_DAY[kind]: self.today, **terms}

    def pay(self, source: str, payer: str = "", *, percent: int = 100) -> None:
        """So much of what each worker is still owed arrived today, in whole yuan."""
        owed = unpaid_by_worker(self.case)
        rows = [
            PaymentRow(
                worker_id=party,
                amount_fen=fen if percent == 100 else fen * percent // 10_000 * 100,
                paid_on=self.today,
                source=source,
                payer_name=payer or self.case.respondent_name,
                voucher_no=f"示例回单{self.number:03}-{self._acts:02}",
            )
            for party, fen in owed.items()
            if fen > 0
        ]
        self._done(services.record_payments(**self._about(self.lead), rows=rows))

    def pass_on(self, code: str, reason: str, basis: str, kind: str = "") -> None:
        """The lead offers the matter to that agency, with its two letters."""
        entry = referrals.Offer(
            receiver=Agency.objects.get(code=code),
            kind=kind,
            people=tuple(self.parties(PartyRole.WORKER)),
            reason=reason,
            basis=basis,
            told_on=self.today,
            told_how="当面告知，本人同意",
        )
        letters = () if self.by_hand else (Issue(*LETTERS),)
        self._done(referrals.offer(**self._about(self.lead), entry=entry, then=letters))

    def answer(self, act: Callable[..., Any], by: User, **facts: Any) -> None:
        """Something is done about the matter that was passed on last."""
        self._let_time_pass()
        referral = Referral.objects.filter(case=self._case).select_related("case", "receiver").latest("pk")
        self._done(act(referral=referral, by=by, key=self._key(), **facts))

    def read_messages(self) -> None:
        """Everybody has opened what they were told about the case."""
        urls = [self.case.get_absolute_url()]
        urls += [each.get_absolute_url() for each in Referral.objects.filter(case=self._case)]
        staff = self.staff
        for person in (self.lead, self.second, staff.head, staff.deputy, *staff.liaisons.values()):
            mark_read(inbox_of(person).filter(url__in=urls))

    def _about(self, by: User) -> dict[str, Any]:
        self._let_time_pass()
        return {"case": self._case, "by": by, "version": self._version, "key": self._key()}

    def _let_time_pass(self) -> None:
        self._clock.let_pass(self.rng.randint(2, MAX_MINUTES))

    def _key(self) -> str:
        self._acts += 1
        return f"demo-{self.number}-{self._acts}"

    def _done(self, event: Any) -> None:
        self._version = event.version
