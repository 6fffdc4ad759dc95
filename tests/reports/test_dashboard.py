"""领导看板 and the lists behind its numbers, as served."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.services import load_agencies
from reports.parts import PARTS
from reports.periods import Period
from tests.people import make_user
from tests.reports.complaints import complaint, payment, record_reopening, worked_example, worker

pytestmark = pytest.mark.django_db

DAYS = {"from_on": date(2025, 1, 1), "as_of": date(2025, 10, 31)}
PERIOD = {"period": "custom", "from_on": "2025-01-01", "as_of": "2025-10-31"}
TOTAL = re.compile(r"<h1>[^<]*?([\d,]+)件</h1>")
PLACES = [(id_, part) for id_ in PARTS for part in PARTS[id_]]


@pytest.fixture
def sign_in(client):
    def as_(name="leader01", agency="district", role="leader"):
        load_agencies()
        client.force_login(make_user(name, agency=agency, role=role))
        return client

    return as_


@pytest.fixture
def leader(sign_in):
    return sign_in()


def board(client, **query):
    return client.get(reverse("reports:dashboard"), query or PERIOD)


def list_of(client, indicator, part, **query):
    return client.get(reverse("reports:cases", args=[indicator, part]), {**PERIOD, **query})


def period_of(response):
    return response.context["view"].chosen


def total(response):
    return int(TOTAL.search(response.content.decode())[1].replace(",", ""))


def text_of(response):
    """The words of the page, without tags and with single spaces."""
    without_tags = re.sub(r"<[^>]+>", "", response.content.decode())
    return re.sub(r"\s+", " ", unescape(without_tags))


def test_the_board_says_which_share_is_reported_and_what_the_others_say(leader):
    worked_example()

    text = text_of(board(leader))

    assert (
        "各口径对照（报送用K1）和K1的构成"
        " 欠薪投诉立案办结率97.62%，低于目标98%，再办结1件可达标（口径：期初未结+本期立案）；"
        "当期立案办结率98.33%，达到目标98%（口径：只算本期立案）；"
        "按期办结率98.32%，达到目标98%（口径：办结期限（含批准的延长）在本期内）"
    ) in text
    assert "97.62% 办结123/应办126 低于目标98% 再办结1件可达标 看没办结的3件" in text
    assert "口径：期初未结+本期立案，2025-01-01至2025-10-31（K1，报送用）" in text
    assert "2025-01-01至2025-10-31（含首尾两日），数据时间" in text


@pytest.mark.parametrize(
    ("basis", "counts"), [("K1", [0, 1, 1]), ("K2", [1, 0, 1]), ("K3", [1, 0, 1])]
)  # the other red card is that of the overdue cases
def test_a_share_is_amber_up_to_one_point_below_the_target(leader, basis, counts):
    worked_example()

    page = board(leader, **PERIOD, basis=basis).content.decode()

    assert [page.count(f'"kpi-card kpi-{state}"') for state in ("met", "near", "below")] == counts


def test_money_and_time_are_on_the_board(leader):
    case = complaint(filed_on=date(2025, 3, 3), closed_on=date(2025, 3, 13), is_priority=True)
    complaint(filed_on=date(2025, 3, 3), closed_on=date(2025, 3, 23))
    payment(worker(case), 1_234_500, paid_on=date(2025, 3, 7))

    text = text_of(board(leader))

    assert "1.23 万元" in text
    assert "10.00 天 中位数10.00天 办结的1件→ 全部2件平均15.00天" in text
    assert "没有超期的案件" in text


def test_nothing_to_count_shows_dashes_and_no_verdict(leader):
    response = board(leader)

    text = text_of(response)
    values = re.findall(r'"kpi-value">(?:<a [^>]*>)?([^<]*)', response.content.decode())
    assert values == ["—", "—", "0", "0.00", "—", "0", "0"]
    assert "没有应办的案件，不作比较" in text
    assert "达到目标" not in text
    assert "低于目标" not in text


@pytest.mark.parametrize("place", PLACES)
def test_every_part_has_its_page_also_when_it_is_empty(leader, place):
    response = list_of(leader, *place)

    assert response.status_code == 200
    assert "这个数是0，没有案件" in text_of(response)


def test_the_list_shows_number_parties_dates_and_state(leader):
    case = complaint(filed_on=date(2025, 3, 3), closed_on=date(2025, 4, 7), due_on=date(2025, 5, 30))

    text = text_of(list_of(leader, "K1", "numerator"))

    assert f"{case.case_no} {case.title} 2025-03-03 2025-05-30 2025-04-07 结案" in text


def test_the_list_of_a_past_cut_off_says_what_was_true_then(leader):
    case = complaint(filed_on=date(2025, 3, 3), reopened_on=date(2025, 11, 3))
    record_reopening(case, on=date(2025, 11, 3), closed_on=date(2025, 4, 7))
    closed_since = complaint(filed_on=date(2025, 3, 3), closed_on=date(2025, 11, 4))

    closed = text_of(list_of(leader, "K1", "numerator"))
    still_open = text_of(list_of(leader, "K1", "gap"))

    assert f"{case.case_no} {case.title} 2025-03-03 — 2025-04-07 调查取证" in closed
    assert f"{closed_since.case_no} {closed_since.title} 2025-03-03 — 未办结 结案" in still_open
    assert "是否办结按截止日，状态是现在的" in closed


def test_the_list_is_paged_and_due_first(leader):
    for day in range(1, 53):
        complaint(filed_on=date(2025, 3, 3), due_on=date(2025, 3, 3) + timedelta(days=day))

    first, second = list_of(leader, "K1", "gap"), list_of(leader, "K1", "gap", page="2")

    assert total(first) == total(second) == 52
    assert [len(page.context["page_obj"]) for page in (first, second)] == [50, 2]
    assert first.context["page_obj"][0].due_then == date(2025, 3, 4)
    assert "from_on=2025-01-01" in first.content.decode().split('rel="next"')[1].split(">")[0]


@pytest.mark.parametrize("many", [1, 30])
def test_a_list_needs_the_same_number_of_queries_for_any_number_of_cases(
    leader, django_assert_num_queries, many
):
    for _ in range(many):
        payment(
            worker(complaint(filed_on=date(2025, 3, 3), due_on=date(2025, 5, 30))),
            5,
            paid_on=date(2025, 3, 7),
        )
    list_of(leader, "K1", "gap")

    with django_assert_num_queries(5):  # session, person with agency, count, page, unread messages
        list_of(leader, "K1", "gap")


def test_the_year_to_date_is_the_default_and_the_month_one_click_away(leader):
    today = timezone.localdate()

    year, month = board(leader, period="year"), board(leader, period="month")

    assert period_of(year) == period_of(board(leader, period="")) == Period(date(today.year, 1, 1), today)
    assert period_of(month) == Period(today.replace(day=1), today)
    assert period_of(board(leader, period="quarter")).from_on.month == 1 + (today.month - 1) // 3 * 3
    assert 'basis=K1" aria-current="page">本月</a>' in month.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"period": "custom"}, "还没填开始日期"),
        ({"period": "custom", "from_on": "2025-01-01", "as_of": ""}, "还没填截止日期"),
        ({"period": "custom", "from_on": "x", "as_of": "2025-10-31"}, "日期看不懂"),
        (
            {"period": "custom", "from_on": "2025-02-01", "as_of": "2025-01-31"},
            "截止日期2025-01-31早于开始日期2025-02-01",
        ),
        ({"period": "custom", "from_on": "2025-02-01", "as_of": "明天"}, "晚于今天"),
        ({"period": "decade"}, "选本年累计、本季、本月或自选"),
    ],
)
def test_a_period_that_cannot_be_understood_is_said_beside_the_field(leader, query, sentence):
    for response in (board(leader, **query), leader.get(reverse("reports:cases", args=["K1", "gap"]), query)):
        assert response.status_code == 422
        assert sentence in text_of(response)
        assert "kpi-card" not in response.content.decode()


@pytest.mark.parametrize("place", [("K4", "gap"), ("K1", "everything"), ("K6", "gap"), ("x" * 300, "gap")])
def test_a_number_that_there_is_not_is_not_found(leader, place):
    assert list_of(leader, *place).status_code == 404


@pytest.mark.parametrize("town", ["\x00", "镇\x00", "nowhere"])
def test_a_town_that_there_is_not_is_not_found(leader, town):
    answer = leader.get(reverse("reports:cases", args=["K1", "gap"]), {"town": town})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("name", "agency", "role", "seen"),
    [
        ("leader01", "district", "leader", 3),
        ("stats01", "hrss", "stats", 2),
        ("head01", "inspection", "inspection_head", 2),
        ("inspector01", "inspection", "inspector", 2),
        ("instdir01", "arb", "institute_head", 0),
    ],
)
def test_a_person_finds_only_the_cases_of_the_own_office(sign_in, name, agency, role, seen):
    client = sign_in(name, agency, role)
    for body in ("inspection", "inspection", "housing"):
        complaint(filed_on=date(2025, 3, 3), agency=body, applicant_pinyin="", respondent_pinyin="")

    response = list_of(client, "K1", "denominator")

    assert total(response) == len(response.context["page_obj"]) == seen
    assert board(client).context["board"].figures["K1"].denominator == seen


@pytest.mark.parametrize(
    ("name", "agency", "role"),
    [
        ("window01", "inspection", "window"),
        ("housing01", "housing", "liaison"),
        ("admin01", "district", "sysadmin"),
    ],
)
def test_who_may_not_see_figures_gets_neither_board_nor_list(sign_in, name, agency, role):
    client = sign_in(name, agency, role)

    assert board(client).status_code == 403
    assert list_of(client, "K1", "gap").status_code == 403


def test_figures_are_read_only(leader):
    assert leader.post(reverse("reports:dashboard")).status_code == 405


# On the wall


def test_wall_shows_the_same_figures_and_nothing_to_work_with(leader):
    worked_example()

    desk, wall = board(leader), board(leader, **PERIOD, wall="1")

    assert [card.value for card in wall.context["cards"]] == [card.value for card in desk.context["cards"]]
    page = wall.content.decode()
    assert "data-wall" in page
    assert "data-wall" not in desk.content.decode()
    assert "各口径对照" not in page
    assert wall.context["desk_url"] in page.replace("&amp;", "&")


def test_wall_renews_itself_without_keeping_the_session_alive(leader):
    page = unescape(board(leader, **PERIOD, wall="1").content.decode())

    assert 'hx-trigger="every 300s"' in page
    assert f'hx-get="{board(leader).context["wall_url"]}"' in page
    assert '{"Huxin-Poll": "1"}' in page
    assert "hx-trigger" not in re.search(r'<div id="board"[^>]*>', board(leader).content.decode())[0]


def test_wrong_period_on_the_wall_asks_for_another(leader):
    answer = board(leader, period="custom", from_on="x", as_of="2025-10-31", wall="1")

    assert answer.status_code == 422
    assert 'name="from_on"' in answer.content.decode()
