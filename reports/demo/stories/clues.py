"""Clues of the last weeks, one in every situation the list can show, written through the services of clues.

They have a clock of their own: a clue is no case and waits for none, so its weeks are told after those of the cases.
Two of them meet a case of the set, one as what became of it, one as what it was merged into.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any

from django.utils import timezone

from agencies.models import Town, User
from calendars.services import current_calendar
from cases.models import Case
from inspection.clues import (
    Clue,
    convert,
    propose_step,
    register_clue,
    return_step,
    take_step,
)
from inspection.states import Channel
from notifications.selectors import inbox_of
from notifications.services import mark_read
from reports.demo.clock import Clock, turned_back
from reports.demo.fiction import UNITS, Unit, card_number, month_before, name
from reports.demo.office import Staff, last_working_day

FIRST_PERSON = 3_600_000
"""Numbers of invented people from here on belong to clues."""

LONGEST = 40
"""Working days back to the oldest clue; an older case is not what became of one."""

Story = Callable[["Desk"], Iterator[date]]


@dataclass
class Desk:
    """The office and one clue in its hands."""

    number: int
    staff: Staff
    clock: Clock
    end: date
    clue: Clue | None = None
    version: int = 1
    acts: int = 0

    def back(self, days: int) -> date:
        """The working day so many working days before the last one."""
        return current_calendar().nth_working_day_before(self.end, days) if days else self.end

    def at(self, day: date, hour: int = 9) -> datetime:
        """That hour of the day, but not later than now."""
        moment = datetime.combine(day, time(hour), timezone.get_default_timezone())
        return min(moment, timezone.now())

    def arrive(self, channel: Channel, *, content: str, sent: date | None = None, **values: Any) -> None:
        """The clue is registered now; a platform sent it on the day before, unless told otherwise."""
        self.clock.let_pass(5)
        unit, person = UNITS[self.number % len(UNITS)], FIRST_PERSON + self.number
        numbered = channel not in (Channel.WINDOW, Channel.LETTER, Channel.PHONE, Channel.PATROL)
        known = {
            "channel": channel,
            "external_no": f"示例线索-{self.number:03}" if numbered else "",
            "received_at": timezone.now(),
            "dispatched_at": self.at(sent) if sent else None,
            "reporter_name": name(person),
            "reporter_phone": f"1980000{self.number:04}",
            "reporter_id_number": card_number(person) if channel == Channel.NATIONAL else "",
            "town": _town(self.number),
            "amount_fen": (8_000 + 700 * self.number) * 100,
            "job": unit.jobs[0],
            "from_month": month_before(self.end, 4),
            "to_month": month_before(self.end, 2),
            "content": content,
            "handler": self.staff.inspectors[self.number % 2],
            **_where(unit),
        }
        self.clue = register_clue(by=self.staff.window, key=self._key(), values=known | values)

    def ring(self, result: str, *, reached: bool = True, by: User | None = None) -> None:
        """Somebody tries to reach the person now."""
        self.clock.let_pass(10)
        facts = {"at": timezone.now(), "method": "phone", "reached": reached, "result": result}
        self.take("contact_clue", by or self.staff.inspectors[self.number % 2], **facts)

    def take(self, step: str, by: User, note: str = "", /, **facts: Any) -> None:
        self._done(take_step(**self._about(by), step=step, note=note, **facts))
        self._read(by)

    def propose(self, step: str, note: str = "", /, **facts: Any) -> None:
        self._done(propose_step(**self._about(self.staff.window), step=step, note=note, **facts))

    def send_back(self, note: str) -> None:
        self._done(return_step(**self._about(self.staff.head), note=note))
        self._read(self.staff.head)

    def _read(self, by: User) -> None:
        """Who has acted has opened what they were told about the clue."""
        assert self.clue is not None, "it has arrived"
        mark_read(inbox_of(by).filter(url=self.clue.get_absolute_url()))

    def _about(self, by: User) -> dict[str, Any]:
        self.clock.let_pass(5)
        return {"clue": self.clue, "by": by, "version": self.version, "key": self._key()}

    def _key(self) -> str:
        self.acts += 1
        return f"demo-clue-{self.number}-{self.acts}"

    def _done(self, event: Any) -> None:
        self.version = event.version


def _where(unit: Unit) -> dict[str, Any]:
    return {"employer_name": unit.name, "site": unit.works[0] if unit.works else ""}


def _town(number: int) -> Town:
    towns = list(Town.objects.all())
    return towns[number * 5 % len(towns)]


# The situations


def just_arrived(desk: Desk) -> Iterator[date]:
    yield desk.back(1)
    desk.arrive(Channel.NATIONAL, content="在工地做木工，三个月工资没有发。", sent=desk.back(1))


def nobody_answers(desk: Desk) -> Iterator[date]:
    yield desk.back(3)
    desk.arrive(Channel.H12345, content="来电反映工资拖欠两个月，要求尽快处理。", sent=desk.back(4))
    yield desk.back(2)
    desk.ring("电话响铃无人接听", reached=False)
    yield desk.back(1)
    desk.ring("已关机", reached=False)


def urgent_and_reported(desk: Desk) -> Iterator[date]:
    yield desk.back(4)
    desk.arrive(
        Channel.TOWN,
        content="镇街报来，安置房项目二十三名工人聚在项目部讨要工资。",
        worker_count=23,
        is_public_project=True,
        amount_fen=312_000_00,
        **_where(UNITS[0]),
    )
    desk.take("report_clue", desk.staff.window, told="监察支队负责人", how="电话报告，安排两人到场。")
    desk.ring("代表三人在场，工资表和考勤表已收。")


def urgent_and_not_reported(desk: Desk) -> Iterator[date]:
    yield desk.end
    desk.arrive(
        Channel.PHONE, content="来电称再不发工资就上塔吊，情绪激动。", threatens_harm=True, reporter_name=""
    )


def due_today(desk: Desk) -> Iterator[date]:
    yield desk.back(15)
    desk.arrive(Channel.CITY, content="扫工地二维码反映，进度款已拨，工资没有发。", sent=desk.back(15))
    yield desk.back(13)
    desk.ring("本人说工资差八千多，愿意先由单位核对。")


def overdue(desk: Desk) -> Iterator[date]:
    yield desk.back(19)
    desk.arrive(Channel.PETITION, content="来访反映老板失联，工资半年没有结清。")
    yield desk.back(14)
    desk.ring("只留了座机，接的人说不认识。", reached=False)


def waiting_for_the_head(desk: Desk) -> Iterator[date]:
    yield desk.back(9)
    desk.arrive(Channel.NATIONAL, content="反映加班费和工资没有结。", sent=desk.back(10))
    yield desk.back(8)
    desk.ring("本人确认工资已于上周补发。")
    yield desk.back(1)
    desk.propose(
        "close_clue",
        verdict="paid",
        transferred_to="",
        result="单位已补发工资，银行回单核对无误，本人确认收到。",
        reply="经核实，工资已补发。",
    )


def sent_back(desk: Desk) -> Iterator[date]:
    yield desk.back(8)
    desk.arrive(Channel.H12333, content="咨询后反映工资只发了一半。", sent=desk.back(8))
    yield desk.back(7)
    desk.ring("本人说单位承认欠薪，说月底付。")
    yield desk.back(3)
    desk.propose("close_clue", verdict="partly", transferred_to="", result="单位答应月底付清。", reply="")
    yield desk.back(2)
    desk.send_back("没有付款凭证，等付清以后再报。")


def extended(desk: Desk) -> Iterator[date]:
    yield desk.back(14)
    desk.arrive(Channel.NATIONAL, content="包工头说要等总包结算。", sent=desk.back(14))
    yield desk.back(13)
    desk.ring("本人记不清班组人数，答应再找工友核对。")
    yield desk.back(3)
    desk.propose("extend_clue", days=5, reason="总包的结算资料还没有交齐。", approval="示例延期-01")
    yield desk.back(2)
    desk.take("extend_clue", desk.staff.head, "同意。")


def found_paid(desk: Desk) -> Iterator[date]:
    yield desk.back(30)
    desk.arrive(Channel.NATIONAL, content="反映公司拖欠两个月工资。", sent=desk.back(31))
    yield desk.back(29)
    desk.ring("本人提供了工资条。")
    yield desk.back(21)
    desk.propose(
        "close_clue", verdict="paid", transferred_to="", result="督促后已付清。", reply="工资已付清。"
    )
    yield desk.back(20)
    desk.take("close_clue", desk.staff.head, "同意。")


def never_reached(desk: Desk) -> Iterator[date]:
    yield desk.back(26)
    desk.arrive(Channel.H12345, content="来电反映欠薪，没有说单位名称。", employer_name="", site="")
    for days in (25, 23, 20):
        yield desk.back(days)
        desk.ring("无人接听", reached=False)
    yield desk.back(18)
    desk.propose(
        "close_clue", verdict="unreachable", transferred_to="", result="三次联系不上。", reply="无法联系"
    )
    yield desk.back(17)
    desk.take("close_clue", desk.staff.head)


def handed_over(desk: Desk) -> Iterator[date]:
    yield desk.back(12)
    desk.arrive(Channel.CITY, content="工地在邻区，工资一直没有发。", sent=desk.back(12))
    desk.ring("本人说工地在邻区，要求转给当地。")
    desk.propose(
        "transfer_clue", transferred_to="邻区人力社保局", result="已电话告知本人去处和电话。", reply="已转办"
    )
    yield desk.back(11)
    desk.take("transfer_clue", desk.staff.head)


def closed_late(desk: Desk) -> Iterator[date]:
    yield desk.back(36)
    desk.arrive(Channel.OPINION, content="网帖称某厂拖欠工资。", reporter_name="", reporter_phone="")
    yield desk.back(33)
    desk.ring("在帖下留言请发帖人联系。", reached=False)
    yield desk.back(25)
    desk.ring("到厂里查看，工资按月发放。")
    yield desk.back(17)
    desk.propose("close_clue", verdict="untrue", transferred_to="", result="工资按月发放。", reply="")
    yield desk.back(16)
    desk.take("close_clue", desk.staff.head)


def became_a_complaint(desk: Desk) -> Iterator[date]:
    case = _recent_case(desk, 0)
    if case is None:
        return
    yield _day_before(case)
    desk.arrive(
        Channel.NATIONAL,
        content="工资拖欠几个月，想正式投诉。",
        sent=_day_before(case),
        reporter_name=case.applicant_name,
        **_of(case),
    )
    desk.ring("本人要来窗口投诉。", by=desk.staff.window)
    yield timezone.localdate(case.registered_at)
    _wait_until(desk, case.registered_at)
    assert desk.clue is not None, "it has arrived"
    convert(desk.clue.public_id, case=case, by=desk.staff.window, key=f"demo-clue-{desk.number}-convert")


def joined_a_case(desk: Desk) -> Iterator[date]:
    case = _recent_case(desk, 1)
    if case is None:
        return
    yield timezone.localdate(case.registered_at)
    _wait_until(desk, case.registered_at)
    desk.arrive(Channel.H12345, content="和已经投诉的工友是同一家单位。", **_of(case))
    desk.ring("本人愿意和工友一起办。", by=desk.staff.window)
    number = case.receipt_no
    desk.take("join_clue", desk.staff.window, number=number, verdict="in_hand", result="并入同一单位的案件。")


def _recent_case(desk: Desk, place: int) -> Case | None:
    """A case of the last weeks by its place among them, the oldest first; None when there are not so many."""
    since = desk.at(desk.back(LONGEST // 2))
    found = Case.objects.visible_to(desk.staff.window).filter(registered_at__gte=since)
    return found.order_by("registered_at", "pk")[place : place + 1].first()


def _of(case: Case) -> dict[str, Any]:
    """What the clue and the case have in common."""
    site = case.project.name if case.project else ""
    return {"employer_name": case.respondent_name, "site": site, "town": case.town}


def _day_before(case: Case) -> date:
    return current_calendar().nth_working_day_before(timezone.localdate(case.registered_at), 1)


def _wait_until(desk: Desk, moment: datetime) -> None:
    desk.clock.let_pass(max(0, int((moment - timezone.now()) / timedelta(minutes=1)) + 1))


STORIES: tuple[Story, ...] = (
    just_arrived,
    nobody_answers,
    urgent_and_reported,
    urgent_and_not_reported,
    due_today,
    overdue,
    waiting_for_the_head,
    sent_back,
    extended,
    found_paid,
    never_reached,
    handed_over,
    closed_late,
    became_a_complaint,
    joined_a_case,
)


def write(staff: Staff, *, as_of: date, latest: datetime) -> None:
    """The clues of every story stand in the database, as if the office had worked on them up to the last day."""
    numbers, end = count(1), last_working_day(as_of)
    with turned_back(latest) as clock:
        waiting = []
        for story in STORIES:
            number = next(numbers)
            told = story(Desk(number, staff, clock, end))
            if (first := next(told, None)) is not None:
                waiting.append((first, number, told))
        heapify(waiting)
        clock.start(waiting[0][0])
        while waiting:
            day, number, told = heappop(waiting)
            clock.open(day)
            if (later := next(told, None)) is not None:
                heappush(waiting, (later, number, told))
