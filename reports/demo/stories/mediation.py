"""Mediations of the last months, at least one in every state, written through the services of mediation.

They have a clock of their own, as legal aid has: the institute is another office than the one whose cases were told
before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any

from agencies.models import User
from arbitration.mediation import rounds, standing
from arbitration.mediation.services import Ask, Request, Worker, register_request
from arbitration.mediation.states import OfferKind
from arbitration.states import ClaimType
from calendars.services import current_calendar
from cases import services
from cases.models import PartyRole
from documents.models import Document
from notifications.selectors import inbox_of
from notifications.services import mark_read
from reports.demo.clock import Clock, turned_back
from reports.demo.fiction import UNITS, card_number, month_before, name
from reports.demo.office import last_working_day

FIRST_PERSON = 3_642_000
"""Numbers of invented people from here on belong to mediation."""

COURT = "重庆市铜梁区人民法院"
Story = Callable[["Table"], Iterator[date]]


@dataclass(frozen=True)
class Institute:
    """Who acts for mediation in the history."""

    window: User
    clerk: User
    mediator: User
    arbitrator: User
    head: User

    @classmethod
    def on_duty(cls) -> "Institute":
        """The demo accounts of those names. User.DoesNotExist when one is missing."""

        def person(username: str) -> User:
            return User.objects.select_related("agency").get(username=username, is_demo=True)

        names = ("window02", "clerk01", "mediator01", "arbitrator01", "instdir01")
        return cls(*(person(each) for each in names))


@dataclass
class Table:
    """The institute and one mediation in its hands."""

    number: int
    staff: Institute
    clock: Clock
    end: date
    case: Any = None
    version: int = 1
    acts: int = 0

    @property
    def today(self) -> date:
        return self.clock.today

    def back(self, days: int) -> date:
        """The working day so many working days before the last one."""
        return current_calendar().nth_working_day_before(self.end, days) if days else self.end

    def day(self, days: int = 0) -> str:
        """The day so many calendar days after today, as a form takes it."""
        return (self.today + timedelta(days=days)).isoformat()

    # Acts

    def arrive(self, workers: int = 1, kind: str = ClaimType.WAGE, **changes: Any) -> None:
        """The request is registered now; for wages unless told otherwise."""
        self.clock.let_pass(5)
        unit = UNITS[(self.number + 3) % len(UNITS)]
        entry = {
            "workers": tuple(self._worker(n, kind) for n in range(workers)),
            "employer": unit.name,
            "employer_contact": "示例联系人",
            "employer_phone": "023-45671234",
            "facts_text": "按月结算的工资没有发，多次催要没有结果，申请调解。",
        }
        self.case = register_request(
            by=self.staff.window if self.number % 2 else self.staff.clerk,
            key=self._key(),
            entry=Request(**{**entry, **changes}),
        )
        self.version = self.case.version

    def _worker(self, position: int, kind: str) -> Worker:
        person = FIRST_PERSON + self.number * 40 + position
        yuan = 5_200 + 700 * ((self.number + position) % 9)
        months = (
            (month_before(self.end, 5), month_before(self.end, 4)) if kind == ClaimType.WAGE else ("", "")
        )
        asks = (Ask(kind, None if kind == ClaimType.CONFIRM else yuan * 100, *months),)
        return Worker(
            name(person),
            id_number=card_number(person),
            phone=f"1990001{self.number * 40 + position:04}",
            address="重庆市铜梁区（示例）某村某组",
            is_migrant=True,
            asks=asks,
        )

    def take(self, step: str, by: User, /, **facts: Any) -> None:
        self._done(services.advance(**self._about(by), step=step, note="", **facts), by)

    def propose(self, step: str, by: User, /, **facts: Any) -> None:
        self._done(services.propose(**self._about(by), step=step, note="情况属实。", **facts), by)

    def offer(self, kinds: dict[int, str] | str, *, accepted: bool = True, percent: int = 90) -> None:
        """A round: one kind for everybody, or by the place in the file; paid in two halves or at once."""
        workers = standing.workers_of(self.case)
        chosen = kinds if isinstance(kinds, dict) else {party.position: kinds for party in workers}
        bids = tuple(
            rounds.Bid(party.pk, kind, None, accepted and kind != OfferKind.NONE)
            for party in workers
            if (kind := chosen.get(party.position, OfferKind.NONE))
        )
        first = current_calendar().roll(self.today + timedelta(days=7))
        second = current_calendar().roll(first + timedelta(days=30))
        proposal = rounds.Proposal("mediator", percent, first, ((first, 50), (second, 50)), bids)
        about = self._about(self.staff.mediator)
        self._done(rounds.save_round(**about, proposal=proposal), self.staff.mediator)

    def serve(self, kind: str) -> None:
        """The newest document of the kind reached the first worker today."""
        document = Document.objects.filter(case=self.case, kind=kind).latest("pk")
        self.take(
            "serve",
            self.staff.clerk,
            document=document.pk,
            party=self.case.parties.filter(role=PartyRole.WORKER).order_by("position")[0].pk,
            method="direct",
            served_on=self.day(),
            proof="本人签收",
        )

    def _about(self, by: User) -> dict[str, Any]:
        self.clock.let_pass(7)
        return {"case": self.case, "by": by, "version": self.version, "key": self._key()}

    def _key(self) -> str:
        self.acts += 1
        return f"demo-med-{self.number}-{self.acts}"

    def _done(self, event: Any, by: User) -> None:
        self.version = event.version
        mark_read(inbox_of(by).filter(url=self.case.get_absolute_url()))

    # Passages that several stories share

    def accepted(self) -> None:
        self.take(
            "accept",
            self.staff.mediator,
            mediator=self.staff.mediator.pk,
            consented_on=self.day(),
            how="单位签了同意调解书",
        )

    def convened(self, days: int = 1) -> None:
        self.take(
            "convene",
            self.staff.mediator,
            meet_on=self.day(days),
            meet_time="9:30",
            meet_place="仲裁院调解室",
            notified="电话通知双方",
        )

    def met(self, result: str = "双方同意再考虑。") -> None:
        self.take(
            "record_meeting",
            self.staff.mediator,
            held_on=self.day(),
            place="仲裁院调解室",
            present="劳动者本人、单位人事负责人",
            worker_position="要求支付全部工资，可以分期。",
            employer_position="资金紧张，希望少付一些或者分期。",
            proposals="分两期付清。",
            result=result,
        )

    def agreed(self) -> None:
        self.take(
            "agree",
            self.staff.mediator,
            agreed_on=self.day(),
            is_voluntary="yes",
            is_signed="yes",
            pay_how="转入劳动者本人工资卡",
            default_clause="任何一期没有按期足额支付的，劳动者可以要求一次付清全部余款。",
        )

    def brought_to_terms(self, kind: str = OfferKind.INSTALMENTS) -> None:
        """Accepted, met and agreed today."""
        self.accepted()
        self.convened(0)
        self.met("双方同意方案。")
        self.offer(kind)
        self.agreed()

    def paid(self, step: str = "record_payment") -> None:
        """The first day of which something is owed is paid today."""
        first = min(standing.unpaid(self.case), key=lambda row: row.due_on)
        self.take(
            step,
            self.staff.mediator,
            due_on=first.due_on.isoformat(),
            paid_on=self.day(),
            payer=self.case.respondent_name,
            voucher_no=f"示例回单M{self.number:03}-{self.acts:02}",
        )

    def filed_away(self) -> None:
        self.take("archive", self.staff.mediator, pages="32", contents_complete="yes")

    def sent_on(self, step: str = "to_arbitration") -> None:
        self.take(step, self.staff.clerk, consent_on=self.day(), how="本人当面签字申请仲裁")


# The situations, one for each state at least


def asked_only(table: Table) -> Iterator[date]:
    yield table.back(1)
    table.arrive(is_inquiry=True)


def question_became_request(table: Table) -> Iterator[date]:
    yield table.back(4)
    table.arrive(is_inquiry=True)
    yield table.back(1)
    table.take(
        "apply", table.staff.window, received_on=table.day(), is_oral="yes", facts_text="口头申请调解工资。"
    )


def seeking_consent(table: Table) -> Iterator[date]:
    yield table.back(1)
    table.arrive(is_oral=True)


def newly_accepted(table: Table) -> Iterator[date]:
    yield table.back(3)
    table.arrive()
    yield table.back(1)
    table.accepted()


def being_mediated(table: Table) -> Iterator[date]:
    yield table.back(7)
    table.arrive()
    yield table.back(5)
    table.accepted()
    table.convened(3)
    yield table.back(1)
    table.met()
    table.offer(OfferKind.DISCOUNTED, accepted=False, percent=80)
    table.offer(OfferKind.DISCOUNTED, accepted=False)


def group_being_mediated(table: Table) -> Iterator[date]:
    yield table.back(6)
    table.arrive(workers=12)
    yield table.back(4)
    table.accepted()
    table.take("name_representatives", table.staff.clerk, people="1、2、3", elected_on=table.day())
    table.convened(2)
    yield table.back(1)
    table.met()
    table.offer(dict.fromkeys(range(1, 11), OfferKind.INSTALMENTS))


def lately_agreed(table: Table) -> Iterator[date]:
    yield table.back(8)
    table.arrive()
    yield table.back(3)
    table.brought_to_terms()


def asked_the_court(table: Table) -> Iterator[date]:
    """The court would not confirm; the agreement stands all the same."""
    yield table.back(16)
    table.arrive(kind=ClaimType.TERMINATE)
    yield table.back(12)
    table.brought_to_terms()
    yield table.back(10)
    table.take("request_confirmation", table.staff.clerk, requested_on=table.day(), court=COURT)
    yield table.back(4)
    table.take("court_refuses", table.staff.clerk, ruled_on=table.day(), reason="付款账户写得不明确。")


def half_paid(table: Table) -> Iterator[date]:
    yield table.back(24)
    table.arrive()
    yield table.back(20)
    table.brought_to_terms()
    yield table.back(14)
    table.paid()
    table.take(
        "record_performance",
        table.staff.mediator,
        performed_on=table.day(),
        content="出具解除劳动合同证明。",
        proof="证明书1份",
    )


def broken(table: Table) -> Iterator[date]:
    """The first instalment was missed; a payment order is under way."""
    yield table.back(30)
    table.arrive()
    yield table.back(27)
    table.brought_to_terms()
    yield table.back(12)
    table.take("note_default", table.staff.mediator, noted_on=table.day(), reason="到期没有到账，单位承认。")
    table.take("request_order", table.staff.clerk, requested_on=table.day(), court=COURT)
    yield table.back(8)
    table.take("move_order", table.staff.clerk, stage="taken", happened_on=table.day())


def under_review(table: Table) -> Iterator[date]:
    yield table.back(12)
    table.arrive()
    yield table.back(9)
    table.brought_to_terms()
    yield table.back(6)
    table.take("request_review", table.staff.clerk, requested_on=table.day(), addresses="见申请书")
    yield table.back(5)
    table.take("accept_review", table.staff.arbitrator)
    yield table.back(2)
    table.propose("extend_review", table.staff.arbitrator, reason="要核对银行流水。")
    table.take("extend_review", table.staff.head)


def review_confirmed(table: Table) -> Iterator[date]:
    yield table.back(40)
    table.arrive()
    yield table.back(36)
    table.brought_to_terms()
    yield table.back(34)
    table.take("request_review", table.staff.clerk, requested_on=table.day(), addresses="见申请书")
    table.take("accept_review", table.staff.arbitrator)
    yield table.back(31)
    table.take(
        "confirm_review",
        table.staff.arbitrator,
        is_lawful="yes",
        finding="协议是双方真实意思表示，金额明确。",
    )
    yield table.back(29)
    table.take("sign_paper", table.staff.clerk, signed_on=table.day(), how="双方当面签收")
    table.paid("record_later_payment")


def court_confirmed(table: Table) -> Iterator[date]:
    yield table.back(48)
    table.arrive()
    yield table.back(44)
    table.brought_to_terms()
    yield table.back(42)
    table.take("request_confirmation", table.staff.clerk, requested_on=table.day(), court=COURT)
    yield table.back(34)
    table.take("confirm_in_court", table.staff.clerk, ruled_on=table.day(), court_no="（示例）渝0151民特11号")


def failed(table: Table) -> Iterator[date]:
    yield table.back(14)
    table.arrive()
    yield table.back(12)
    table.accepted()
    table.convened(1)
    yield table.back(9)
    table.met("金额差距大，没有谈成。")
    table.take(
        "fail",
        table.staff.mediator,
        fail_reason="no_agreement",
        stopped_on=table.day(),
        reason="双方对工资数额说法不一。",
    )
    table.serve("MD08")


def lapsed(table: Table) -> Iterator[date]:
    yield table.back(40)
    table.arrive()
    yield table.back(38)
    table.accepted()
    table.convened(1)
    yield table.back(20)
    table.take("lapse", table.staff.mediator)


def review_refused(table: Table) -> Iterator[date]:
    yield table.back(60)
    table.arrive()
    yield table.back(56)
    table.brought_to_terms()
    yield table.back(54)
    table.take("request_review", table.staff.clerk, requested_on=table.day(), addresses="见申请书")
    table.take("accept_review", table.staff.arbitrator)
    yield table.back(51)
    table.take("refuse_review", table.staff.arbitrator, ground="papers", reason="工资表有涂改，双方说不清。")
    table.filed_away()


def review_withdrawn(table: Table) -> Iterator[date]:
    yield table.back(66)
    table.arrive()
    yield table.back(63)
    table.brought_to_terms()
    table.take("request_review", table.staff.clerk, requested_on=table.day(), addresses="见申请书")
    yield table.back(61)
    table.take("withdraw_review", table.staff.clerk, received_on=table.day(), reason="单位已经一次付清。")


def declined(table: Table) -> Iterator[date]:
    yield table.back(10)
    table.arrive()
    yield table.back(8)
    table.take("decline", table.staff.mediator, ground="other_side", reason="电话征求意见，单位不同意调解。")
    table.serve("MD04")


def withdrawn(table: Table) -> Iterator[date]:
    yield table.back(18)
    table.arrive()
    yield table.back(16)
    table.accepted()
    yield table.back(14)
    table.take(
        "withdraw",
        table.staff.clerk,
        received_on=table.day(),
        is_reconciled="yes",
        reason="单位已经付清，双方和解。",
    )


def sent_to_arbitration(table: Table) -> Iterator[date]:
    """Nothing was paid on the day: the workers go on, with everything that was written down."""
    yield table.back(50)
    table.arrive()
    yield table.back(46)
    table.brought_to_terms(OfferKind.FULL)
    yield table.back(30)
    table.take("note_default", table.staff.mediator, noted_on=table.day(), reason="到期没有付款。")
    table.sent_on()


def some_sent_to_arbitration(table: Table) -> Iterator[date]:
    """Ten of twelve agreed; the other two go on."""
    yield table.back(32)
    table.arrive(workers=12)
    yield table.back(29)
    table.accepted()
    table.take("name_representatives", table.staff.clerk, people="1、2、3、4", elected_on=table.day())
    table.convened(0)
    table.met("十人同意分期，两人不同意。")
    table.offer(dict.fromkeys(range(1, 11), OfferKind.INSTALMENTS))
    table.agreed()
    yield table.back(27)
    table.sent_on("rest_to_arbitration")
    yield table.back(23)
    table.paid()


def archived(table: Table) -> Iterator[date]:
    yield table.back(90)
    table.arrive()
    yield table.back(87)
    table.brought_to_terms(OfferKind.FULL)
    yield table.back(83)
    table.paid()
    yield table.back(80)
    table.filed_away()


STORIES: tuple[Story, ...] = (
    asked_only,
    question_became_request,
    seeking_consent,
    newly_accepted,
    being_mediated,
    group_being_mediated,
    lately_agreed,
    asked_the_court,
    half_paid,
    broken,
    under_review,
    review_confirmed,
    court_confirmed,
    failed,
    lapsed,
    review_refused,
    review_withdrawn,
    declined,
    withdrawn,
    sent_to_arbitration,
    some_sent_to_arbitration,
    archived,
)


def write(*, as_of: date, latest: datetime) -> None:
    """The cases of every story stand in the database, as if the institute had worked on them up to the last day."""
    staff, end, numbers = Institute.on_duty(), last_working_day(as_of), count(1)
    with turned_back(latest) as clock:
        waiting = []
        for story in STORIES:
            number = next(numbers)
            told = story(Table(number, staff, clock, end))
            if (first := next(told, None)) is not None:
                waiting.append((first, number, told))
        heapify(waiting)
        clock.start(waiting[0][0])
        while waiting:
            day, number, told = heappop(waiting)
            clock.open(day)
            if (later := next(told, None)) is not None:
                heappush(waiting, (later, number, told))
