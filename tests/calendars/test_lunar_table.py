"""The festivals of the lunar table, computed again from the sky: new moons and the sun's longitude.

Series of low order after Meeus, Astronomical Algorithms, chapters 25 and 49: new moons within seconds, the sun
within a minute of arc, far closer than the four minutes to midnight of the tightest date (2027).
"""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import radians, sin

import pytest

from calendars.working_days import LUNAR

BEIJING_OFFSET = timedelta(hours=8)
DELTA_T = timedelta(seconds=72)  # terrestrial minus universal time in these years
EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)
LUNATION = 29.530588861


def moment(julian_day):
    return EPOCH + timedelta(days=julian_day - 2451545.0) - DELTA_T


def beijing(julian_day):
    return (moment(julian_day) + BEIJING_OFFSET).date()


def new_moon(k):
    """Julian ephemeris day of the k-th new moon since 6 January 2000."""
    t = k / 1236.85
    mean = 2451550.09766 + LUNATION * k + 0.00015437 * t**2
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t**2)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    lat = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t**2)
    terms = [
        (-0.40720, 0, moon), (0.17241, 1, sun), (0.01608, 0, 2 * moon), (0.01039, 0, 2 * lat),
        (0.00739, 1, moon - sun), (-0.00514, 1, moon + sun), (0.00208, 2, 2 * sun), (-0.00111, 0, moon - 2 * lat),
        (-0.00057, 0, moon + 2 * lat), (0.00056, 1, 2 * moon + sun), (-0.00042, 0, 3 * moon),
        (0.00042, 1, sun + 2 * lat), (0.00038, 1, sun - 2 * lat), (-0.00024, 1, 2 * moon - sun),
        (-0.00017, 0, node), (-0.00007, 0, moon + 2 * sun), (0.00004, 0, 2 * moon - 2 * lat),
        (0.00004, 0, 3 * sun), (0.00003, 0, moon + sun - 2 * lat), (0.00003, 0, 2 * moon + 2 * lat),
        (-0.00003, 0, moon + sun + 2 * lat), (0.00003, 0, moon - sun + 2 * lat),
        (-0.00002, 0, moon - sun - 2 * lat), (-0.00002, 0, 3 * moon + sun), (0.00002, 0, 4 * moon),
    ]  # fmt: skip
    planets = [
        (0.000325, 299.77 + 0.107408 * k - 0.009173 * t**2), (0.000165, 251.88 + 0.016321 * k),
        (0.000164, 251.83 + 26.651886 * k), (0.000126, 349.42 + 36.412478 * k), (0.000110, 84.66 + 18.206239 * k),
        (0.000062, 141.74 + 53.303771 * k), (0.000060, 207.14 + 2.453732 * k), (0.000056, 154.84 + 7.306860 * k),
        (0.000047, 34.52 + 27.261239 * k), (0.000042, 207.19 + 0.121824 * k), (0.000040, 291.34 + 1.844379 * k),
        (0.000037, 161.72 + 24.198154 * k), (0.000035, 239.56 + 25.513099 * k), (0.000023, 331.55 + 3.592518 * k),
    ]  # fmt: skip
    correction = sum(size * e**power * sin(angle) for size, power, angle in terms)
    return mean + correction + sum(size * sin(radians(angle)) for size, angle in planets)


def sun_longitude(julian_day):
    """Apparent longitude of the sun in degrees."""
    t = (julian_day - 2451545.0) / 36525
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (
        (1.914602 - 0.004817 * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    true = 280.46646 + 36000.76983 * t + 0.0003032 * t**2 + centre
    return (true - 0.00569 - 0.00478 * sin(node)) % 360


def sun_reaches(longitude, near):
    """Julian day near the given one on which the sun stands at the longitude."""
    day = near
    for _ in range(20):
        day += ((longitude - sun_longitude(day) + 180) % 360 - 180) * 365.2422 / 360
    return day


def julian(day):
    return (
        2451545.0 + (datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - EPOCH).total_seconds() / 86400
    )


def month_starts(first, last):
    """The Beijing days of all new moons from the first day to the last."""
    k = round((julian(first) - 2451550.1) / LUNATION) - 2
    starts = []
    while (day := beijing(new_moon(k))) <= last:
        if day >= first:
            starts.append(day)
        k += 1
    return starts


def numbered_months(year):
    """The first day of each month of the lunar year beginning in ``year``: {number: day}; leap months left out."""
    before = beijing(sun_reaches(270, julian(date(year - 1, 12, 21))))
    after = beijing(sun_reaches(270, julian(date(year, 12, 21))))
    starts = month_starts(date(year - 1, 11, 15), date(year, 12, 31))
    eleventh = max(day for day in starts if day <= before)
    next_eleventh = max(day for day in starts if day <= after)
    year_months = [day for day in starts if eleventh <= day <= next_eleventh]
    has_leap = len(year_months) == 14
    numbers, number = {}, 11
    for first, following in pairwise(year_months):
        if has_leap and number != 11 and not holds_principal_term(first, following):
            has_leap = False
            continue
        numbers[number % 12 or 12] = first
        number += 1
    return numbers


def holds_principal_term(first, following):
    near = julian(first) + 15
    nearest = round(sun_longitude(near) / 30) * 30
    terms = [beijing(sun_reaches(angle % 360, near)) for angle in (nearest - 30, nearest, nearest + 30)]
    return any(first <= day < following for day in terms)


@pytest.mark.parametrize("year", LUNAR)
def test_festivals_follow_from_moon_and_sun(year):
    months = numbered_months(year)

    assert date(year, *LUNAR[year].spring) == months[1]
    assert date(year, *LUNAR[year].dragon_boat) == months[5] + timedelta(days=4)
    assert date(year, *LUNAR[year].mid_autumn) == months[8] + timedelta(days=14)
    assert date(year, *LUNAR[year].qingming) == beijing(sun_reaches(15, julian(date(year, 4, 5))))


def test_the_tight_new_moons_lie_on_the_side_the_table_says():
    tight = {2027: datetime(2027, 2, 6, 23, 56), 2030: datetime(2030, 2, 3, 0, 7)}

    for year, expected in tight.items():
        k = round((year + 0.1 - 2000) * 12.3685)
        found = moment(new_moon(k)) + BEIJING_OFFSET
        assert abs(found.replace(tzinfo=None) - expected) < timedelta(minutes=1)


def test_the_sun_is_where_it_should_be_at_an_equinox():
    # 20 March 2026, 14:46 UTC.
    assert abs(
        moment(sun_reaches(0, julian(date(2026, 3, 20)))) - datetime(2026, 3, 20, 14, 46, tzinfo=UTC)
    ) < (timedelta(minutes=15))
