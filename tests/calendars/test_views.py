"""The pages: 期限计算器, 期限规则, the calendar, its edit form and its history."""

from datetime import date

import pytest
from django.urls import reverse

from calendars import services
from calendars.models import CalendarVersion
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calendar():
    services.load_official_calendars()


@pytest.fixture
def reader(client):
    client.force_login(make_user())
    return client


@pytest.fixture
def editor(client):
    user = make_user("admin01", agency="district", role="sysadmin")
    client.force_login(user)
    return client


def calculate(client, **query):
    return client.get(reverse("calendars:calculator"), query)


def test_the_empty_calculator(reader):
    response = calculate(reader)

    assert response.status_code == 200
    assert "怎么算的" not in response.content.decode()
    assert "ARB-23 作出裁决" in response.content.decode()


def test_a_rule_in_the_address_is_chosen_in_the_form(reader):
    response = calculate(reader, rule="T10")

    assert response.status_code == 200
    assert '<option value="T10" selected>' in response.content.decode()


def test_the_calculator_answers_and_explains(reader):
    response = calculate(reader, rule="T01", start="20260210")
    page = response.content.decode()

    assert response.status_code == 200
    assert response.context["due"].due_on == date(2026, 2, 24)
    for text in ("2026年2月24日 周二", "怎么算的", "调休上班", "春节", "第十八条", "（当日不计）", "第1版"):
        assert text in page


def test_the_calculator_takes_pauses_extension_and_restart(reader):
    response = calculate(
        reader,
        rule="ARB-23",
        start="2026-03-20",
        pauses="2026年4月10日 至 2026年6月1日",
        extend="15",
        restart="",
    )

    assert response.context["due"].due_on == date(2026, 7, 10)
    assert response.context["remarks"] == []
    restarted = calculate(reader, rule="ARB-23", start="2026-03-20", restart="2026.4.13")
    assert restarted.context["due"].due_on == date(2026, 5, 28)
    assert "原起算日2026年3月20日 周五" in restarted.content.decode()


def test_the_calculator_counts_hours_from_the_time_given(reader):
    page = calculate(reader, rule="T40b", start="2026-11-20", at="1430").content.decode()

    assert "2026年11月21日 周六 14:30" in page


def test_the_calculator_says_what_is_provisional(reader):
    page = calculate(reader, rule="T10", start="2026-11-24").content.decode()

    assert "预计2027年2月23日（2027年放假安排未公布，公布后自动重算）" in page


def test_the_calculator_says_what_sets_the_date_of_a_rule_without_length(reader):
    response = calculate(reader, rule="LA-02", start="2026-04-27")

    assert response.status_code == 200
    assert "由补充材料通知书确定" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"rule": "", "start": "2026-02-10"}, "还没选期限"),
        ({"rule": "T01", "start": ""}, "还没填起算日"),
        ({"rule": "T01", "start": "2026-02-30"}, "日期看不懂，可写20261123或者2026-11-23"),
        ({"rule": "T99", "start": "2026-02-10"}, "T99"),
        ({"rule": "T01", "start": "2026-02-10", "pauses": "2026-02-11"}, "中止一行写两个日期"),
        ({"rule": "T01", "start": "2026-02-10", "pauses": "2026-02-12 2026-02-11"}, "早于中止日"),
        ({"rule": "T01", "start": "2026-02-10", "pauses": "2026-02-12 2026-02-30"}, "没有这一天"),
        ({"rule": "T01", "start": "2026-02-10", "extend": "x"}, "延长要填整数"),
        ({"rule": "T01", "start": "2026-02-10", "restart": "2026-02-01"}, "重新起算的日子早于原来的起算日"),
        ({"rule": "T10", "start": "2027-11-24"}, "2028年的放假安排没有录入"),
        ({"rule": "T10", "start": "2026-11-24", "official_only": "on"}, "2027年的放假安排没有录入"),
        ({"rule": "T40b", "start": "2026-11-24", "at": "25:99"}, "时间看不懂"),
    ],
)
def test_a_question_that_cannot_be_answered_is_422_with_a_sentence(reader, query, sentence):
    response = calculate(reader, **query)
    page = response.content.decode()

    assert response.status_code == 422
    assert 'class="error-summary"' in page
    assert sentence in page


def test_a_long_way_is_told_in_stretches(reader):
    page = calculate(reader, rule="AFT-09a", start="2026-03-20").content.decode()

    assert page.count("<tr") < 40
    assert "2036" in page


def test_every_rule_is_on_the_page_of_rules(reader):
    page = reader.get(reverse("calendars:rules")).content.decode()

    for text in ("T01", "PRI-08", "LA-14", "60个工作日", "24小时", "内部目标", "由补充材料通知书确定"):
        assert text in page


def test_a_year_shows_its_holidays_in_words(reader):
    page = reader.get(reverse("calendars:year", args=[2026])).content.decode()

    assert "2月，16个工作日" in page
    assert ">班</span>" in page
    assert "放假安排未公布" not in page
    assert reverse("calendars:edit_year", args=[2026]) not in page


def test_the_next_year_is_said_to_be_expected(reader):
    assert "2027年放假安排未公布" in reader.get(reverse("calendars:year", args=[2027])).content.decode()


@pytest.mark.parametrize("year", [2024, 2028, 9999])
def test_a_year_without_working_days_is_not_found(reader, year):
    assert reader.get(reverse("calendars:year", args=[year])).status_code == 404


def test_the_calendar_opens_on_a_known_year(reader):
    response = reader.get(reverse("calendars:calendar"))

    assert response.status_code == 302
    assert reader.get(response.url).status_code == 200


# Editing

OFF_2027 = "\n".join(
    (
        "元旦 2027-01-01 2027-01-03",
        "春节 2027-02-05 2027-02-11",
        "清明节 2027-04-03 2027-04-05",
        "劳动节 2027-05-01 2027-05-05",
        "端午节 2027-06-09",
        "中秋节 2027年9月15日",
        "国庆节 20271001 20271007",
    )
)


def edit(client, year=2027, **fields):
    values = {
        "off": OFF_2027,
        "worked": "2027-02-20 春节",
        "official": "on",
        "reason": "通知",
        "expected_version": "1",
    }
    return client.post(reverse("calendars:edit_year", args=[year]), values | fields)


def test_the_notice_is_entered(editor):
    response = edit(editor)

    assert response.status_code == 302
    calendar = services.current_calendar()
    assert calendar.official_years == {2025, 2026, 2027}
    assert (calendar.reason(date(2027, 2, 8)), calendar.reason(date(2027, 2, 20))) == ("春节", "调休上班")
    assert calendar.entry(date(2027, 2, 11)).kind == "rest"
    assert calendar.entry(date(2027, 2, 8)).kind == "statutory"
    assert calendar.entry(date(2027, 9, 15)).name == "中秋节"
    page = editor.get(reverse("calendars:history")).content.decode()
    assert "第2版" in page
    assert "通知" in page
    assert "2027-02-20 周六：照常 → 春节（上班）" in page


def test_the_form_shows_the_year_as_it_is_and_saves_it_unchanged(editor):
    form = editor.get(reverse("calendars:edit_year", args=[2026])).context["form"]
    before = services.current_calendar().days

    response = edit(editor, 2026, off=form["off"].value(), worked=form["worked"].value())

    assert response.status_code == 302
    assert services.current_calendar().days == before
    assert CalendarVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"off": ""}, "还没填放假的日子"),
        ({"off": "春节"}, "放假一行写节日和起止日期"),
        ({"off": "2027-02-05"}, "放假一行写节日和起止日期"),
        ({"off": "春节 2027-02-11 2027-02-05"}, "起止日期不对"),
        ({"off": "春节 2026-02-05"}, "不在2027年"),
        ({"off": "春节 2027-02-30"}, "日期看不懂"),
        ({"off": OFF_2027.replace("端午节 2027-06-09", "")}, "2027-06-09是法定节假日，没有写进放假"),
        ({"worked": "2027-02-22 春节"}, "2027-02-22不是周末，本来就上班"),
        ({"worked": "2027-02-06 春节"}, "2027-02-06既放假又上班"),
        ({"worked": "春节"}, "调休上班一行写一天"),
        ({"reason": ""}, "还没填依据和理由"),
    ],
)
def test_an_arrangement_that_cannot_be_is_422_and_what_was_typed_stays(editor, fields, sentence):
    response = edit(editor, **fields)
    page = response.content.decode()

    assert response.status_code == 422
    assert sentence in page
    assert "中秋节 2027年9月15日" in page or "off" in fields
    assert CalendarVersion.objects.count() == 1


def test_only_the_last_year_can_be_taken_back(editor):
    form = editor.get(reverse("calendars:edit_year", args=[2025])).context["form"]

    response = edit(editor, 2025, off=form["off"].value(), worked=form["worked"].value(), official="")

    assert response.status_code == 422
    assert "只有最后一年可以改为未公布" in response.content.decode()


def test_an_edit_of_an_older_version_is_a_conflict(editor):
    edit(editor)

    response = edit(editor, expected_version="1", reason="另一个")

    assert response.status_code == 409
    assert "有人改过日历" in response.content.decode()
    assert CalendarVersion.objects.count() == 2


def test_who_may_not_edit_the_calendar_is_refused(reader):
    assert reader.get(reverse("calendars:edit_year", args=[2027])).status_code == 403
    assert edit(reader).status_code == 403
    assert CalendarVersion.objects.count() == 1


@pytest.mark.parametrize("name", ["calculator", "rules", "calendar", "history"])
def test_strangers_are_sent_to_sign_in(client, name):
    response = client.get(reverse(f"calendars:{name}"))

    assert response.status_code == 302
    assert reverse("agencies:login") in response.url


def test_the_pages_speak_english_to_those_who_chose_it(client):
    client.force_login(make_user(language="en"))

    for name in ("calculator", "rules", "history"):
        assert 'lang="en"' in client.get(reverse(f"calendars:{name}")).content.decode()
