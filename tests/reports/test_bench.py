"""The measurement itself: that it compares like with like, and judges what it found. Nothing is timed here."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks import bare
from benchmarks.load import Target, targets
from benchmarks.parts import BEGINS_WITH, Moment, Watch
from benchmarks.scenarios import Registrations, registration_form
from benchmarks.timing import measured, quantile
from calendars.services import load_official_calendars
from cases.models import Case
from tests.people import make_user


@pytest.fixture
def window(db) -> Iterator[Client]:
    load_official_calendars()
    client = Client()
    client.force_login(make_user("window01"))
    bare.template.cache_clear()
    yield client
    bare.template.cache_clear()


def rows() -> dict[str, int]:
    """How many rows every table of ours has."""
    ours = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {model._meta.label: model._base_manager.count() for model in ours if not model._meta.proxy}


def added(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def test_bare_view_inserts_the_rows_of_a_registration(window):
    for number in (3_000_001, 3_000_002):  # the first one also makes the employer
        before = rows()
        answer = window.post(reverse("inspection:register"), registration_form(number))
        assert answer.status_code == 302
    registered = added(before, rows())

    before = rows()
    bare._insert()

    assert added(before, rows()) == registered
    assert registered["cases.Case"] == registered["documents.Document"] == 1
    assert len({case.receipt_no for case in Case.objects.all()}) == 3


def test_parts_hold_every_query_of_a_registration(window):
    registrations = Registrations(window)
    registrations.send()
    watch = Watch()

    with connection.execute_wrapper(watch):
        registrations.send()

    parts = watch.parts(Moment.now())
    assert list(parts) == [name for name, _table in BEGINS_WITH]
    first = next(i for i, (_began, _taken, sql) in enumerate(watch.seen) if "django_session" in sql)
    assert sum(part.queries for part in parts.values()) == len(watch.seen) - first
    assert all(part.ms >= part.database > 0 for part in parts.values())


def test_queries_are_those_of_one_request(window):
    seen = []

    def request() -> None:
        seen.append(window.get(reverse("cases:list")).status_code)

    found = measured(request)

    assert set(seen) == {200}
    assert 5 < found.queries < 40
    assert found.runs == len(seen) - 3  # two to warm up, one to count


def test_quantile_is_a_value_that_occurred():
    assert quantile([5.0, 1.0, 3.0], 0.95) == 5.0
    assert quantile([float(n) for n in range(1, 101)], 0.95) == 96.0


def line(queries: int, p95: float) -> dict[str, Any]:
    return {"queries": queries, "p50": p95 / 2, "p95": p95, "runs": 40}


def test_lines_are_met_or_not_met():
    def pages(p95: float) -> dict[str, Any]:
        return {
            "list/window/20": line(12, p95),
            "list/head/100": line(13, p95),
            "case/head": line(21, 9.0),
            "indicators": line(3, 9.0),
            "search/name": line(18, 5 * p95),
        }

    found = {10_000: pages(50.0), 100_000: pages(80.0)}
    printing = {"D18": {"product": 0.11, "plain": 0.10}, "batch": {"product": 12.0, "plain": 10.0}}
    lines = targets(found, printing, {"register": 30.0, "bare": 60.0})

    assert {each.label: each.met for each in lines if "100,000" in each.label or "over" in each.label} == {
        "100,000 cases: difference of queries between rows and roles": False,
        "100,000 cases: queries of the list": False,
        "100,000 cases: queries of the case page": False,
        "100,000 cases: queries of the indicators": True,
        "100,000 cases: p95 of search/name": False,
        "list/window/20: p95 at 100,000 over 10,000": False,
        "list/head/100: p95 at 100,000 over 10,000": False,
        "registrations over bare inserts": True,
        "PDF D18 over WeasyPrint alone": True,
        "PDF batch over WeasyPrint alone": False,
    }


def test_verdict_is_said_with_the_limit():
    assert str(Target("share", 0.4, 0.5, is_least=True, unit="×")) == "NOT MET  share: 0.4× (≥ 0.5×)"
    assert str(Target("queries", 12, 12)) == "met      queries: 12 (≤ 12)"
