"""What surrounds every view."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from config import route_rules
from config.log import JsonLine
from tests.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.probe_urls")]

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def window(client):
    """A client with a signed-in person of the window."""
    client.force_login(make_user())
    return client


def move_back(client, key, seconds):
    session = client.session
    session[key] -= seconds
    session.save()


@pytest.mark.parametrize("address", ["/none/", "/none-class/", "/none-wrapped/", "/no-such-page/"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_view_without_rule_does_not_exist(client, address, signed_in):
    if signed_in:
        client.force_login(make_user())

    assert client.get(address).status_code == 404


def test_view_without_rule_looks_like_no_view(window):
    assert window.get("/none/").content == window.get("/no-such-page/").content


@pytest.mark.parametrize(
    "address", ["/signed-in/", "/class/", "/wrapped/", "/partial/", "/case/", "/right/", "/public/"]
)
def test_view_is_served_under_its_rule(window, address):
    assert window.get(address).content == b"served"


@pytest.mark.parametrize("address", ["/signed-in/", "/class/", "/wrapped/", "/partial/", "/case/", "/right/"])
def test_stranger_is_sent_to_the_sign_in(client, address):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, f"/login/?next=%2F{address.strip('/')}%2F")


def test_stranger_may_open_a_public_view(client):
    assert client.get("/public/").content == b"served"


@pytest.mark.parametrize("address", ["/right/", "/typo/"])
def test_right_that_is_not_held_is_refused(client, address):
    client.force_login(make_user("stats01", agency="hrss", role="stats"))

    assert client.get(address).status_code == 403


def test_refusal_says_why(window):
    response = window.get("/refused/")

    assert response.status_code == 403
    assert "这一步由负责人办理" in response.content.decode()


def test_refused_form_is_not_repeated_after_the_sign_in(client):
    assert client.post("/signed-in/", {"a": "b"})["Location"] == "/login/"


def test_fragment_sends_the_whole_page_to_the_sign_in(client):
    response = client.get("/signed-in/", HTTP_HX_CURRENT_URL="http://testserver/messages/", **HTMX)

    assert response["HX-Redirect"] == "/login/?next=%2Fmessages%2F"


def test_session_ends_after_half_an_hour_without_anybody(window):
    window.get("/signed-in/")
    move_back(window, "seen_at", 30 * 60)
    key = window.session.session_key

    response = window.get("/signed-in/")

    assert response["Location"] == "/login/?ended=1&next=%2Fsigned-in%2F"
    assert not Session.objects.filter(session_key=key).exists()


def test_session_lives_on_while_somebody_is_there(window):
    window.get("/signed-in/")
    for _ in range(3):
        move_back(window, "seen_at", 29 * 60)
        assert window.get("/signed-in/").status_code == 200


def test_polling_is_nobody(window):
    window.get("/signed-in/")
    move_back(window, "seen_at", 29 * 60)
    window.get("/signed-in/", HTTP_HUXIN_POLL="1")
    move_back(window, "seen_at", 60)

    assert window.get("/signed-in/").status_code == 302


def test_session_ends_twelve_hours_after_the_sign_in(window):
    window.get("/signed-in/")
    move_back(window, "signed_in_at", 12 * 60 * 60)

    assert window.get("/signed-in/").status_code == 302


def test_disabled_person_is_out_at_once(client):
    user = make_user()
    client.force_login(user)
    user.is_active = False
    user.save()

    assert client.get("/signed-in/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/public/", "/cached/", "/login/", "/no-such-page/", "/signed-in/", "/refused/"]
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_headers_are_on_every_answer(client, address, signed_in):
    if signed_in:
        client.force_login(make_user())

    response = client.get(address)

    assert _headers(response) == {
        "Cache-Control": "no-store, private",
        "Content-Security-Policy": (
            "base-uri 'none'; default-src 'self'; form-action 'self'; frame-ancestors 'none'; "
            "img-src 'self' data:; object-src 'none'"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert len(response["X-Request-ID"]) == 32


def _headers(response):
    names = [
        "Cache-Control",
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    ]
    found = {name: response.headers.get(name) for name in names}
    found["Content-Security-Policy"] = "; ".join(sorted(found["Content-Security-Policy"].split("; ")))
    return found


def test_static_file_carries_the_walls_and_may_be_cached(client):
    response = client.get("/static/css/tokens.css")
    response.close()

    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "no-store" not in response["Cache-Control"]


def test_request_id_of_a_stranger_is_not_taken_over(client):
    assert client.get("/public/", HTTP_X_REQUEST_ID="forged")["X-Request-ID"] != "forged"


def test_error_page_names_the_incident_and_nothing_else(client, caplog):
    client.raise_request_exception = False

    response = client.get("/broken/")

    page = response.content.decode()
    assert response.status_code == 500
    assert response["X-Request-ID"] in page
    assert "inside of the site" not in page
    assert "Traceback" not in page


def test_request_leaves_one_line_with_route_and_ids(window, caplog):
    response = window.get("/signed-in/?q=anything")

    (line,) = [json.loads(JsonLine().format(record)) for record in caplog.records]
    del line["at"], line["ms"]
    assert line == {
        "level": "info",
        "logger": "huxin.request",
        "event": "request",
        "method": "GET",
        "route": "signed-in/",
        "status": 200,
        "user_id": response.wsgi_request.user.pk,
    }


def test_form_without_token_is_refused():
    client = Client(enforce_csrf_checks=True)

    assert client.post("/login/", {"username": "a", "password": "b"}).status_code == 403


def test_rules_are_found_through_every_wrapping():
    rules = {route.route: route.rule for route in route_rules.all_routes()}

    assert {name: rules[f"/{name}/"] for name in ("none", "none-class", "none-wrapped")} == dict.fromkeys(
        ("none", "none-class", "none-wrapped")
    )
    assert {name: rules[f"/{name}/"] for name in ("class", "wrapped", "partial")} == dict.fromkeys(
        ("class", "wrapped", "partial"), "signed_in"
    )


def test_methods_are_known_where_the_view_says_so():
    methods = {route.route: route.methods for route in route_rules.all_routes()}

    assert (methods["/post/"], methods["/class/"], methods["/public/"]) == (("POST",), ("GET",), None)
