"""The demo set: what it shows, that its record is whole, that it is written once."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from agencies.models import Town
from calendars.working_days import CalendarError
from cases import clocks
from cases.identity import check_id_number, check_uscc, normalise_phone
from cases.models import Case, CaseClock, Employer, Payment, Person, Proposal, TimelineEvent
from documents.models import Document
from legal_aid.states import State as AidState
from notifications.models import InboxMessage, OutboxMessage
from reports.demo.clock import turned_back
from reports.demo.fiction import Fiction, Wish
from reports.demo.plan import SMALL

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # 15:00 in Beijing

# Each test in a savepoint of its own, inside the transaction of the set.
pytestmark = [pytest.mark.django_db, pytest.mark.prepares_much]

STATES = {
    "REGISTERED",
    "CORRECTING",
    "NOT_ACCEPTED",
    "REDIRECTED",
    "FILING",
    "INVESTIGATING",
    "ORDERED",
    "PRE_NOTICE",
    "DECIDED",
    "ENFORCING",
    "POLICE_PENDING",
    "CLOSED",
    "CANCELLED",
    "ARCHIVED",
    "VOID",
}
OPEN_AND_FILED = (
    6  # one each under investigation, ordered, noticed, decided, before the court, with the police
)


def run(**options: Any) -> str:
    """What the command says."""
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The small set lies in the database while the tests of this module run; the value is what the command said."""
    anchors = tmp_path_factory.mktemp("anchors")
    with (
        django_db_blocker.unblock(),
        override_settings(AUDIT_ANCHOR_DIR=anchors),
        turned_back(NOW),
        transaction.atomic(),
    ):
        yield run()
        transaction.set_rollback(True)


@pytest.fixture
def cases(seeded) -> list[Case]:
    complaints = Case.objects.of_kind("inspection")
    return list(complaints.select_related("headline_clock", "complaint").order_by("pk"))


def test_every_state_occurs(cases):
    assert {case.state for case in cases} == STATES


def test_legal_aid_occurs_in_every_state(cases):
    found = Case.objects.of_kind("legal_aid").order_by().values_list("state", flat=True)

    assert set(found) == set(AidState.values)


def test_every_lamp_occurs(cases):
    lamps = {clocks.case_lamp(case, TODAY).colour.value for case in cases if case.is_open}

    assert lamps == {"green", "amber", "today", "red"}


def test_the_set_is_small_with_one_group_of_thirty(cases):
    sizes = Counter(case.worker_count for case in cases)

    assert 40 <= len(cases) <= 60
    assert sizes[30] == 1
    assert sum(count for size, count in sizes.items() if 2 <= size <= 12) >= 10
    assert max(size for size in sizes if size != 30) <= 12


def test_many_towns_channels_causes_and_industries_occur(cases):
    complaints = [case.complaint for case in cases]

    assert len({case.town_id for case in cases}) >= 20
    assert len({each.channel for each in complaints}) == 14
    assert len({each.cause for each in complaints} - {""}) == 11
    assert len({each.industry for each in complaints}) >= 10
    assert {case.is_priority for case in cases} == {True, False}


def test_history_covers_thirteen_months_and_nothing_lies_in_the_future(cases):
    events = TimelineEvent.objects.filter(case__in=cases)
    instants = list(events.order_by("pk").values_list("at", flat=True))

    assert cases[0].received_on == date(2025, 10, 24)
    assert instants == sorted(instants)
    assert timezone.localdate(instants[-1]) == TODAY
    assert instants[-1] <= NOW
    assert max(Payment.objects.values_list("paid_on", flat=True)) <= TODAY


def test_numbers_pass_their_checks_and_nobody_shares_one(seeded):
    people, units = list(Person.objects.all()), list(Employer.objects.exclude(uscc=""))

    assert [check_id_number(each.id_number).number for each in people] == [each.id_number for each in people]
    assert [normalise_phone(each.phone) for each in people] == [each.phone for each in people]
    assert len({each.id_number for each in people}) == len(people)
    assert {check_uscc(each.uscc).warning for each in units} == {None}


def test_everything_is_visibly_invented(seeded):
    assert [each.name for each in Employer.objects.all() if "示例" not in each.name] == []
    assert {each.id_number[:6] for each in Person.objects.all()} == {"500151"}


def test_rare_characters_occur_in_names(seeded):
    names = "".join(Person.objects.values_list("name", flat=True))

    assert set("㛃𬭎䶮堃喆") <= set(names)


def test_something_waits_for_the_people_who_decide(seeded):
    waiting = set(Proposal.objects.filter(state="open").values_list("step", flat=True))

    assert waiting == {"accept", "order", "decide", "extend_investigation"}


def test_record_is_whole(seeded):
    out = StringIO()

    call_command("verify_audit", stdout=out)

    assert "完整" in out.getvalue()


def test_kpi_counts_the_open_cases_as_not_done(seeded):
    out = StringIO()
    call_command("kpi", "--format", "json", stdout=out)
    found = {each["id"]: each for each in json.loads(out.getvalue())["indicators"]}
    this_year = Payment.objects.filter(paid_on__year=2026, case__kind="inspection")

    assert found["K1"]["denominator"] - found["K1"]["numerator"] == OPEN_AND_FILED
    assert found["K1"]["numerator"] >= 35
    assert found["K3"]["numerator"] < found["K3"]["denominator"]
    assert found["K6"]["numerator"] == sum(this_year.values_list("amount_fen", flat=True))


def test_demo_accounts_exist_with_the_password_that_is_shown(seeded):
    people = get_user_model().objects.filter(is_demo=True)

    assert people.count() == 28
    assert people.get(username="leader01").check_password("huxin-2026")
    assert "huxin-2026" in seeded


def test_messages_of_ended_cases_were_read(seeded, cases):
    ended = [case.get_absolute_url() for case in cases if case.state == "ARCHIVED"]

    assert InboxMessage.objects.filter(url__in=ended).exists()
    assert not InboxMessage.objects.filter(url__in=ended, read_at=None).exists()
    assert InboxMessage.objects.filter(read_at=None).exists()


def test_progress_and_summary_are_plain_lines(seeded):
    lines = seeded.splitlines()

    assert [line.split("，")[0] for line in lines[:6]] == [f"已登记{n}件" for n in (10, 20, 30, 40, 50, 60)]
    assert lines[-1].startswith("演示数据写好了，截至2026-11-24：案件60件（投诉登记3、")
    assert "用时" in lines[-1]
    assert "\r" not in seeded


def everything() -> list[int]:
    tables = (Case, TimelineEvent, CaseClock, Document, Payment, InboxMessage, OutboxMessage, Person, Town)
    return [model.objects.count() for model in (*tables, get_user_model())]


@pytest.mark.parametrize("options", [{}, {"seed": 7, "as_of": "2026-06-30"}])
def test_second_run_changes_nothing_and_says_so(seeded, options):
    before, password = everything(), get_user_model().objects.get(username="window01").password

    said = run(**options)

    assert everything() == before
    assert get_user_model().objects.get(username="window01").password == password
    assert said.startswith("演示数据已经有了，没有改动案件")


def test_name_of_a_real_account_is_never_taken(seeded):
    with transaction.atomic():
        get_user_model().objects.filter(username="window01").update(is_demo=False)

        with pytest.raises(CommandError, match="window01"):
            run()

        transaction.set_rollback(True)


def test_history_that_begins_before_the_calendar_is_refused(seeded):
    with pytest.raises(CalendarError, match="2024"):
        SMALL.beginnings(date(2025, 6, 30), Random(1))


def test_same_seed_invents_the_same_complaints(seeded):
    def invented() -> list[Any]:
        fiction = Fiction(Random(5))
        return [fiction.complaint(n, Wish(workers=n, months=2), date(2026, 3, 2)) for n in range(1, 20)]

    assert invented() == invented()
    assert SMALL.beginnings(TODAY, Random(5)) == SMALL.beginnings(TODAY, Random(5))
    assert SMALL.beginnings(TODAY, Random(5)) != SMALL.beginnings(TODAY, Random(6))


@override_settings(HARDENED=True)
def test_production_refuses():
    with pytest.raises(CommandError, match="生产环境"):
        run()


@pytest.mark.parametrize("typed", ["2026-11-25", "明天", "月底"])
def test_last_day_that_is_not_a_past_day_is_refused(typed):
    with turned_back(NOW), pytest.raises(CommandError, match="--as-of"):
        run(as_of=typed)


# The clock


def test_clock_opens_in_the_morning_only_goes_forward_and_stops_at_the_latest_instant():
    with turned_back(NOW) as clock:
        clock.start(date(2026, 11, 20))
        clock.open(date(2026, 11, 23))
        opened = timezone.localtime()
        clock.open(date(2026, 11, 20))
        clock.let_pass(5)
        later = timezone.localtime()
        clock.let_pass(60 * 24 * 30)
        end = timezone.now()

    assert (opened.date(), opened.hour, opened.minute) == (date(2026, 11, 23), 8, 50)
    assert (later.date(), later.hour, later.minute) == (date(2026, 11, 23), 8, 55)
    assert end == NOW


def test_real_time_is_back_afterwards():
    real = timezone.now

    with pytest.raises(KeyError), turned_back(NOW):
        raise KeyError

    assert timezone.now is real
