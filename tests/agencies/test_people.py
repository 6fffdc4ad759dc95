"""Accounts as the administrator changes them."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from agencies import changes, people, throttle
from agencies.models import Agency, SettingChange, User
from agencies.people import OpenDuties
from inspection.states import State
from tests.inspection.situations import complaint, staff, task
from tests.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_user("admin01", agency="district", role="sysadmin")


@pytest.fixture
def site(client, admin):
    client.force_login(admin)
    return client


def agency(code):
    return Agency.objects.get(code=code)


def columns(user, **changed):
    values = {
        "display_name": user.display_name,
        "agency": user.agency_id,
        "role": user.role,
        "licence_no": user.licence_no,
        "licence_until": "",
        "office_phone": user.office_phone,
        "seen": changes.latest("person", people.key_of(user)),
    }
    return values | changed


def address(name, user):
    return reverse(f"agencies:{name}", args=[user.public_id])


def shown_password(response):
    return re.search(r'<strong class="big-number">([^<]+)</strong>', response.content.decode())[1]


# Adding


def new_account(site, **changed):
    values = {
        "username": "wangfang",
        "display_name": "王芳",
        "agency": agency("inspection").pk,
        "role": "inspector",
    }
    return site.post(reverse("agencies:person_new"), values | {"licence_no": "示例1"} | changed)


def test_a_new_account_signs_in_with_the_password_shown_and_must_change_it(site, client):
    response = new_account(site)

    user = User.objects.get(username="wangfang")
    assert "no-store" in response["Cache-Control"]
    assert user.check_password(shown_password(response))
    assert user.must_change_password
    assert list(user.groups.all()) == [agency("inspection").group]
    row = SettingChange.objects.get()
    assert (row.act, row.subject) == ("添加账号", "王芳（wangfang）")
    assert shown_password(response) not in str(row.after)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": ""}, "还没填账号"),
        ({"username": "Wang Fang"}, "账号用3到40个小写字母、数字，第一个是字母"),
        ({"username": "ADMIN01".lower()}, "账号admin01已经有了，换一个"),
        ({"display_name": ""}, "还没填姓名"),
        ({"role": ""}, "还没选角色"),
        ({"role": "king"}, "角色里没有这一项，从列表里选"),
        ({"role": "bureau_head"}, "没有“局长”这个角色，换一个角色或者机构"),
        ({"licence_until": "2026-13-01"}, "日期看不懂，可写20261123或者2026-11-23"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_made(site, changed, sentence):
    response = new_account(site, **changed)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.count() == 1
    assert not SettingChange.objects.exists()


# Editing


def test_an_account_that_moves_follows_into_the_group_of_the_agency(site, admin):
    user = make_user("legal01", agency="hrss", role="legal_reviewer")

    response = site.post(
        address("person", user),
        columns(user, agency=agency("inspection").pk, role="inspector", licence_no="示例2"),
    )

    user = User.objects.get(pk=user.pk)
    assert response.status_code == 302
    assert (user.agency.code, user.role) == ("inspection", "inspector")
    assert list(user.groups.all()) == [agency("inspection").group]
    assert SettingChange.objects.get().lines == [
        ("机构", "重庆市铜梁区人力资源和社会保障局", "重庆市铜梁区劳动保障监察支队"),
        ("角色", "法制审核员", "监察员"),
        ("执法证号", "", "示例2"),
    ]


def test_who_moves_with_open_cases_leaves_them_to_be_reassigned(site):
    team = staff("WZX")
    complaint(team, State.INVESTIGATING)

    response = site.post(address("person", team["Z"]), columns(team["Z"], role="window"), follow=True)

    assert "换了机构或者角色，1件案件、0项协办任务等着改派" in response.content.decode()


def test_nobody_changes_the_own_role(site, admin):
    make_user("admin02", agency="district", role="sysadmin")

    response = site.post(address("person", admin), columns(admin, role="leader"))

    assert response.status_code == 422
    assert "自己的机构和角色要由另一位系统管理员来改" in response.content.decode()
    assert User.objects.get(pk=admin.pk).role == "sysadmin"


def test_a_form_that_is_out_of_date_changes_nothing(site, admin):
    user = make_user()
    stale = columns(user, office_phone="1")
    people.edit(by=admin, user=user, seen=0, office_phone="2")

    response = site.post(address("person", user), stale)

    assert response.status_code == 409
    assert "有人改过这个账号" in response.content.decode()
    assert User.objects.get(pk=user.pk).office_phone == "2"


def test_saving_without_a_change_leaves_no_entry(site):
    user = make_user()

    assert site.post(address("person", user), columns(user)).status_code == 302
    assert not SettingChange.objects.exists()


# Passwords and locks


def test_a_reset_ends_the_old_password_and_the_open_session(site, client):
    user = make_user()
    theirs = type(client)()
    theirs.force_login(user)
    before = theirs.get(reverse("cases:home")).status_code

    response = site.post(address("person_password", user))

    user.refresh_from_db()
    assert user.check_password(shown_password(response))
    assert not user.check_password(PASSWORD)
    assert user.must_change_password
    assert (before, theirs.get(reverse("cases:home")).status_code) == (200, 302)
    assert SettingChange.objects.get().act == "重置密码"


def test_the_own_password_is_not_reset_here(site, admin):
    site.post(address("person_password", admin))

    admin.refresh_from_db()
    assert admin.check_password(PASSWORD)


def test_a_lock_is_shown_and_lifted(site):
    user = make_user()
    for _attempt in range(5):
        throttle.count_attempt(name="window01", address="10.0.0.1")
    shown = "登录锁定" in site.get(address("person", user)).content.decode()

    site.post(address("person_unlock", user))

    assert shown
    assert throttle.closed_names(["window01", "admin01"]) == set()
    assert throttle.count_attempt(name="window01", address="10.0.0.1").is_judged
    assert SettingChange.objects.get().act == "解除登录锁定"


# Closing accounts


def test_closing_an_account_says_what_waits_for_somebody_else(site):
    team = staff("WZX")
    case = complaint(team, State.INVESTIGATING)
    complaint(team, State.CLOSED)
    asked = site.get(address("person_deactivate", team["Z"])).content.decode()

    response = site.post(address("person_deactivate", team["Z"]), follow=True)

    assert "手上有1件案件、0项协办任务，停用以后等着改派" in asked
    assert "1件案件、0项协办任务等着改派" in response.content.decode()
    assert case.applicant_name not in response.content.decode()
    assert not User.objects.get(pk=team["Z"].pk).is_active
    assert SettingChange.objects.get().lines == [("在用", "是", "否")]


def test_requests_wait_only_when_nobody_else_of_the_office_answers():
    team = staff("WZX")
    liaison = make_user("housing01", agency="housing", role="liaison")
    task(complaint(team, State.INVESTIGATING), "housing")
    alone = people.open_duties(liaison)
    make_user("housing02", agency="housing", role="liaison")

    assert (alone, people.open_duties(liaison)) == (OpenDuties(tasks=1), OpenDuties())


def test_the_last_administrator_stays(site, admin):
    other = make_user("admin02", agency="district", role="sysadmin")
    people.deactivate(by=admin, user=other)

    with pytest.raises(ValidationError, match="最后一位在用的系统管理员"):
        people.deactivate(by=other, user=admin)
    with pytest.raises(ValidationError, match="最后一位在用的系统管理员"):
        people.edit(by=other, user=admin, seen=0, role="leader")
    assert User.objects.get(pk=admin.pk).is_active


def test_nobody_closes_the_own_account(site, admin):
    response = site.post(address("person_deactivate", admin))

    assert response.status_code == 422
    assert "不能停用自己的账号" in response.content.decode()
    assert User.objects.get(pk=admin.pk).is_active


def test_a_closed_account_comes_back(site):
    user = make_user(is_active=False)

    site.post(address("person_activate", user))

    assert User.objects.get(pk=user.pk).is_active
    assert SettingChange.objects.get().act == "恢复账号"


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_close_each_other_at_once():
    pair = [make_user(name, agency="district", role="sysadmin") for name in ("admin01", "admin02")]

    def close(order):
        by, user = order
        try:
            people.deactivate(by=by, user=user)
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(close, [pair, pair[::-1]]))

    assert sorted(done) == [False, True]
    assert User.objects.filter(role="sysadmin", is_active=True).count() == 1


# The list


def test_people_are_found_by_name_office_and_role(site):
    make_user(display_name="周敏")
    make_user("clerk01", agency="arb", role="clerk", display_name="夏雨")
    make_user("clerk02", agency="arb", role="clerk", display_name="方晴", is_active=False)

    def names(**query):
        return [
            row["user"].display_name for row in site.get(reverse("agencies:people"), query).context["rows"]
        ]

    assert names(q="周敏") == ["周敏"]
    assert names(q="仲裁院") == ["夏雨"]
    assert names(role="clerk", closed="on") == ["夏雨", "方晴"]
    assert names(q="没有这个人") == []
    assert names(q="周\0敏") == ["周敏"]


def test_the_list_of_people_asks_the_same_number_of_queries_for_3_and_for_30(
    site, django_assert_max_num_queries
):
    make_user()
    site.get(reverse("agencies:people"))
    with django_assert_max_num_queries(50) as few:
        site.get(reverse("agencies:people"))
    for number in range(30):
        make_user(f"clerk{number}", agency="arb", role="clerk")

    with django_assert_max_num_queries(50) as many:
        site.get(reverse("agencies:people"))

    assert len(many.captured_queries) == len(few.captured_queries)


def test_the_roles_are_printed_from_the_table(site):
    page = site.get(reverse("agencies:roles")).content.decode()

    assert "不看案件内容" in page
    assert "监察机构负责人审批（J）" in page
    assert 'href="/settings/people/?role=sysadmin">1</a>' in page
