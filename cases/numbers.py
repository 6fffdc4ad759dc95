"""Numbers without gaps: one counter per agency, series and year, moved inside the act that uses the number."""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

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
    counter = NumberSeries.objects.filter(agency=agency, series=series, year=year)
    if not counter.update(last=F("last") + by):
        try:
            with transaction.atomic():
                NumberSeries.objects.create(agency=agency, series=series, year=year)
        except IntegrityError:
            pass  # another act has just opened the series; its row is there once that act has ended
        counter.update(last=F("last") + by)
    return counter.values_list("last", flat=True).get()
