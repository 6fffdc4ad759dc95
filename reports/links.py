"""Numbers as links to their cases, and the addresses of the page of figures."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.definitions import Indicator
from reports.forms import CUSTOM
from reports.indicators import Figure
from reports.parts import PARTS
from reports.periods import Period


def period_query(chosen: Period) -> str:
    """The period as it stands in addresses, with both days written out, so that a kept link stays true."""
    return urlencode({"period": CUSTOM, "from_on": chosen.from_on, "as_of": chosen.as_of})


def board_url(choice: str, chosen: Period | None, basis: Indicator) -> str:
    """The page of figures for that choice of the period and that definition."""
    days = {"from_on": chosen.from_on, "as_of": chosen.as_of} if chosen and choice == CUSTOM else {}
    return f"{reverse('reports:dashboard')}?{urlencode({'period': choice, **days, 'basis': basis.id})}"


@dataclass(frozen=True)
class Cases:
    """Where the cases of numbers are: in one period, and in one part of a division where ``only`` says so."""

    chosen: Period
    only: tuple[tuple[str, str], ...] = ()

    def url(self, id_: str, part: str) -> str:
        """The page with exactly the cases of that part."""
        query = urlencode(self.only)
        days = period_query(self.chosen)
        return f"{reverse('reports:cases', args=[id_, part])}?{days}{'&' if query else ''}{query}"

    def number(self, figure: Figure, part: str, words: str) -> SafeString:
        """The words as a link to the cases of that part."""
        return format_html('<a href="{}">{}</a>', self.url(figure.definition.id, part), words)


@dataclass(frozen=True)
class Line:
    """One number of the make-up of a closure rate."""

    label: str
    count: str
    url: str


def make_up(figure: Figure, cases: Cases) -> dict[str, Line]:
    """What the figure is made of by the names of its parts, each number with its cases."""
    id_ = figure.definition.id
    return {
        name: Line(str(part.label), f"{figure.parts[name]:,}", cases.url(id_, name))
        for name, part in PARTS[id_].items()
    }
