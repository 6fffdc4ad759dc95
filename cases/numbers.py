"""Numbers without gaps: one counter per agency, series and year, moved inside the act that uses the number."""

from datetime import date

from django.conf import settings
from django.db import connection

from agencies.models import Agency
from cases.models import NumberSeries


def take(agency: Agency, series: str, on: date) -> str:
    """The next number of the series for the agency and the year of the day, written by its pattern.

    Call it inside the transaction of the act: a rolled-back act gives its number back, so no number is lost and none
    is given twice. The counter's row stays locked until that transaction ends.
    """
    return settings.NUMBER_PATTERNS[series].format(
        prefix=agency.document_prefix, year=on.year, n=_advance(agency, series, on.year)
    )


def take_plain(agency: Agency, series: str, on: date) -> int:
    """The next counter value of a series whose pattern the caller writes."""
    return _advance(agency, series, on.year)


def take_several(agency: Agency, series: str, on: date, count: int) -> list[str]:
    """The next so many numbers of the series in order; the counter is moved once. Otherwise as `take`."""
    last = _advance(agency, series, on.year, by=count) if count else 0
    pattern, prefix = settings.NUMBER_PATTERNS[series], agency.document_prefix
    return [pattern.format(prefix=prefix, year=on.year, n=n) for n in range(last - count + 1, last + 1)]


def _advance(agency: Agency, series: str, year: int, by: int = 1) -> int:
    last = _moved(agency, series, year, by)
    if last is None:
        # Where another act is just opening the series, this waits until that act has ended.
        row = NumberSeries(agency=agency, series=series, year=year)
        NumberSeries.objects.bulk_create([row], ignore_conflicts=True)
        last = _moved(agency, series, year, by)
    assert last is not None, "the series was opened above"
    return last


def _moved(agency: Agency, series: str, year: int, by: int) -> int | None:
    """The counter moved and read in one statement, so that it is locked no longer than need be; None without a row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_numberseries SET last = last + %s"
            " WHERE agency_id = %s AND series = %s AND year = %s RETURNING last",
            [by, agency.pk, series, year],
        )
        rows = cursor.fetchall()
    return int(rows[0][0]) if rows else None
