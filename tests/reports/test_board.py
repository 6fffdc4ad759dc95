"""What stands on the leader's page: every number with exactly its cases, for every role, day and part."""

import re
from datetime import date, timedelta
from fractions import Fraction
from html import unescape
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Town
from agencies.services import load_agencies
from calendars.services import current_calendar
from inspection.models import Complaint
from reports.board import look
from reports.definitions import K1, K3
from reports.indicators import Figure, cases_behind, measure
from reports.periods import Period, quarter_to_date, year_before, years_to_date_by_month
from reports.wording import gap_in_cases, signed_percent
from tests.people import make_user
from tests.reports.aid import application
from tests.reports.complaints import complaint, payment, worker
from tests.reports.disputes import dispute, worked_year
from tests.reports.histories import invent, store

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r'<a href="(/reports/[^"]*/\w+/\?[^"]*)">([^<]*)</a>')
COUNTED = re.compile(r"([\d,]+)件")
TOTAL = re.compile(r"<h1>[^<]*?([\d,]+)件</h1>")


def people():
    return {
        "leader": make_user("leader01", agency="district", role="leader"),
        "stats": make_user("stats01", agency="hrss", role="stats"),
        "head": make_user("head01", agency="inspection", role="inspection_head"),
        "inspector": make_user("inspector01", agency="inspection", role="inspector"),
        "institute": make_user("instdir01", agency="arb", role="institute_head"),
    }


def district_of_cases(seed, many=60):
    """Histories in three offices, with towns, industries, flags and payments here and there."""
    random = Random(seed)
    towns = [None, *Town.objects.all()[:4]]
    for _ in range(many):
        history = invent(random)
        case = store(
            history,
            agency=random.choice(["inspection", "inspection", "housing"]),
            town=random.choice(towns),
            is_priority=random.random() < 0.6,
            is_group=random.random() < 0.3,
            is_suspended=random.random() < 0.1,
        )
        if random.random() < 0.8:
            Complaint.objects.create(case=case, industry=random.choice(["", "E47", "E49", "H"]))
        for day in history.closings[:1]:
            payment(worker(case), random.randrange(1, 9) * 10_000, paid_on=day)


def page(client, **query):
    return client.get(reverse("reports:dashboard"), query)


def text_of(response):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", response.content.decode())))


def custom(as_of, from_on=None, **more):
    return {"period": "custom", "from_on": from_on or date(as_of.year, 1, 1), "as_of": as_of, **more}


def count_in(words):
    """The number of cases that the words of a link state; None where they state a rate, a sum or a time."""
    if found := COUNTED.search(words):
        return int(found[1].replace(",", ""))
    digits = re.fullmatch(r"\D*([\d,]+)", words)
    return int(digits[1].replace(",", "")) if digits else None


@pytest.mark.parametrize(
    ("role", "query"),
    [
        ("leader", custom(date(2025, 10, 31))),
        ("leader", custom(date(2025, 6, 17), date(2025, 4, 1), basis="K2")),
        ("leader", custom(date(2026, 2, 28), date(2025, 3, 1), basis="K3")),
        ("stats", custom(date(2025, 12, 31), basis="K2")),
        ("head", custom(date(2025, 8, 29), date(2025, 7, 1))),
        ("inspector", custom(date(2025, 10, 31))),
        ("institute", custom(date(2025, 10, 31))),
    ],
)
def test_every_number_leads_to_exactly_its_cases(client, role, query):
    client.force_login(people()[role])
    district_of_cases(seed=7)

    links = {unescape(url): words for url, words in NUMBER.findall(page(client, **query).content.decode())}
    stated = {url: count_in(words) for url, words in links.items() if count_in(words) is not None}
    found = {url: int(TOTAL.search(client.get(url).content.decode())[1].replace(",", "")) for url in stated}

    assert found == stated
    assert len(stated) > 120
    assert any(stated.values()) is (role != "institute")
    assert {client.get(url).status_code for url in set(links) - set(stated)} <= {200}


def test_parts_of_a_division_add_up_to_the_whole_and_are_what_a_narrow_measure_lists():
    load_agencies()
    leader = people()["leader"]
    district_of_cases(seed=3, many=80)
    chosen = Period(date(2025, 1, 1), date(2025, 9, 30))

    board = look(chosen, leader)

    days = {"from_on": chosen.from_on, "as_of": chosen.as_of, "user": leader}
    whole = {f.definition.id: f.parts for f in measure(["K1", "K2", "K3", "overdue", "age", "group"], **days)}
    for division, shares in board.divisions.items():
        assert len(shares) > 3
        for id_, parts in whole.items():
            for part, n in parts.items():
                assert sum(share.counts[id_][part] for share in shares) == n
                listed = [
                    cases_behind(id_, part, **days, only={division: share.value or ""}).count()
                    for share in shares
                ]
                assert listed == [share.counts[id_][part] for share in shares]


@pytest.mark.parametrize(
    ("filed_on", "part"),
    [
        (date(2025, 10, 31), "upto15"),
        (date(2025, 10, 11), "upto15"),  # a Saturday that was worked; 13 to 31 October are 15 days
        (date(2025, 10, 10), "upto30"),  # the worked Saturday makes it 16
        (date(2025, 7, 1), "over60"),
    ],
)
def test_ages_count_working_days_by_the_calendar_without_the_day_of_filing(filed_on, part):
    load_agencies()
    complaint(filed_on=filed_on)

    (age,) = measure(["age"], from_on=date(2025, 1, 1), as_of=date(2025, 10, 31))

    assert {name for name, n in age.parts.items() if n} == {"numerator", part}


def test_ages_cover_every_open_case_once():
    load_agencies()
    as_of = date(2025, 10, 31)
    for days in range(150):
        complaint(filed_on=as_of - timedelta(days=days))

    (age,) = measure(["age"], from_on=date(2025, 1, 1), as_of=as_of)

    old = [current_calendar().working_days_between(as_of - timedelta(days=n), as_of) for n in range(150)]
    assert age.parts == {
        "numerator": 150,
        "upto15": sum(n <= 15 for n in old),
        "upto30": sum(15 < n <= 30 for n in old),
        "upto60": sum(30 < n <= 60 for n in old),
        "over60": sum(n > 60 for n in old),
    }


def test_wages_are_compared_with_the_same_days_of_the_year_before(client):
    client.force_login(people()["leader"])
    case = complaint(filed_on=date(2024, 3, 1))
    payment(worker(case), 2_000_000, paid_on=date(2024, 5, 6))
    payment(worker(case), 9_000_000, paid_on=date(2024, 11, 1))  # after the same day of the year before
    payment(worker(case), 3_000_000, paid_on=date(2025, 5, 6))

    text = text_of(page(client, **custom(date(2025, 10, 31))))

    assert "3.00 万元 1人 明细1件→ 同比+50.0%上年同期2.00万元，1件" in text


def test_without_a_year_before_there_is_no_comparison(client):
    client.force_login(people()["leader"])
    payment(worker(complaint(filed_on=date(2025, 3, 1))), 2_000_000, paid_on=date(2025, 5, 6))

    text = text_of(page(client, **custom(date(2025, 10, 31))))

    assert "上年同期没有数据，不作同比" in text
    assert "同比+" not in text


def test_the_second_rate_stands_beside_the_first_with_its_target_and_its_cases(client):
    client.force_login(people()["leader"])
    worked_year()
    dispute(accepted_on=date(2025, 9, 1), due_on=date(2025, 10, 16))
    dispute(accepted_on=date(2025, 9, 1), is_suspended=True)

    text = text_of(page(client, **custom(date(2025, 10, 31))))

    assert (
        "劳动争议案件结案率 96.73% 结案325/应结336 低于目标97% 再结案1件可达标"
        " 没结案11件，超期1件中止1件，不计则97.01%当期97.12%，按期100.00%"
        " 口径：期初未结+本期受理，2025-01-01至2025-10-31（A1）"
    ) in text


def test_aid_given_stands_on_the_page_with_its_cases(client):
    client.force_login(people()["leader"])
    application(received_on=date(2025, 3, 3), granted_on=date(2025, 3, 7), worker_count=2)
    application(received_on=date(2025, 3, 3))

    text = text_of(page(client, **custom(date(2025, 10, 31))))

    assert "法律援助件数 1 件 2人次 本期申请2件本期结案0件期末在办1件" in text


def test_nothing_to_divide_by_shows_dashes_everywhere(client):
    client.force_login(people()["leader"])

    response = page(client)

    html, text = response.content.decode(), text_of(response)
    assert "0.00%" not in html
    assert "100%" not in html
    assert "没有应办的案件，不作比较" in text
    assert [
        chart.rows[0].cells[0].text for chart in response.context["charts"] if chart.id != "industries"
    ] == [
        "—",
        "—",
        "0",
    ]


def test_the_page_needs_the_same_queries_whatever_is_on_it(client):
    client.force_login(people()["leader"])
    page(client)  # what is asked once per process is known from here on
    counts = []
    for many in (1, 40):
        district_of_cases(seed=2, many=many)
        with CaptureQueriesContext(connection) as asked:
            page(client, **custom(date(2025, 10, 31)))
        counts.append((len(asked), sum("cases_case" in query["sql"] for query in asked)))

    # of cases: counts of three kinds, durations, wages, what aid brought, month ends of two rates;
    # beside them session, person, calendar, definition in use, towns, names of industries, unread messages
    assert counts[0] == counts[1]
    assert counts[0][1] == 8
    assert counts[0][0] <= 16


def test_numbers_stand_in_tables_without_scripts_and_are_drawn_from_them(client):
    client.force_login(people()["leader"])
    district_of_cases(seed=4)

    response = page(client, **custom(date(2025, 10, 31)))

    html = response.content.decode()
    assert html.count('<details class="chart-table" open>') == html.count("data-chart=") == 4
    months = response.context["charts"][0]
    assert [row.label for row in months.rows][::11] == ["2024-11-30", "2025-10-31"]
    assert all(row.cells[0].drawn == row.cells[0].text.rstrip("%—") for row in months.rows)
    assert "<script>" not in html


def test_towns_stand_with_the_lowest_rate_first_and_those_without_cases_last(client):
    client.force_login(people()["leader"])
    first, second, third = Town.objects.all()[:3]
    complaint(filed_on=date(2025, 3, 3), town=first, closed_on=date(2025, 4, 1))
    complaint(filed_on=date(2025, 3, 3), town=second, due_on=date(2025, 5, 30))
    complaint(filed_on=date(2025, 3, 3), closed_on=date(2025, 4, 1))

    towns = page(client, **custom(date(2025, 10, 31))).context["charts"][1]

    rows = [(row.label, *(cell.text for cell in row.cells), row.is_drawn) for row in towns.rows]
    assert rows[0] == (second.name, "0.00%", "0", "1", "1", "1", True)
    assert {rows[1], rows[2]} == {
        (first.name, "100.00%", "1", "1", "0", "0", True),
        ("没填镇街", "100.00%", "1", "1", "0", "0", True),
    }
    assert (third.name, "—", "0", "0", "0", "0", False) in rows[3:]
    assert len(rows) == Town.objects.count() + 1


@pytest.mark.parametrize("query", [{"town": "nowhere"}, {"industry": "Z9"}])
def test_a_town_or_industry_that_there_is_not_is_not_found(client, query):
    client.force_login(people()["leader"])

    assert client.get(reverse("reports:cases", args=["K1", "gap"]), query).status_code == 404


def test_a_narrowed_list_says_to_what(client):
    client.force_login(people()["leader"])
    town = Town.objects.first()

    text = text_of(
        client.get(reverse("reports:cases", args=["K1", "gap"]), {"town": town.code, "industry": "none"})
    )

    assert f"{town.name}，没填行业，" in text


def test_another_definition_is_one_click_away_and_marked_as_not_the_reported_one(client):
    client.force_login(people()["leader"])

    here, there = page(client), page(client, basis="K2")

    assert "basis=K2" in here.content.decode()
    assert "口径：期初未结+本期立案，本年累计（K1，报送用）" in text_of(here)
    assert "口径：只算本期立案，本年累计（K2，对照，报送用K1）" in text_of(there)
    assert '?period=month&amp;basis=K2"' in there.content.decode()


def test_a_definition_that_there_is_not_is_said(client):
    client.force_login(people()["leader"])

    response = page(client, basis="K9")

    assert response.status_code == 422
    assert "口径里没有这一项，选K1、K2或K3" in text_of(response)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(K1, 88, 100_000), "再办结97,912件可达标"),
        (Figure(K1, 99_000, 100_000), "比目标多办结1,000件"),
        (Figure(K1, 98, 100), ""),
        (Figure(K1, 0, 0), ""),
        (Figure(K3, 117, 120, {"due_today": 1}), "截止日到期的再办结1件可达标"),
        (Figure(K3, 117, 120, {"due_today": 0}), "今天起到期的连续30件都按期办结才可达标"),
        (Figure(K3, 60, 120, {"due_today": 0}), "超期的太多，本期内难以达标"),
        (Figure(K3, 120, 120, {"due_today": 0}), "比目标多办结2件"),
    ],
)
def test_what_is_missing_is_said_so_that_it_can_be_done(figure, words):
    assert gap_in_cases(figure) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [(Fraction(124, 1000), "+12.4%"), (Fraction(-1, 2), "-50.0%"), (Fraction(0), "+0.0%")],
)
def test_changes_have_a_sign_and_one_decimal(change, words):
    assert signed_percent(change) == words


def test_quarters_years_and_month_ends():
    assert [quarter_to_date(date(2025, month, 9)).month for month in range(1, 13)] == [
        *(1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10)
    ]
    assert year_before(Period(date(2028, 2, 29), date(2028, 3, 1))) == Period(
        date(2027, 2, 28), date(2027, 3, 1)
    )
    assert years_to_date_by_month(date(2025, 3, 5), 4) == [
        Period(date(2024, 1, 1), date(2024, 12, 31)),
        Period(date(2025, 1, 1), date(2025, 1, 31)),
        Period(date(2025, 1, 1), date(2025, 2, 28)),
        Period(date(2025, 1, 1), date(2025, 3, 5)),
    ]
