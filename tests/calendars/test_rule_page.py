"""One time limit as a page: what may be set, the example while it is typed, saving, and the clocks that follow."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from agencies.models import SettingChange
from calendars import catalogue, services
from calendars.models import RuleSetting
from calendars.rules import Period, Unit, calendar_days, working_days
from cases import clocks
from cases.tasks import begin_rule_settings
from inspection import deadlines as d
from inspection.states import State
from tests.inspection.situations import complaint, fresh, staff
from tests.people import make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _calendar_and_day():
    services.load_official_calendars()
    with time_machine.travel("2026-11-24 10:00+08:00", tick=False):
        yield


@pytest.fixture
def admin():
    return make_user("admin01", agency="district", role="sysadmin")


@pytest.fixture
def site(client, admin):
    client.force_login(admin)
    return client


def page(site, code):
    return site.get(reverse("calendars:rule", args=[code]))


def type_in(site, code="T04", *, do="save", **changed):
    """What a person has on the page before pressing the button: reckoned as it was typed."""
    values = {
        "length": "15",
        "unit": "working_days",
        "valid_from": "2026-11-24",
        "example": "2026-11-24",
        "reason": "局里2026年第9次会议",
        "seen": str(services.newest_setting(code)),
        "do": do,
    } | changed
    digest = f"{values['length']} {values['unit']} {values['valid_from']}"
    return site.post(reverse("calendars:rule", args=[code]), {"checked": digest} | values)


# What may be set


def test_a_length_fixed_by_law_is_shown_with_the_reason_and_without_a_form(site):
    text = page(site, "T10").content.decode()

    assert "规定了这个长度，已按原文核对（把握H），本单位不能改" in text
    assert 'name="length"' not in text
    assert type_in(site, "T10").status_code == 403
    assert not RuleSetting.objects.exists()


def test_a_rule_without_length_says_what_sets_it(site):
    assert "这条期限没有固定长度" in page(site, "T05").content.decode()


def test_where_the_law_leaves_only_the_days_open_the_length_stays(site):
    response = type_in(site, "LA-01", length="30", checked="7 working_days 2026-11-24")

    setting = RuleSetting.objects.get()
    assert response.status_code == 302
    assert (setting.length, setting.unit) == (7, "working_days")


def test_everybody_reads_a_rule_and_only_who_may_sets_it(client):
    client.force_login(make_user())
    text = page(client, "T04").content.decode()

    assert "10个工作日" in text
    assert 'name="length"' not in text
    assert type_in(client).status_code == 403
    client.force_login(make_user("head01", role="inspection_head"))
    assert type_in(client).status_code == 302


def test_an_unknown_rule_is_not_found(site):
    assert page(site, "T99").status_code == 404


# The example


def test_the_example_counts_by_the_calendar_and_saves_nothing(site):
    response = type_in(site, do="example", length="5", example="2026-02-10", reason="")
    text = response.content.decode()

    assert response.status_code == 200
    assert response.context["example"].due.due_on == date(2026, 2, 24)
    for words in ("2026年2月24日 周二", "按现在的规定", "10个工作日", "春节", "调休上班", "保存这条规则"):
        assert words in text
    assert not RuleSetting.objects.exists()


def test_the_example_is_a_fragment_for_the_script(site):
    values = {"length": "5", "unit": "calendar_days", "valid_from": "20261124", "example": "20261124"}

    response = site.post(reverse("calendars:rule", args=["T04"]), values, headers={"HX-Request": "true"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in text
    assert "2026年11月30日 周一" in text  # the 29th is a Sunday


def test_the_example_of_what_cannot_be_read_says_why(site):
    response = site.post(
        reverse("calendars:rule", args=["T04"]),
        {"length": "0", "unit": "working_days", "valid_from": "2026-11-24", "example": "2029-11-24"},
        headers={"HX-Request": "true"},
    )

    assert "长度至少是1，现在是0" in response.content.decode()
    assert "保存这条规则" not in response.content.decode()


# Saving


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"length": "0"}, "长度至少是1，现在是0"),
        ({"length": ""}, "还没填长度"),
        ({"length": "十"}, "长度要填整数，例如10"),
        ({"length": "1000"}, "长度最多填999，核对一下"),
        ({"unit": "fortnights"}, "这条期限只能选列出的单位"),
        ({"valid_from": "2026-11-23"}, "生效日期不能早于今天"),
        ({"valid_from": "2036-11-23"}, "生效日期离今天太远，核对年份"),
        ({"valid_from": "2026-02-30"}, "日期看不懂"),
        ({"reason": " "}, "还没填依据和理由"),
        ({"length": "10"}, "和现在的规定一样，没有要保存的"),
        ({"example": "2031-11-24"}, "2031年的放假安排没有录入"),
    ],
)
def test_what_does_not_fit_is_said_and_stays_typed(site, typed, sentence):
    response = type_in(site, **typed)
    text = response.content.decode()

    assert response.status_code == 422
    assert sentence in text
    assert "局里2026年第9次会议" in text or "reason" in typed
    assert not RuleSetting.objects.exists()


def test_what_was_not_reckoned_as_typed_is_shown_before_it_is_saved(site):
    response = type_in(site, checked="12 working_days 2026-11-24")

    assert response.status_code == 200
    assert "核对例子再保存" in response.content.decode()
    assert not RuleSetting.objects.exists()


def test_a_rule_that_was_set_meanwhile_is_not_overwritten(site, admin):
    services.set_rule(code="T04", period=working_days(12), valid_from=TODAY, by=admin, reason="先到")

    response = type_in(site, seen="0")

    assert response.status_code == 409
    assert "有人改过这条规则" in response.content.decode()
    assert RuleSetting.objects.count() == 1


def test_the_button_pressed_twice_sets_once(site):
    statuses = [type_in(site, seen="0").status_code for _time in range(2)]

    assert statuses == [302, 302]
    assert RuleSetting.objects.count() == 1


def test_the_history_says_who_when_old_and_new(site):
    type_in(site)
    type_in(site, length="12", valid_from="2026-12-01", reason="再改")
    response = page(site, "T04")

    versions = [
        (row.length, before.period.length, row.valid_from) for row, before in response.context["versions"]
    ]
    assert versions == [(12, 15, date(2026, 12, 1)), (15, 10, TODAY)]
    text = response.content.decode()
    for words in ("测试admin01", "局里2026年第9次会议", "再改", "还没生效", "现行"):
        assert words in text
    assert [row.act for row in SettingChange.objects.all()] == ["修改时限规则"] * 2


def test_a_new_length_keeps_what_the_form_does_not_ask_for(site, admin):
    services.set_rule(
        code="T07c", period=working_days(15), valid_from=TODAY, by=admin, reason="x", extension=5
    )

    type_in(site, "T07c", length="10")

    assert services.effective_rule("T07c").extension.most == 5


# Clocks that run


@pytest.fixture
def running():
    """A complaint in which the worker has until 12月4日 to supply what is missing."""
    people = staff("WZX")
    case = complaint(people, State.CORRECTING)
    clocks.start(case, d.SUPPLY_MISSING, date(2026, 11, 20))
    return case


def due_on(case):
    return case.clocks.get(rule_code="T04").due_on


def test_running_clocks_are_counted_before_and_moved_with_the_setting(site, running):
    before = due_on(running)
    shown = type_in(site, do="example").content.decode()
    still = due_on(running)

    saved = type_in(site)

    assert "现在有1条正在计时的期限，到期日会跟着改" in shown
    assert (before, still, due_on(running)) == (date(2026, 12, 4), date(2026, 12, 4), date(2026, 12, 11))
    assert RuleSetting.objects.get().moved == 1
    assert "重算了1条正在计时的期限" in site.get(saved["Location"]).content.decode()
    event = fresh(running).timeline.first()
    assert (event.step, event.note) == ("recompute", "局里2026年第9次会议")
    assert (event.before, event.after) == ({"T04": "2026-12-04"}, {"T04": "2026-12-11"})


def test_a_clock_that_is_over_or_has_its_date_from_a_document_stays(site, running):
    clock = running.clocks.get(rule_code="T04")
    clock.set_due_on = clock.due_on
    clock.save()

    type_in(site)

    assert due_on(running) == date(2026, 12, 4)
    assert RuleSetting.objects.get().moved == 0


def test_a_length_from_a_later_day_moves_the_clocks_on_that_day(site, running):
    saved = type_in(site, valid_from="2026-12-01")
    at_once = due_on(running)
    said = site.get(saved["Location"]).content.decode()

    with time_machine.travel("2026-12-01 00:10+08:00", tick=False):
        begin_rule_settings()
        begin_rule_settings()

    assert "2026-12-01起生效" in said
    assert (at_once, due_on(running)) == (date(2026, 12, 4), date(2026, 12, 11))
    assert RuleSetting.objects.get().moved == 1
    assert fresh(running).timeline.filter(step="recompute").count() == 1


def test_a_length_that_reaches_a_year_without_working_days_is_refused_whole(site, running):
    response = type_in(site, length="900")

    assert response.status_code == 422
    assert "放假安排没有录入" in response.content.decode()
    assert due_on(running) == date(2026, 12, 4)
    assert not RuleSetting.objects.exists()


def test_counting_what_would_move_takes_the_same_number_of_queries_for_many(
    running, django_assert_num_queries
):
    rule = services.with_setting(
        services.effective_rule("T04"), RuleSetting(length=15, unit=Unit.WORKING_DAYS.value, pk=1)
    )
    services.would_move(rule)
    people = {"W": running.registered_by}
    for _each in range(3):
        clocks.start(complaint(people, State.CORRECTING), d.SUPPLY_MISSING, TODAY)

    from_start = Period(15, Unit.WORKING_DAYS)
    assert rule.period == from_start
    with services.memo.reading_once(), django_assert_num_queries(4):
        assert services.would_move(rule) == 4


# The list


def shown(site, **query):
    context = site.get(reverse("calendars:rules"), query).context
    return [rule.code for _title, rules in context["groups"] for rule in rules]


def test_the_list_is_narrowed_by_track_words_and_what_may_be_set(site):
    assert shown(site) == [rule.code for rule in catalogue.all_rules()]
    assert {code.partition("-")[0] for code in shown(site, family="LA")} == {"LA"}
    assert shown(site, q="t07") == ["T07a", "T07b", "T07c"]
    assert shown(site, q="线索 办结") == ["T07c"]
    assert "T10" not in shown(site, open="on")
    assert "T04" in shown(site, open="on")
    assert shown(site, q="没有这样的规则") == []


def test_the_list_asks_the_same_number_of_queries_with_settings_as_without(
    site, admin, django_assert_max_num_queries
):
    site.get(reverse("calendars:rules"))
    with django_assert_max_num_queries(30) as without:
        site.get(reverse("calendars:rules"))
    for code in ("T04", "T07a", "T07b", "T08"):
        services.set_rule(code=code, period=calendar_days(9), valid_from=TODAY, by=admin, reason="x")

    with django_assert_max_num_queries(30) as with_settings:
        site.get(reverse("calendars:rules"))

    assert len(with_settings.captured_queries) == len(without.captured_queries)
