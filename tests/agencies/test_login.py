"""Signing in: the counter before the password, the session after it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies import throttle
from agencies.login_models import LoginCounter
from tests.people import PASSWORD, make_user

LOGIN = "/login/"


def attempt(client, username="window01", password="wrong", address="10.0.0.1", **headers):
    return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address, **headers)


def close_windows():
    LoginCounter.objects.update(window_ends=1)


@pytest.mark.django_db
def test_right_password_opens_a_session(client):
    user = make_user()

    response = attempt(client, password=PASSWORD)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session["signed_in_at"] == client.session["seen_at"]


@pytest.mark.django_db
def test_full_width_password_typed_half_width(client):
    make_user(password="Abc-12345678")

    assert attempt(client, password="Ａｂｃ-１２３４５６７８").status_code == 302


@pytest.mark.django_db
def test_known_and_unknown_names_get_the_same_answers(client):
    make_user()

    known = [attempt(client, "window01", address="10.0.0.1").content.decode() for _ in range(6)]
    unknown = [attempt(client, "nobody01", address="10.0.0.2").content.decode() for _ in range(6)]

    assert [_without_tokens(page, "window01") for page in known] == [
        _without_tokens(page, "nobody01") for page in unknown
    ]


def _without_tokens(page, name):
    lines = [line for line in page.replace(name, "NAME").splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines)


@pytest.mark.django_db
def test_each_failure_says_how_many_are_left(client):
    make_user()

    remaining = [attempt(client).context["remaining"] for _ in range(5)]

    assert remaining == [4, 3, 2, 1, 0]


@pytest.mark.django_db
def test_message_names_neither_name_nor_password_as_the_fault(client):
    make_user()

    form = attempt(client).context["form"]

    assert form.non_field_errors() == ["账号或密码不对，还可以试4次"]


@pytest.mark.django_db
def test_sixth_attempt_is_refused_even_with_the_right_password(client):
    make_user()
    for _ in range(5):
        attempt(client)

    response = attempt(client, password=PASSWORD)

    assert response.status_code == 429
    assert response.context["form"].non_field_errors() == ["账号或密码错误次数太多，请15分钟后再试"]
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_closed_name_opens_after_its_window(client):
    make_user()
    for _ in range(6):
        attempt(client)
    close_windows()

    assert attempt(client, password=PASSWORD).status_code == 302


@pytest.mark.django_db
def test_refused_attempts_do_not_lengthen_the_window(client):
    make_user()
    for _ in range(5):
        attempt(client)
    closed_until = LoginCounter.objects.get(scope="name").window_ends
    LoginCounter.objects.filter(scope="name").update(window_ends=closed_until - 300)

    attempt(client)

    assert LoginCounter.objects.get(scope="name").window_ends == closed_until - 300


@pytest.mark.django_db
def test_neighbour_at_the_same_address_still_gets_in(client):
    make_user("window01")
    make_user("inspector01", role="inspector")
    for _ in range(6):
        attempt(client, "window01")

    assert attempt(client, "inspector01", PASSWORD).status_code == 302


@pytest.mark.django_db
def test_one_password_on_many_names_stops_at_twenty_an_hour(client):
    judged = [attempt(client, f"guess{n}").status_code for n in range(30)].count(422)

    assert judged == 20


@pytest.mark.django_db
def test_closed_address_does_not_charge_the_name(client):
    make_user()
    for n in range(20):
        attempt(client, f"guess{n}")
    for _ in range(10):
        attempt(client, "window01")

    assert attempt(client, "window01", PASSWORD, address="10.0.0.9").status_code == 302


@pytest.mark.django_db
def test_success_clears_the_name_and_does_not_charge_the_address(client):
    make_user()
    attempt(client)
    attempt(client, password=PASSWORD)

    counters = list(LoginCounter.objects.values_list("scope", "attempts"))

    assert counters == [("address", 1)]


@pytest.mark.django_db
def test_administrator_opens_a_closed_name(client):
    make_user()
    for _ in range(6):
        attempt(client)

    assert throttle.reopen("WINDOW01 ") is True
    assert attempt(client, password=PASSWORD).status_code == 302


@pytest.mark.django_db
def test_counters_hold_no_name_and_no_address(client):
    attempt(client, "my-secret-typed-into-the-name-field")

    keys = LoginCounter.objects.values_list("key", flat=True)

    assert sorted(len(key) for key in keys) == [64, 64]
    assert not [key for key in keys if "secret" in key or "10.0" in key]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("exists", [True, False])
def test_of_forty_simultaneous_guesses_five_are_judged(exists):
    if exists:
        make_user()

    def guess(number):
        try:
            return attempt(
                Client(), password=f"guess-{number}", HTTP_X_FORWARDED_FOR=f"172.16.0.{number}"
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=40) as pool:
        answers = list(pool.map(guess, range(40)))

    assert (answers.count(422), answers.count(429)) == (5, 35)


@pytest.mark.parametrize(
    "remote, forwarded, expected",
    [
        ("10.0.0.5", "1.2.3.4", "10.0.0.5"),
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("10.0.0.1", "rubbish", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_forwarded_address_counts_only_from_our_proxies(rf, settings, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = ["10.0.0.1", "10.0.0.2"]
    request = rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)

    assert throttle.client_address(request) == expected


@pytest.mark.django_db
def test_session_id_changes_with_the_sign_in(client):
    make_user()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key

    attempt(client, password=PASSWORD)

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["//evil.example/x", "https:evil.example", "\\\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_never_leads_off_the_site(client, page):
    make_user()

    response = client.post(f"{LOGIN}?next=/x", {"username": "window01", "password": PASSWORD, "next": page})

    assert response["Location"] == "/"


@pytest.mark.django_db
def test_sign_in_returns_to_the_page_asked_for(client):
    make_user()

    response = client.post(
        LOGIN, {"username": "window01", "password": PASSWORD, "next": "/messages/?unread=1"}
    )

    assert response["Location"] == "/messages/?unread=1"


@pytest.mark.django_db
def test_disabled_account_is_an_unknown_one(client):
    make_user(is_active=False)

    assert attempt(client, password=PASSWORD).status_code == 422


@pytest.mark.django_db
def test_sign_out_ends_the_session_for_good(client):
    client.force_login(make_user())
    stolen = client.cookies["huxin_session"].value

    client.post("/logout/")

    thief = Client()
    thief.cookies["huxin_session"] = stolen
    assert thief.get("/messages/").status_code == 302


@pytest.mark.django_db
def test_sign_out_by_link_is_refused(client):
    client.force_login(make_user())

    assert client.get("/logout/").status_code == 405


@pytest.mark.django_db
def test_new_password_ends_the_other_sessions(client):
    user = make_user()
    other = Client()
    other.force_login(user)
    client.force_login(user)
    new = "新的密码-2026-秋"

    response = client.post(
        "/password/", {"old_password": PASSWORD, "new_password": new, "new_password_again": new}
    )

    assert response.status_code == 302
    assert client.get("/messages/").status_code == 200
    assert other.get("/messages/").status_code == 302
    assert attempt(Client(), password=new).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    "old, new, again",
    [
        ("wrong", "新的密码-2026-秋", "新的密码-2026-秋"),
        (PASSWORD, "短", "短"),
        (PASSWORD, "12345678901234", "12345678901234"),
        (PASSWORD, "password123", "password123"),
        (PASSWORD, "window01-1", "window01-1"),
        (PASSWORD, "新的密码-2026-秋", "新的密码-2026-冬"),
        (PASSWORD, PASSWORD, PASSWORD),
    ],
)
def test_bad_new_password_is_refused(client, old, new, again):
    user = make_user()
    client.force_login(user)

    response = client.post(
        "/password/", {"old_password": old, "new_password": new, "new_password_again": again}
    )

    user.refresh_from_db()
    assert response.status_code == 422
    assert user.check_password(PASSWORD)


@pytest.mark.django_db
def test_open_session_does_not_help_guessing_the_password(client):
    client.force_login(make_user())
    form = {
        "old_password": "wrong",
        "new_password": "新的密码-2026-秋",
        "new_password_again": "新的密码-2026-秋",
    }
    for _ in range(5):
        client.post("/password/", form)

    response = client.post("/password/", {**form, "old_password": PASSWORD})

    assert response.context["form"].errors["old_password"] == ["账号或密码错误次数太多，请15分钟后再试"]


@pytest.mark.django_db
def test_given_password_must_be_changed_first(client):
    user = make_user(must_change_password=True)
    client.force_login(user)

    response = client.get("/messages/")
    assert (response.status_code, response["Location"]) == (302, reverse("agencies:password"))

    new = "新的密码-2026-秋"
    client.post("/password/", {"old_password": PASSWORD, "new_password": new, "new_password_again": new})
    assert client.get("/messages/").status_code == 200


@pytest.mark.django_db
def test_language_is_chinese_whatever_the_browser_prefers(client):
    response = client.get(LOGIN, HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")

    assert response["Content-Language"] == "zh-hans"


@pytest.mark.django_db
def test_chosen_language_holds_before_and_after_signing_in(client):
    client.post("/language/", {"language": "en"})
    assert client.get(LOGIN)["Content-Language"] == "en"

    client.force_login(make_user())
    assert client.get("/messages/")["Content-Language"] == "zh-hans"

    client.post("/language/", {"language": "en"})
    assert client.get("/messages/")["Content-Language"] == "en"


@pytest.mark.django_db
def test_unknown_language_changes_nothing(client):
    client.post("/language/", {"language": "xx"})

    assert client.get(LOGIN)["Content-Language"] == "zh-hans"
