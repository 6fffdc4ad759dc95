"""The people of the arbitration institute, and one dispute in their hands: every change is a call of the services."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agencies.models import User
from arbitration import items
from arbitration.forms import EVERYBODY, spoken_to
from arbitration.hearings import choosing
from arbitration.services import Application, Asked, Unit, Worker, register_dispute
from arbitration.states import ClaimType, Residence
from calendars.services import current_calendar
from cases import services
from cases.models import Case, Party, PartyRole
from cases.money import yuan_decimal
from notifications.selectors import inbox_of
from notifications.services import mark_read
from reports.demo.clock import Clock
from reports.demo.fiction import UNITS, card_number, month_before, name

FIRST_PERSON = 3_620_000
"""Numbers of invented people from here on belong to arbitration."""
PEOPLE_OF_A_CASE = 40


@dataclass(frozen=True)
class Institute:
    """Who acts for the institute in the history."""

    window: User
    clerk: User
    arbitrators: tuple[User, ...]
    head: User
    chair: User

    @classmethod
    def on_duty(cls) -> "Institute":
        """The demo accounts of those names. User.DoesNotExist when one is missing."""

        def person(username: str) -> User:
            return User.objects.select_related("agency").get(username=username, is_demo=True)

        bench = tuple(person(f"arbitrator0{n}") for n in (1, 2, 3))
        return cls(person("window02"), person("clerk01"), bench, person("instdir01"), person("chair01"))


@dataclass
class Desk:
    """The institute and one dispute in its hands. ``by_hand``: papers are written on paper, none by the system."""

    number: int
    staff: Institute
    clock: Clock
    end: date
    by_hand: bool = False
    key: int = 0
    version: int = 1
    acts: int = 0

    @property
    def today(self) -> date:
        return self.clock.today

    @property
    def arbitrator(self) -> User:
        """Who decides the case, alone or in the chair."""
        return self.staff.arbitrators[self.number % len(self.staff.arbitrators)]

    @property
    def case(self) -> Any:
        """The dispute as it is now."""
        return Case.objects.visible_to(self.staff.head).get(pk=self.key)

    def back(self, days: int) -> date:
        """The working day so many working days before the last one."""
        return current_calendar().nth_working_day_before(self.end, days) if days else self.end

    def later(self, days: int) -> date:
        """The working day so many working days after today."""
        return current_calendar().nth_working_day(self.today, days)

    def after(self, days: int) -> date:
        """The first working day so many calendar days after today."""
        return current_calendar().roll(self.today + timedelta(days=days))

    def day(self, days: int = 0) -> str:
        """The day so many calendar days after today, as a form takes it."""
        return (self.today + timedelta(days=days)).isoformat()

    # Who

    @property
    def worker(self) -> Party:
        return self.parties(PartyRole.WORKER)[0]

    @property
    def unit(self) -> Party:
        return self.parties(PartyRole.RESPONDENT)[0]

    def parties(self, role: str) -> list[Party]:
        rows = Party.objects.filter(case=self.key, role=role)
        return list(rows.select_related("person", "employer").order_by("position"))

    # Acts

    def arrive(
        self,
        *,
        workers: int = 1,
        migrant: bool = True,
        types: tuple[str, ...] = (ClaimType.WAGE,),
        yuan: int = 0,
        unit: int | None = None,
        **detail: Any,
    ) -> None:
        """The application is received at the window now: for wages of three months unless told otherwise."""
        self.clock.let_pass(5)
        employer = UNITS[(self.number if unit is None else unit) % len(UNITS)]
        entry = Application(
            workers=tuple(self._applicant(place, workers, migrant, types, yuan) for place in range(workers)),
            units=(Unit(name=employer.name),),
            received_on=self.today,
            materials="身份证复印件1份\n工资结算单复印件1份",
            detail={"facts_text": "在单位承接的工地做工，工资没有按月支付，多次催要没有结果。", **detail},
        )
        opened = register_dispute(by=self.staff.window, key=self._next_key(), entry=entry)
        self.key, self.version = opened.pk, opened.version

    def _applicant(
        self, place: int, workers: int, migrant: bool, types: tuple[str, ...], yuan: int
    ) -> Worker:
        person = FIRST_PERSON + self.number * PEOPLE_OF_A_CASE + place
        owed = (yuan or 6_300 + 700 * ((self.number + place) % 17)) * 100
        return Worker(
            name(person),
            id_number=card_number(person),
            phone=f"1990{self.number:05}{place:02}",
            address="重庆市铜梁区（示例）某村某组",
            is_migrant=migrant,
            residence=Residence.RURAL if migrant else Residence.URBAN,
            job="普工",
            is_representative=workers > 1 and place < 3,
            claims=tuple(self._asked(kind, owed) for kind in types),
        )

    def _asked(self, kind: str, owed: int) -> Asked:
        if kind in (ClaimType.WAGE, ClaimType.OVERTIME):
            return Asked(kind, owed, month_before(self.today, 5), month_before(self.today, 3))
        if kind == ClaimType.TERMINATE:
            return Asked(kind, owed * 4, formula="月平均工资×工作年限")
        return Asked(kind)

    def take(self, step: str, by: User, /, **facts: Any) -> None:
        documents: list[str] | None = [] if self.by_hand else None
        self._done(services.advance(**self._about(by), step=step, note="", documents=documents, **facts), by)

    def agreed(self, step: str, by: User, approver: User, /, **facts: Any) -> None:
        """Proposed, and taken by the other person an hour later."""
        self._done(services.propose(**self._about(by), step=step, note="手续齐全。", **facts), by)
        self.clock.let_pass(60)
        self._done(services.advance(**self._about(approver), step=step, note="同意。"), approver)

    def _about(self, by: User) -> dict[str, Any]:
        self.clock.let_pass(6)
        return {"case": self.case, "by": by, "version": self.version, "key": self._next_key()}

    def _next_key(self) -> str:
        self.acts += 1
        return f"demo-arb-{self.number}-{self.acts}"

    def _done(self, event: Any, by: User) -> None:
        self.version = event.version
        mark_read(inbox_of(by).filter(url=event.case.get_absolute_url()))

    # Passages that several stories share

    def submitted(self) -> None:
        self.take("submit", self.staff.window, jurisdiction="performance", opinion="符合受理条件，拟受理。")

    def accepted(self) -> None:
        self.submitted()
        self.take("accept", self.staff.head)

    def formed(self, *, simple: bool = True, panel: bool = False) -> None:
        """The tribunal: alone and simplified, or three."""
        others = [person for person in self.staff.arbitrators if person != self.arbitrator] if panel else []
        self.take(
            "constitute",
            self.staff.head,
            tribunal_form="panel" if panel else "sole",
            leader=self.arbitrator.pk,
            clerk=self.staff.clerk.pk,
            simple_ground="clear" if simple else "",
            **{field: person.pk for field, person in zip(("member", "member2"), others, strict=False)},
        )

    def served(self, *, waives: bool = True) -> None:
        """The respondent has the copy, and does without its days for a reply where the case is simple."""
        self.take("serve_copy", self.staff.clerk, **self.proof(self.unit))
        if waives:
            self.take(
                "waive_reply",
                self.staff.clerk,
                party=self.unit.pk,
                waived_on=self.day(),
                proof="同意取消答辩期的声明",
            )

    def proof(self, party: Party) -> dict[str, Any]:
        return {
            "party": party.pk,
            "method": "direct",
            "served_on": self.day(),
            "receiver": "示例签收人",
            "proof": "送达回证签收联",
        }

    def to_reply(self, *, simple: bool = True, panel: bool = False) -> None:
        self.accepted()
        self.formed(simple=simple, panel=panel)
        self.served(waives=simple)

    def scheduled(self, step: str = "schedule", by: User | None = None, **facts: Any) -> date:
        """The first time at which room and people are free; everybody is told. The day of the hearing."""
        days = choosing.choices(self.case, step, self.today)
        on, slot = next((day.on, slot) for day in days for slot in day.slots if slot.is_free)
        self.take(
            step,
            by or self.staff.clerk,
            hearing_on=on.isoformat(),
            starts=f"{slot.starts:%H:%M}",
            ends=f"{slot.ends:%H:%M}",
            room=slot.room.pk,
            **facts,
        )
        self.told()
        return on

    def told(self) -> None:
        for party in spoken_to(self.case):
            facts = {"method": "direct", "notified_on": self.day(), "proof": "本人签收"}
            self.take("notify_hearing", self.staff.clerk, party=party.pk, **facts)

    def heard(self, **facts: Any) -> None:
        self.take("hear", self.arbitrator, held_on=self.day(), minutes="双方陈述、举证质证、辩论。", **facts)

    def mediating(self) -> None:
        self.take("mediate_after", self.arbitrator, minutes="申请人要求全额，单位提出分期。")

    def lines(self, percent: int = 100, *, only: int = 0) -> str:
        """What is decided per claim, so much of each sum in whole yuan; ``only`` so many of them."""
        rows = list(enumerate(items.undecided(self.case), start=1))
        return "\n".join(_line(n, claim, percent) for n, claim in (rows[:only] if only else rows))

    def settled(self, percent: int = 95) -> None:
        self.take(
            "settle",
            self.arbitrator,
            items=self.lines(percent),
            terms="单位在履行期限以前一次付清上列金额，申请人放弃其他请求。",
            pay_by_on=self.day(20),
        )

    def deliberated(self) -> None:
        self.take("no_agreement", self.arbitrator, reason="单位不同意给付期限。")
        self.take(
            "deliberate",
            self.arbitrator,
            held_on=self.day(),
            unanimous="yes",
            by_chief="no",
            opinion="工资结算单真实，单位没有提交支付记录，请求应当支持。",
        )

    def drafted(self, percent: int = 100) -> None:
        self.take(
            "draft",
            self.arbitrator,
            found="申请人在单位承接的工地做工，双方结算确认了工资数额，单位没有支付。",
            reasons="支付劳动报酬是用人单位的义务；单位掌握的支付记录没有提交，承担不利后果。",
            items=self.lines(percent),
            pay_by_on=self.day(20),
        )

    def awarded(self, percent: int = 100) -> None:
        self.mediating()
        self.deliberated()
        self.drafted(percent)
        self.take("sign", self.staff.head)

    def delivered(self) -> None:
        """The result reached the workers and the employer today."""
        several = len(self.parties(PartyRole.WORKER)) > 1
        first = {**self.proof(self.worker), "party": EVERYBODY if several else str(self.worker.pk)}
        self.take("serve_result", self.staff.clerk, **first)
        for party in self.parties(PartyRole.RESPONDENT):
            self.take(
                "serve_further_result", self.staff.clerk, **{**self.proof(party), "party": str(party.pk)}
            )

    def finished(self) -> None:
        self.delivered()
        self.take("finish", self.staff.clerk)

    def announced(self) -> None:
        self.take(
            "announce",
            self.staff.clerk,
            party=self.unit.pk,
            tried="直接送达：住所地无人；邮寄送达：邮件退回",
            announced_on=self.day(),
            where="公告栏和政府网站",
        )

    def in_force(self) -> None:
        self.take("take_effect", self.staff.clerk)

    def archived(self) -> None:
        self.take("archive", self.staff.clerk, pages="62", inner_pages="14", complete="yes")

    def withdrawn(self, **facts: Any) -> None:
        about = {"arrived_on": self.day(), "reason": "单位已经付清工资。", "reconciled": "yes"}
        self.take("withdraw", self.arbitrator, **about, **facts)


def _line(number: int, claim: Any, percent: int) -> str:
    if claim.amount_fen is None:
        return f"{number} 支持 确认双方存在劳动关系"
    return f"{number} {yuan_decimal(claim.amount_fen * percent // 10_000 * 100)}"
