"""The lists of codes: what the district changes shows in forms and labels, and nothing stored is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agencies import code_lists
from agencies.models import CodeItem, SettingChange, Town
from cases.edit_form import EditForm
from inspection.forms import ConcludeForm
from inspection.registration_forms import RegisterForm
from inspection.states import Cause, State
from tests.inspection.situations import complaint, staff
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_user("admin01", agency="district", role="sysadmin")


@pytest.fixture
def site(client, admin):
    client.force_login(admin)
    return client


def edit(admin, name, code, **changed):
    item = next(item for item in code_lists.items(name) if item.code == code)
    values = {"text": item.label, "order": item.order, "in_use": item.in_use, "seen": 0}
    code_lists.edit(by=admin, name=name, code=code, **values | changed)


def codes(choices):
    return [code for code, _label in choices]


def test_without_rows_a_list_is_as_the_program_delivers_it():
    assert code_lists.choices("cause") == [(code, str(label)) for code, label in Cause.choices]
    assert code_lists.label("cause", "02") == "总包未及时足额代发"
    assert code_lists.label("cause", "") == ""
    assert code_lists.label("cause", "77") == "77"


def test_a_new_code_stands_in_the_form_where_its_order_says(site):
    response = site.post(
        reverse("agencies:list", args=["cause"]), {"code": "11", "text": "结算资料缺失", "order": "25"}
    )

    assert response.status_code == 302
    case = complaint(staff("WZX"), State.INVESTIGATING)
    offered = ConcludeForm(case=case).fields["cause"].choices
    assert codes(offered)[:5] == ["", "01", "02", "11", "03"]
    assert ("11", "结算资料缺失") in EditForm(case=case).fields["cause"].choices
    case.complaint.cause = "11"
    assert case.complaint.get_cause_display() == "结算资料缺失"


def test_a_retired_code_is_offered_no_more_and_stays_where_it_is_stored(admin):
    case = complaint(staff("WZX"), State.INVESTIGATING, details={"cause": "08"})
    other = complaint(staff_of(case), State.INVESTIGATING)

    edit(admin, "cause", "08", in_use=False)

    assert "08" not in codes(ConcludeForm(case=other).fields["cause"].choices)
    assert "08" in codes(ConcludeForm(case=case).fields["cause"].choices)
    assert case.complaint.get_cause_display() == "恶意欠薪、逃匿"


def staff_of(case):
    return {"Z": case.assignments.get(duty="lead").user, "X": case.assignments.get(duty="second").user} | {
        "W": case.registered_by
    }


def test_a_label_that_was_changed_shows_in_forms_and_on_the_case(admin):
    edit(admin, "channel", "window", text="群众来访窗口")

    assert ("window", "群众来访窗口") in RegisterForm(user=admin).fields["channel"].choices
    assert complaint(staff("WZX")).complaint.get_channel_display() == "群众来访窗口"


def test_a_new_channel_is_registered(admin):
    code_lists.add(by=admin, name="channel", code="walk_in", text="上门走访", order=5)

    field = RegisterForm(user=admin).fields["channel"]

    assert field.clean("walk_in") == "walk_in"
    with pytest.raises(ValidationError, match="来源里没有这一项"):
        field.clean("walk_out")


@pytest.mark.parametrize("name", ["closing", "project_type", "industry"])
def test_lists_on_whose_codes_something_hangs_do_not_grow(site, name):
    response = site.post(reverse("agencies:list", args=[name]), {"code": "X1", "text": "新的", "order": "5"})

    assert response.status_code == 404
    assert not CodeItem.objects.exists()


def test_closing_ways_keep_their_codes_under_new_labels(admin):
    edit(admin, "closing", "01", text="责令后付清")
    case = complaint(staff("WZX"), State.ORDERED)

    offered = case.workflow.by_name["close_paid"].form(case=case, by=None).fields["outcome"].choices

    assert ("01", "责令后付清") in list(offered)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "01"}, "代码01已经有了，停用的也不能再用"),
        ({"code": "123"}, "代码用字母和数字，最多2位，现在是“123”"),
        ({"code": "十一"}, "代码用字母和数字"),
        ({"code": ""}, "还没填代码"),
        ({"text": ""}, "还没填名称"),
        ({"text": "其他"}, "和代码99的名称一样，写得能分开"),
        ({"order": "x"}, "顺序要填整数，例如 25"),
        ({"order": "-1"}, "顺序不能小于0"),
    ],
)
def test_a_code_that_does_not_fit_is_said_and_not_added(site, typed, sentence):
    values = {"code": "12", "text": "新的原因", "order": "200"} | typed

    response = site.post(reverse("agencies:list", args=["cause"]), values)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not CodeItem.objects.exists()


def test_a_change_is_on_record_and_an_outdated_form_changes_nothing(site):
    url = reverse("agencies:code", args=["cause", "10"])
    values = {"text": "财政资金不到位", "order": "100", "in_use": "on", "seen": "0"}

    saved = site.post(url, values)
    late = site.post(url, values | {"text": "别的说法"})

    assert (saved.status_code, late.status_code) == (302, 409)
    assert "有人改过这个代码" in late.content.decode()
    assert code_lists.label("cause", "10") == "财政资金不到位"
    row = SettingChange.objects.get()
    assert (row.key, row.subject) == ("cause:10", "欠薪原因 10 财政资金不到位")
    assert row.lines == [("名称", "政府投资资金不到位", "财政资金不到位")]


def test_the_last_code_in_use_stays(admin):
    for code in codes(code_lists.choices("verdict"))[1:]:
        edit(admin, "verdict", code, in_use=False)

    with pytest.raises(ValidationError, match="这是最后一个在用的代码"):
        edit(admin, "verdict", codes(code_lists.choices("verdict"))[0], in_use=False)


# Towns


def test_a_town_is_added_renamed_and_retired(site, admin):
    new = site.post(
        reverse("agencies:list", args=["towns"]), {"code": "gaoxin", "text": "高新区", "order": "99"}
    )
    case = complaint(staff("WZX"), town=Town.objects.get(code="gaoxin"))
    retired = site.post(
        reverse("agencies:code", args=["towns", "gaoxin"]),
        {"text": "高新街道", "order": "99", "seen": SettingChange.objects.get().pk},
    )

    assert (new.status_code, retired.status_code) == (302, 302)
    town = Town.objects.get(code="gaoxin")
    assert (town.name, town.in_use) == ("高新街道", False)
    assert town not in RegisterForm(user=admin).fields["town"].queryset
    assert town in EditForm(case=case).fields["town"].queryset


# Reading


def test_the_rows_are_read_once_in_a_request(site, django_assert_num_queries, admin):
    edit(admin, "cause", "01", text="建设单位没有拨款")

    with code_lists.reading_once(), django_assert_num_queries(1):
        for _row in range(20):
            code_lists.label("cause", "01")
            code_lists.choices("channel")


def test_what_another_process_changed_shows_at_the_next_request(admin):
    with code_lists.reading_once():
        before = code_lists.label("cause", "01")
        CodeItem.objects.create(list="cause", code="01", label="甲", order=1)
        same = code_lists.label("cause", "01")

    assert before == same != "甲"
    assert code_lists.label("cause", "01") == "甲"


@pytest.mark.parametrize(
    "name", ["cause", "channel", "verdict", "industry", "closing", "project_type", "towns"]
)
def test_every_list_has_a_page_and_every_code_too(site, name):
    assert name in site.get(reverse("agencies:lists")).content.decode()
    items = site.get(reverse("agencies:list", args=[name])).context["items"]
    assert items

    assert site.get(reverse("agencies:code", args=[name, items[0].code])).status_code == 200
    assert site.get(reverse("agencies:code", args=[name, "none"])).status_code == 404


def test_a_list_that_does_not_exist_is_not_found(site):
    assert site.get(reverse("agencies:list", args=["nothing"])).status_code == 404
