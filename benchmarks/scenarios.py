"""What is asked of the site in a measurement: the pages that are open all day, by role."""

import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Town, User
from calendars.memo import reading_once
from cases.models import Case, Duty, Person
from reports.definitions import COUNTS, INDICATORS
from reports.demo import fiction
from reports.indicators import measure
from reports.periods import year_to_date

ROLES = {"window": "window01", "head": "head01", "leader": "leader01", "liaison": "housing01"}
ROWS = (20, 50, 100)
FIRST_OF_THE_BENCH = 3_000_000
"""Invented people from here on are registered by the measurement."""

UNIT = "重庆示例青禾建筑劳务有限公司"

Request = Callable[[], object]


def scenarios() -> Iterator[tuple[str, Request]]:
    """Each with its name; a scenario that does not answer 200 or 302 stops the measurement."""
    clients = {role: signed_in(username) for role, username in ROLES.items()}
    for role, client in clients.items():
        for rows in ROWS:
            yield f"list/{role}/{rows}", get(client, reverse("cases:list"), tab="open", rows=rows)
    yield "todo/window/20", get(clients["window"], reverse("cases:list"), tab="todo", rows=20)
    yield "todo/head/20", get(clients["head"], reverse("cases:list"), tab="todo", rows=20)
    yield "ended/head/20", get(clients["head"], reverse("cases:list"), tab="ended", rows=20)
    yield "home/head", get(clients["head"], reverse("cases:home"))
    case = busiest_case()
    yield "case/head", get(clients["head"], case.get_absolute_url())
    lead = case.assignments.get(duty=Duty.LEAD, until=None).user
    yield "case/lead", get(signed_in(lead.username), case.get_absolute_url())
    for name, typed in searches(case):
        yield f"search/{name}", partial(search, clients["window"], typed)
    yield "board/leader", get(clients["leader"], reverse("reports:dashboard"))
    leader = User.objects.select_related("agency").get(username=ROLES["leader"])
    with reading_once():  # the calendar is read once per request anyway
        yield "indicators", partial(indicators, leader, timezone.localdate())
    yield "register/window", Registrations(clients["window"]).send


def signed_in(username: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.select_related("agency").get(username=username))
    return client


def get(client: Client, url: str, **query: Any) -> Request:
    return lambda: answered(client.get(url, query))


def answered(response: Any) -> Any:
    """The answer, when it is one."""
    if response.status_code not in (200, 302):
        raise RuntimeError(f"{response.status_code} {response.request['PATH_INFO']}")
    return response


def busiest_case() -> Case:
    """The open case with the longest record and with documents."""
    written = Case.objects.filter(ended_on=None, handler__isnull=False, documents__isnull=False).distinct()
    return written.annotate(acts=Count("timeline", distinct=True)).order_by("-acts", "pk")[0]


def searches(case: Case) -> list[tuple[str, str]]:
    """What people type: tails of numbers, a name, the initials of the employer."""
    person = Person.objects.filter(parties__case=case).order_by("pk")[0]
    number = case.receipt_no.partition("〕")[2].removesuffix("号")
    initials = case.respondent_pinyin.split(" ")[0]
    return [
        ("number", f"{number}号"),
        ("name", person.name),
        ("id_tail", person.id_number[-4:]),
        ("phone_tail", person.phone[-4:]),
        ("initials", initials[2:8]),
        ("employer", case.respondent_name[2:8]),
    ]


def search(client: Client, typed: str) -> object:
    """What is typed is kept, and the page with what it means is read."""
    return answered(client.post(reverse("cases:search"), {"q": typed}, follow=True))


def indicators(leader: User, today: date) -> object:
    """Every indicator of the year up to today."""
    return measure([*INDICATORS, *COUNTS], from_on=year_to_date(today), as_of=today, user=leader)


class Registrations:
    """One registration after the other at the window, each of another worker than those of earlier rounds."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._numbers = itertools.count(FIRST_OF_THE_BENCH + registered())

    def send(self) -> object:
        form = registration_form(next(self._numbers))
        return answered(self._client.post(reverse("inspection:register"), form))


def registered() -> int:
    """How many complaints there are against the unit of the bench."""
    return Case.objects.filter(respondent_name=UNIT).count()


def registration_form(number: int) -> dict[str, str]:
    """What the window types for the worker of that number."""
    month = f"{timezone.localdate().replace(day=1) - timedelta(days=40):%Y%m}"
    worker = {
        "name": fiction.name(number),
        "id_type": "resident",
        "id_number": fiction.card_number(number),
        "phone": f"199{number:08}",
        "is_migrant": "yes",
        "job": "钢筋工",
        "from_month": month,
        "to_month": month,
        "owed": "12000",
    }
    form = {
        "employer_name": UNIT,
        "uscc": fiction.uscc_of(1),
        "industry": "C",
        "town": str(Town.objects.values_list("pk", flat=True)[0]),
        "path": "inspection",
        "channel": "window",
        "received_on": f"{timezone.localdate():%Y%m%d}",
        "contract": "none",
        "facts_text": "工资按月结算，从欠薪起始月起一直没有发。",
        "other_proceeding": "no",
        "within_two_years": "yes",
        "respondent_clear": "yes",
        "within_mandate": "yes",
        "key": uuid4().hex,
        "w-TOTAL_FORMS": "1",
        "w-INITIAL_FORMS": "0",
        "w-MIN_NUM_FORMS": "0",
        "w-MAX_NUM_FORMS": "1000",
    }
    return form | {f"w-0-{name}": value for name, value in worker.items()}
