"""The cards of the leader's page: figures as words, numbers as links to their cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.money import wan
from cases.templatetags.ui import NOTHING, percent2
from reports.definitions import HEADLINE, K6, K8, OVERDUE
from reports.forms import CUSTOM
from reports.indicators import DENOMINATOR, GAP, NUMERATOR, PARTS, Figure
from reports.periods import Period
from reports.wording import gap_words, target_words, two_places

ALMOST = Fraction(1, 100)
"""Up to so far below the target a figure is amber, further below red."""


@dataclass(frozen=True)
class Card:
    """What `components/_kpi_card.html` shows."""

    label: str
    value: str
    as_of: datetime
    definition: str
    unit: str = ""
    fraction: SafeString | str = ""
    state: str = ""
    target: str = ""
    gap: str = ""
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One number of the make-up of the headline figure."""

    label: str
    count: str
    url: str


def period_query(chosen: Period) -> str:
    """The period as it stands in addresses, with both days written out, so that a kept link stays true."""
    return urlencode({"period": CUSTOM, "from_on": chosen.from_on, "as_of": chosen.as_of})


def cases_url(id_: str, part: str, chosen: Period) -> str:
    """The page with exactly the cases of that part."""
    return f"{reverse('reports:cases', args=[id_, part])}?{period_query(chosen)}"


def card(figure: Figure, chosen: Period, now: datetime) -> Card:
    """The card of any indicator."""
    make = {K6.id: _money_card, K8.id: _time_card, OVERDUE.id: _overdue_card}.get(
        figure.definition.id, _share_card
    )
    return make(figure, chosen, now)


def _share_card(figure: Figure, chosen: Period, now: datetime) -> Card:
    definition = figure.definition
    reported = _("报送用") if definition is HEADLINE else _("对照")
    numbers = ((NUMERATOR, definition.numerator_label), (DENOMINATOR, definition.denominator_label))
    return Card(
        label=str(definition.label),
        value=percent2(figure.rate),
        as_of=now,
        definition=_("%(basis)s（%(id)s，%(use)s）")
        % {"basis": definition.basis, "id": definition.id, "use": reported},
        fraction=_links(
            "/", ((f"{label}{figure.parts[part]:,}", part) for part, label in numbers), figure, chosen
        ),
        state=_state(figure),
        target=target_words(figure),
        gap=gap_words(figure) if not figure.met else "",
        url=cases_url(definition.id, GAP, chosen) if figure.missing else "",
    )


def _overdue_card(figure: Figure, chosen: Period, now: datetime) -> Card:
    return Card(
        label=str(figure.definition.label),
        value=f"{figure.numerator:,}",
        unit=_("件"),
        as_of=now,
        definition=str(figure.definition.basis),
        state="below" if figure.numerator else "met",
        target=_("需要督办") if figure.numerator else _("没有超期的案件"),
        gap=_("看这%(n)d件") % {"n": figure.numerator} if figure.numerator else "",
        url=cases_url(OVERDUE.id, NUMERATOR, chosen) if figure.numerator else "",
    )


def _money_card(figure: Figure, chosen: Period, now: datetime) -> Card:
    return Card(
        label=str(figure.definition.label),
        value=wan(figure.numerator),
        unit=_("万元"),
        as_of=now,
        definition=str(figure.definition.basis),
        fraction=_("%(n)s人") % {"n": f"{figure.beside['persons']:,}"},
        gap=_("明细%(n)d件") % {"n": figure.parts[NUMERATOR]},
        url=cases_url(K6.id, NUMERATOR, chosen),
    )


def _time_card(figure: Figure, chosen: Period, now: datetime) -> Card:
    median = figure.beside["median"]
    return Card(
        label=str(figure.definition.label),
        value=NOTHING if figure.rate is None else two_places(figure.rate),
        unit="" if figure.rate is None else _("天"),
        as_of=now,
        definition=str(figure.definition.basis),
        fraction="" if median is None else _("中位数%(n)s天") % {"n": two_places(Fraction(median))},
        gap=_("办结的%(n)d件") % {"n": figure.parts[DENOMINATOR]},
        url=cases_url(K8.id, DENOMINATOR, chosen),
    )


def _state(figure: Figure) -> str:
    """The colour's name: met, near or below; nothing without a verdict."""
    if figure.met is None or figure.rate is None or figure.target is None:
        return ""
    if figure.met:
        return "met"
    return "near" if figure.target - figure.rate <= ALMOST else "below"


def _links(between: str, items: Iterable[tuple[str, str]], figure: Figure, chosen: Period) -> SafeString:
    links = ((cases_url(figure.definition.id, part, chosen), words) for words, part in items)
    return format_html_join(between, '<a href="{}">{}</a>', links)


def make_up(figure: Figure, chosen: Period) -> dict[str, Line]:
    """What the figure is made of by the names of its parts, each number with its cases."""
    id_ = figure.definition.id
    return {
        name: Line(str(part.label), f"{figure.parts[name]:,}", cases_url(id_, name, chosen))
        for name, part in PARTS[id_].items()
    }


def sentence(figure: Figure) -> str:
    """The figure in one sentence: 欠薪投诉立案办结率97.62%，低于目标98%，再办结1件可达标（口径：…）."""
    parts = [f"{figure.definition.label}{percent2(figure.rate)}", target_words(figure), gap_words(figure)]
    said = _("，").join(part for part in parts if part)
    return _("%(said)s（口径：%(basis)s）") % {"said": said, "basis": figure.definition.basis}
