"""Numbers: one series per agency and year, without gaps, given back by an act that fails."""

from datetime import date

import pytest
from django.db import transaction

from agencies.models import Agency
from agencies.services import load_agencies
from cases import numbers
from cases.models import NumberSeries

pytestmark = pytest.mark.django_db

IN_2026, IN_2027 = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def office() -> Agency:
    load_agencies()
    return Agency.objects.get(code="inspection")


def take(agency: Agency, series: str = "receipt", on: date = IN_2026) -> str:
    with transaction.atomic():
        return numbers.take(agency, series, on)


class Failed(Exception):
    """What an act may run into after it took its number."""


@transaction.atomic
def take_and_fail(agency: Agency) -> None:
    numbers.take(agency, "receipt", IN_2026)
    raise Failed


def test_numbers_begin_at_one_and_have_no_gap(office):
    assert [take(office) for _ in range(3)] == [
        "铜人社监登〔2026〕1号",
        "铜人社监登〔2026〕2号",
        "铜人社监登〔2026〕3号",
    ]


def test_number_has_no_leading_zeros_and_no_separator(office):
    NumberSeries.objects.create(agency=office, series="case", year=2026, last=1202)

    assert take(office, "case") == "铜人社监案〔2026〕1203号"


def test_series_count_apart(office):
    assert (take(office, "receipt"), take(office, "case")) == (
        "铜人社监登〔2026〕1号",
        "铜人社监案〔2026〕1号",
    )


def test_years_count_apart(office):
    assert (take(office), take(office, on=IN_2027), take(office)) == (
        "铜人社监登〔2026〕1号",
        "铜人社监登〔2027〕1号",
        "铜人社监登〔2026〕2号",
    )


def test_agencies_count_apart(office):
    other = Agency.objects.get(code="arb")

    assert (take(office), take(other)) == ("铜人社监登〔2026〕1号", "铜劳人仲登〔2026〕1号")


def test_act_that_fails_gives_its_number_back(office):
    take(office)
    with pytest.raises(Failed):
        take_and_fail(office)

    assert take(office) == "铜人社监登〔2026〕2号"


def test_act_that_opens_a_series_and_fails_leaves_none(office):
    with pytest.raises(Failed):
        take_and_fail(office)

    assert not NumberSeries.objects.exists()
    assert take(office) == "铜人社监登〔2026〕1号"


def test_plain_number_and_written_number_share_their_series(office):
    with transaction.atomic():
        assert numbers.take_plain(office, "receipt", IN_2026) == 1

    assert take(office) == "铜人社监登〔2026〕2号"
