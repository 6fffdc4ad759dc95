"""What falls into one week, day by day: hearings, mediation, and the ends of time limits and requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from arbitration.mediation.models import Meeting
from arbitration.models import Hearing
from calendars.services import current_calendar
from calendars.working_days import CalendarError
from cases import selectors
from cases.clocks import rule_of
from cases.models import Case, CaseClock, Task

HEARING, MEDIATION, DUE, REPLY = "hearing", "mediation", "due", "reply"
KINDS: dict[str, str | Promise] = {
    HEARING: gettext_lazy("开庭"),
    MEDIATION: gettext_lazy("调解"),
    DUE: gettext_lazy("到期"),
    REPLY: gettext_lazy("答复"),
}
MOST_OF_A_DAY = 30
DAYS = 7
SATURDAY = 5


@dataclass(frozen=True)
class Entry:
    """One thing on one day of one case; without a time it belongs to the whole day."""

    kind: str
    on: date
    what: str
    case: Case
    at: str = ""
    where: str = ""
    who: str = ""
    hearing: Hearing | None = None

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.kind])


@dataclass(frozen=True)
class Day:
    """One day of the week; ``hidden`` says how many more entries it has than are shown."""

    on: date
    entries: list[Entry]
    hidden: int
    is_today: bool
    is_off: bool


def first_day(typed: str, today: date) -> date:
    """The Monday of the week that the typed day lies in; of this week where it is no day."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = today
    if not date(2000, 1, 3) <= day <= date(2099, 12, 20):
        day = today
    return day - timedelta(days=day.weekday())


def cases_of(user: User, *, only_mine: bool) -> QuerySet[Case]:
    """The cases whose days this person sees: those of the office, or only those given to the person by name."""
    seen = Case.objects.readable_by(user)
    return seen.filter(selectors.mine(user, timezone.localdate())) if only_mine else seen


def days(cases: QuerySet[Case], monday: date, today: date) -> list[Day]:
    """The seven days from Monday; four queries and one for the people, however much falls into the week."""
    last = monday + timedelta(days=DAYS - 1)
    found = [
        *_hearings(cases, monday, last),
        *_meetings(cases, monday, last),
        *_ends(cases, monday, last),
        *_replies(cases, monday, last),
    ]
    return [
        _day([entry for entry in found if entry.on == on], on, today)
        for on in (monday + timedelta(days=n) for n in range(DAYS))
    ]


def _day(entries: list[Entry], on: date, today: date) -> Day:
    rows = sorted(entries, key=lambda entry: (entry.at or "99", list(KINDS).index(entry.kind)))
    return Day(on, rows[:MOST_OF_A_DAY], max(0, len(rows) - MOST_OF_A_DAY), on == today, _is_off(on))


def _is_off(on: date) -> bool:
    """Whether nobody works on the day; of a year without a calendar only the weekend is known."""
    try:
        return not current_calendar().is_working(on)
    except CalendarError:
        return on.weekday() >= SATURDAY


def hearings_of(cases: QuerySet[Case], first: date, last: date) -> list[Hearing]:
    """The hearings that are planned or were held on these days, in their order; two queries."""
    rows = Hearing.objects.standing().filter(
        case__in=cases.order_by().values("pk"),
        starts_at__gte=_midnight(first),
        starts_at__lt=_midnight(last + timedelta(days=1)),
    )
    return list(rows.select_related("case", "room").prefetch_related("people").order_by("starts_at", "pk"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _hearings(cases: QuerySet[Case], first: date, last: date) -> Iterable[Entry]:
    return [
        Entry(
            HEARING,
            timezone.localdate(hearing.starts_at),
            hearing.case.title,
            hearing.case,
            at=hours(hearing),
            where=place(hearing),
            who="、".join(str(person) for person in hearing.people.all()),
            hearing=hearing,
        )
        for hearing in hearings_of(cases, first, last)
    ]


def hours(hearing: Hearing) -> str:
    """09:30–11:30, in Beijing."""
    return f"{timezone.localtime(hearing.starts_at):%H:%M}–{timezone.localtime(hearing.ends_at):%H:%M}"


def place(hearing: Hearing) -> str:
    return str(hearing.room) if hearing.room is not None else hearing.place


def _meetings(cases: QuerySet[Case], first: date, last: date) -> Iterable[Entry]:
    rows = Meeting.objects.filter(
        case__in=cases.order_by().values("pk"), held_on__gte=first, held_on__lte=last
    )
    fields = rows.select_related("case").only("held_on", "place", "no", "case")
    return [
        Entry(MEDIATION, row.held_on, _("第%(n)d次调解") % {"n": row.no}, row.case, where=row.place)
        for row in fields.order_by("held_on", "pk")
    ]


def _ends(cases: QuerySet[Case], first: date, last: date) -> Iterable[Entry]:
    """The ends of running clocks of open cases, the 办结期限 among them."""
    open_cases = cases.filter(ended_on=None).order_by().values("pk")
    rows = CaseClock.objects.filter(
        case__in=open_cases, met_on=None, ended_on=None, due_on__gte=first, due_on__lte=last
    )
    return [
        _end(row) for row in rows.select_related("case").order_by("due_on", "pk")[: MOST_OF_A_DAY * DAYS * 2]
    ]


def _end(row: Any) -> Entry:
    what = str(rule_of(row).label)
    return Entry(DUE, row.due_on, what, row.case)


def _replies(cases: QuerySet[Case], first: date, last: date) -> Iterable[Entry]:
    tasks = Task.objects.asked().filter(
        case__in=cases.filter(ended_on=None).order_by().values("pk"), due_on__gte=first, due_on__lte=last
    )
    return [
        Entry(REPLY, task.due_on, _("%(who)s答复") % {"who": task.receiver.short_name}, task.case)
        for task in tasks.select_related("receiver", "case").order_by("due_on", "pk")
    ]
