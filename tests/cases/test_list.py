"""The work list: what each tab holds, filters, order, views, columns, and that its cost does not grow."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Town, User
from cases import preferences, services
from cases.models import Case, Employer, Person, Preference, SavedView
from inspection.states import State
from tests.inspection.situations import (
    TODAY,
    clock,
    complaint,
    fresh,
    moment,
    new_key,
    propose,
    ready_for,
    respondent,
    share,
    staff,
    take,
    worker_of,
)
from tests.people import make_user

pytestmark = pytest.mark.django_db

LIST = "/cases/"


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXNJFLBDH")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(user: User, **query: Any) -> list[str]:
    return [case.number for case in signed_in(user).get(LIST, query).context["rows"]]


def tabs(user: User, **query: Any) -> dict[str, int]:
    return {tab["code"]: tab["n"] for tab in signed_in(user).get(LIST, query).context["tabs"]}


def due(people, days: int, **columns: Any) -> Case:
    """An open complaint that is due so many days from today, with its clock."""
    day = TODAY + timedelta(days=days)
    case = complaint(people, State.INVESTIGATING, due_on=day, **columns)
    row = clock(case, "T10", TODAY - timedelta(days=80), day, raw_end=day)
    Case.objects.filter(pk=case.pk).update(headline_clock=row)
    return case


# Tabs


def test_order_is_by_what_is_due_and_migrants_win_ties(people):
    rows = {
        "far": due(people, 40),
        "today": due(people, 0),
        "late": due(people, -3),
        "longest": due(people, -30),
        "tie": due(people, 5),
        "first of the tie": due(people, 5, is_priority=True),
        "undated": complaint(people, State.INVESTIGATING),
        "ended": complaint(people, State.CLOSED),
    }
    order = ["longest", "late", "today", "first of the tie", "tie", "far", "undated", "ended"]

    assert shown(people["J"], tab="all") == [rows[name].number for name in order]


def test_tabs_count_their_cases(people):
    due(people, -1)
    due(people, 0, is_priority=True)
    due(people, 30)
    complaint(people, State.CLOSED)

    assert tabs(people["J"]) == {
        "todo": 0,
        "waiting": 0,
        "soon": 1,
        "overdue": 1,
        "priority": 1,
        "open": 3,
        "ended": 1,
    }


def test_tab_of_decisions_is_for_those_who_decide(people):
    assert "waiting" in tabs(people["J"])
    assert "waiting" not in tabs(people["W"])


def test_new_case_is_new_until_its_inspector_does_something(people):
    case = ready_for("investigate", people, State.INVESTIGATING)
    before = shown(people["Z"], tab="new")

    take("investigate", case, people["Z"], people)

    assert (before, shown(people["Z"], tab="new")) == ([case.number], [])


def test_returned_proposal_stays_until_its_author_does_something(people, time_machine):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)
    time_machine.move_to(moment(TODAY, 11), tick=False)
    services.return_proposal(
        case=case, step="order", by=people["J"], version=fresh(case).version, key=new_key(), note="补充"
    )
    before = shown(people["Z"], tab="returned")
    time_machine.move_to(moment(TODAY, 12), tick=False)
    propose("order", case, people["Z"], people)

    assert (before, shown(people["Z"], tab="returned")) == ([case.number], [])


def test_unknown_tab_is_the_desk(people):
    assert signed_in(people["J"]).get(LIST, {"tab": "x"}).context["tab"] == "todo"


# Filters


@pytest.fixture
def two(people) -> dict[str, Case]:
    """Two complaints that differ in everything the filters ask for."""
    towns = list(Town.objects.all()[:2])
    one = complaint(
        people,
        State.INVESTIGATING,
        respondent_name="重庆青禾建筑劳务有限公司",
        town=towns[0],
        is_priority=True,
        is_group=True,
        claimed_fen=5_000_000,
        due_on=date(2026, 7, 1),
        details={"channel": "window"},
    )
    other = complaint(
        people,
        State.ORDERED,
        respondent_name="铜梁某某餐饮店",
        town=towns[1],
        claimed_fen=1_000_000,
        received_on=date(2026, 6, 10),
        due_on=date(2026, 9, 1),
        handler=people["X"],
        details={"channel": "phone"},
    )
    return {"one": one, "other": other}


def found(user: User, two: dict[str, Case], **query: Any) -> set[str]:
    numbers = shown(user, tab="open", **query)
    return {name for name, case in two.items() if case.number in numbers}


@pytest.mark.parametrize(
    "query, expected",
    [
        ({"state": "INVESTIGATING"}, {"one"}),
        ({"group": "on"}, {"one"}),
        ({"priority": "on"}, {"one"}),
        ({"word": "青禾"}, {"one"}),
        ({"amount_from": "3万"}, {"one"}),
        ({"amount_to": "1万"}, {"other"}),
        ({"registered_from": "2026-06-01"}, {"other"}),
        ({"registered_to": "2026-06-01"}, {"one"}),
        ({"due_from": "20260801"}, {"other"}),
        ({"due_to": "20260801"}, {"one"}),
        ({}, {"one", "other"}),
    ],
)
def test_filter_narrows_the_list(people, two, query, expected):
    assert found(people["J"], two, **query) == expected


def test_filters_by_town_and_handler_and_channel(people, two):
    assert found(people["J"], two, town=two["other"].town_id) == {"other"}
    assert found(people["J"], two, handler=people["X"].pk) == {"other"}
    assert found(people["J"], two, channel=two["one"].complaint.channel) == {"one"}


def test_own_cases_only(people, two):
    two["other"].assignments.filter(user=people["Z"]).update(until=moment(TODAY))

    assert found(people["Z"], two, mine="on") == {"one"}


def test_former_name_of_the_employer_is_found_by_its_word(people, two):
    Employer.objects.create(agency=two["one"].agency, name="新名", former_names="旧名劳务")
    party = respondent(two["one"], "新名")

    assert party.employer.former_names == "旧名劳务"
    assert found(people["J"], two, word="旧名劳务") == {"one"}


def test_chip_of_each_condition_takes_only_itself_away(people, two):
    page = signed_in(people["J"]).get(LIST, {"tab": "open", "state": "INVESTIGATING", "word": "青禾"})

    assert [chip["text"] for chip in page.context["filters"].chips] == ["状态 调查取证", "单位名称含 青禾"]
    assert 'href="?tab=open&amp;word=%E9%9D%92%E7%A6%BE"' in page.content.decode()


@pytest.mark.parametrize(
    "query, sentence",
    [
        ({"amount_from": "很多"}, "金额看不懂"),
        ({"due_from": "32日"}, "到期"),
        ({"amount_from": "2万", "amount_to": "1万"}, "“金额从”比“金额到”大，换一下"),
    ],
)
def test_condition_that_cannot_be_read_is_said_and_stays_typed(people, two, query, sentence):
    answer = signed_in(people["J"]).get(LIST, {"tab": "open", **query})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page or sentence == "到期"
    assert "处需要修改" in page
    assert all(f'value="{value}"' in page for value in query.values())


@pytest.mark.parametrize("value", ["\x00", "x" * 5000, "'", "９", "-1", "٣"])
@pytest.mark.parametrize(
    "key", ["town", "handler", "state", "person", "rows", "page", "amount_from", "due_to"]
)
def test_nonsense_in_the_address_breaks_nothing(people, key, value):
    assert signed_in(people["J"]).get(LIST, {"tab": "open", key: value}).status_code in (200, 400, 422)


def test_person_of_a_shared_case_narrows_nothing_into_sight(people, two):
    share(two["one"], "housing")
    worker = Person.objects.get(pk=worker_of(two["one"]).person_id)

    answer = signed_in(people["H"]).get(LIST, {"tab": "all", "person": worker.public_id})

    assert list(answer.context["rows"]) == []
    assert worker.name not in answer.content.decode()


def test_person_chosen_in_the_search_box_leads_to_their_cases(people, two):
    worker = worker_of(two["one"]).person

    assert found(people["J"], two, person=worker.public_id) == {"one"}


# Views


def keep(user: User, name: str, query: str):
    return signed_in(user).post(reverse("cases:keep_view"), {"name": name, "query": query})


def test_view_keeps_known_conditions_only(people, two):
    answer = keep(people["J"], "大额", "tab=open&amount_from=3万&next=//evil&page=7&n=3")

    view = SavedView.objects.get()
    assert answer.status_code == 302
    assert parse_qs(view.query) == {"tab": ["open"], "amount_from": ["3万"]}
    page = signed_in(people["J"]).get(f"{LIST}?{view.query}")
    assert page.context["view"] == view
    assert [case.pk for case in page.context["rows"]] == [two["one"].pk]


def test_view_is_its_makers_alone(people):
    keep(people["J"], "我的", "tab=overdue")
    view = SavedView.objects.get()

    answer = signed_in(people["Z"]).post(reverse("cases:drop_view", args=[view.public_id]))

    assert answer.status_code == 404
    assert list(signed_in(people["Z"]).get(LIST).context["views"]) == []
    assert signed_in(people["J"]).post(reverse("cases:drop_view", args=[view.public_id])).status_code == 302
    assert not SavedView.objects.exists()


def test_view_of_the_same_name_is_replaced(people):
    keep(people["J"], "我的", "tab=overdue")
    keep(people["J"], "我的", "tab=soon")

    assert [view.query for view in SavedView.objects.all()] == ["tab=soon"]


@pytest.mark.parametrize("name, sentence", [("", "还没填视图名称"), ("视" * 21, "最多20个字")])
def test_view_without_a_fit_name_is_not_kept(people, name, sentence):
    answer = keep(people["J"], name, "tab=soon")

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SavedView.objects.exists()


def test_view_longer_than_its_column_is_not_kept(people):
    query = urlencode({"word": "单" * 40, "amount_from": "０" * 39 + "1", "amount_to": "０" * 39 + "2"})

    answer = keep(people["J"], "长", query)

    assert (answer.status_code, SavedView.objects.count()) == (422, 0)


def test_eleventh_view_is_not_kept(people):
    for number in range(preferences.MOST_VIEWS):
        keep(people["J"], f"视图{number}", "tab=soon")

    assert keep(people["J"], "再来一个", "tab=soon").status_code == 422
    assert SavedView.objects.count() == preferences.MOST_VIEWS


# Columns and rows


def test_chosen_columns_stand_in_the_order_of_the_table(people, two):
    chosen = {"column": ["town", "due", "nonsense"], "rows": "50", "query": "tab=open"}
    signed_in(people["J"]).post(reverse("cases:choose_columns"), chosen)

    page = signed_in(people["J"]).get(LIST, {"tab": "open"})

    assert [column.code for column in page.context["columns"]] == ["due", "town"]
    assert page.context["work"].size == 50
    assert "青禾建筑" not in page.content.decode()


def test_usual_columns_come_back(people):
    signed_in(people["J"]).post(reverse("cases:choose_columns"), {"column": ["town"], "rows": "100"})
    signed_in(people["J"]).post(reverse("cases:choose_columns"), {"usual": "1"})

    page = signed_in(people["J"]).get(LIST)

    assert [column.code for column in page.context["columns"]] == preferences.USUAL
    assert (page.context["work"].size, Preference.objects.count()) == (20, 1)


def test_rows_of_the_address_win(people):
    signed_in(people["J"]).post(reverse("cases:choose_columns"), {"column": ["due"], "rows": "100"})

    assert signed_in(people["J"]).get(LIST, {"rows": "20"}).context["work"].size == 20


@pytest.mark.parametrize(
    "sort, order", [("", ["one", "other"]), ("registered", ["other", "one"]), ("amount", ["one", "other"])]
)
def test_heads_sort(people, two, sort, order):
    numbers = shown(people["J"], tab="open", sort=sort)

    assert numbers == [two[name].number for name in order]


# Empty


@pytest.mark.parametrize(
    "query, sentence",
    [
        ({"tab": "todo"}, "没有要你办的案件。"),
        ({"tab": "overdue"}, "没有超期的案件。"),
        ({"tab": "today"}, "今天没有到期的案件。"),
        ({"tab": "open", "word": "没有的"}, "没有符合条件的案件。"),
    ],
)
def test_empty_list_says_why(people, query, sentence):
    page = signed_in(people["J"]).get(LIST, query).content.decode()

    assert sentence in page
    assert ("清除条件" in page) == ("word" in query)


# A case and its neighbours


def test_case_knows_its_place_and_neighbours(people):
    rows = [due(people, days) for days in (1, 2, 3)]
    listed = signed_in(people["J"]).get(LIST, {"tab": "open"}).context["rows"]

    place = signed_in(people["J"]).get(listed[1].url).context["case"].place

    assert [case.pk for case in listed] == [case.pk for case in rows]
    assert (place.n, place.total) == (2, 3)
    assert place.previous_url == listed[0].url
    assert place.next_url == listed[2].url


def test_first_and_last_case_have_one_neighbour(people):
    due(people, 1)
    due(people, 2)
    first, last = signed_in(people["J"]).get(LIST, {"tab": "open"}).context["rows"]

    places = [signed_in(people["J"]).get(case.url).context["case"].place for case in (first, last)]

    assert [(bool(place.previous_url), bool(place.next_url)) for place in places] == [
        (False, True),
        (True, False),
    ]


def test_case_that_moved_in_the_list_is_found(people):
    moved, *_others = [due(people, days) for days in (1, 2, 3)]
    url = signed_in(people["J"]).get(LIST, {"tab": "open"}).context["rows"][0].url
    Case.objects.filter(pk=moved.pk).update(due_on=TODAY + timedelta(days=9))

    assert signed_in(people["J"]).get(url).context["case"].place.n == 3


def test_case_that_left_the_list_leads_on_to_the_one_behind_it(people):
    left, behind = due(people, 1), due(people, 2)
    url = signed_in(people["J"]).get(LIST, {"tab": "open"}).context["rows"][0].url
    Case.objects.filter(pk=left.pk).update(ended_on=TODAY)

    place = signed_in(people["J"]).get(url).context["case"].place

    assert (place.n, place.total) == (None, 1)
    assert str(behind.public_id) in place.next_url
    assert "已不在列表里" in signed_in(people["J"]).get(url).content.decode()


def test_way_back_leads_to_the_page_and_row(people):
    cases = [due(people, days) for days in range(1, 23)]
    url = signed_in(people["J"]).get(LIST, {"tab": "open", "page": "2"}).context["rows"][1].url

    place = signed_in(people["J"]).get(url).context["case"].place

    assert place.n == 22
    assert urlsplit(place.list_url).fragment == f"c-{cases[21].public_id}"
    assert parse_qs(urlsplit(place.list_url).query) == {"tab": ["open"], "page": ["2"]}


def test_case_opened_by_itself_has_no_place(people):
    case = due(people, 1)

    page = signed_in(people["J"]).get(case.get_absolute_url())

    assert not page.context["case"].place
    assert "返回列表" not in page.content.decode()


@pytest.mark.parametrize("position", ["0", "x", "-1", "999999999", "9" * 40, "²"])
def test_nonsense_for_a_position_breaks_nothing(people, position):
    case = due(people, 1)

    assert signed_in(people["J"]).get(case.get_absolute_url(), {"n": position}).status_code == 200


def test_saving_leads_on_to_the_next_of_the_list(people):
    case = ready_for("void", people, State.REGISTERED, due_on=TODAY)
    behind = due(people, 2)
    url = reverse("cases:take_step", args=[case.public_id, "void"])
    data = {"next": "take", "version": case.version, "key": new_key(), "reason": "重复登记"}

    answer = signed_in(people["J"]).post(f"{url}?tab=open&n=1", data)

    assert fresh(case).state == "VOID"
    assert urlsplit(answer["Location"]).path == behind.get_absolute_url()
    assert parse_qs(urlsplit(answer["Location"]).query) == {"tab": ["open"], "n": ["1"]}


# Glance


def test_glance_shows_last_records_and_next_step(people):
    case = ready_for("investigate", people, State.INVESTIGATING)
    for _time in range(4):
        take("investigate", case, people["Z"], people)

    page = signed_in(people["Z"]).get(
        reverse("cases:preview", args=[case.public_id]), headers={"HX-Request": "true"}
    )

    assert "<html" not in page.content.decode()
    assert [line.event.seq for line in page.context["lines"]] == [4, 3, 2]
    assert page.context["first"] is not None


def test_glance_without_scripts_is_a_page(people):
    case = due(people, 1)

    page = signed_in(people["Z"]).get(reverse("cases:preview", args=[case.public_id])).content.decode()

    assert "<html" in page
    assert case.number in page


# Cost

MOST_QUERIES = 12


def queries(user: User, url: str) -> int:
    client = signed_in(user)
    client.get(url)  # sessions and content types are read once
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def hundred(people) -> dict[str, User]:
    """A hundred open cases with clocks, on which everybody has something to see."""
    for days in range(100):
        case = due(people, days - 30, is_priority=bool(days % 3))
        if days < 30:
            share(case, "housing")
    return {
        **people,
        "leader": make_user("leader01", agency="district", role="leader"),
    }


def test_list_asks_as_often_for_a_hundred_rows_as_for_twenty(hundred):
    found = {
        name: tuple(queries(user, f"{LIST}?tab=open&rows={rows}") for rows in (20, 50, 100))
        for name, user in hundred.items()
    }

    assert {name: len(set(counts)) for name, counts in found.items()} == dict.fromkeys(found, 1)
    assert max(counts[0] for counts in found.values()) <= MOST_QUERIES, found
    # Whoever sees cases only because they were shared gets no lamps, so nothing is asked about time limits.
    assert {counts[0] for name, counts in found.items() if name != "H"} == {
        max(counts[0] for counts in found.values())
    }


def test_case_page_from_a_list_stays_within_twenty_queries(people):
    case = ready_for("order", people, State.INVESTIGATING, workers=3)
    propose("order", case, people["Z"], people)
    url = f"{case.get_absolute_url()}?tab=open&n=1"

    clock(case, "T10", TODAY, TODAY + timedelta(days=80), raw_end=TODAY)

    found = {letter: queries(people[letter], url) for letter in "WZJLH"}

    assert max(found.values()) <= 20, found
