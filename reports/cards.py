"""The cards of the leader's page: figures as words, numbers as links to their cases."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.money import wan
from cases.templatetags.ui import NOTHING, percent2
from reports.board import Board
from reports.definitions import A1, A2, A3, A4, GROUP, K6, K8, L1, OVERDUE, PRIORITY_TIME, SHARES, Indicator
from reports.indicators import Figure
from reports.links import Cases, board_url
from reports.parts import DENOMINATOR, GAP, NUMERATOR
from reports.periods import Period, year_before
from reports.wording import gap_in_cases, signed_percent, target_words, two_places

ALMOST = Fraction(1, 100)
"""Up to so far below the target a figure is amber, further below red."""


@dataclass(frozen=True)
class Card:
    """What `components/_kpi_card.html` shows."""

    label: str
    value: str
    definition: str
    as_of: datetime | None = None
    unit: str = ""
    value_url: str = ""
    fraction: SafeString | str = ""
    state: str = ""
    target: str = ""
    gap: str = ""
    url: str = ""
    notes: tuple[SafeString | str, ...] = ()


@dataclass(frozen=True)
class View:
    """How the page is asked for: period and its name among the choices, definition shown, definition in use."""

    chosen: Period
    choice: str
    period_words: str
    basis: Indicator
    in_use: Indicator
    now: datetime

    @property
    def cases(self) -> Cases:
        return Cases(self.chosen)


def cards(board: Board, view: View) -> list[Card]:
    """The cards in the order shown."""
    found = board.figures
    return [
        share_card(board, view),
        arbitration_card(board, view),
        _overdue_card(found[OVERDUE.id], view),
        _money_card(found[K6.id], board.wages_before, view),
        _time_card(found[PRIORITY_TIME.id], found[K8.id], view),
        _group_card(found[GROUP.id], view),
        _aid_card(found[L1.id], view),
    ]


def share_card(board: Board, view: View) -> Card:
    """The closure rate by the definition shown, with the others one click away."""
    figure, cases = board.figures[view.basis.id], view.cases
    definition, left = figure.definition, figure.parts[GAP]
    return Card(
        label=str(definition.label),
        value=percent2(figure.rate),
        value_url=cases.url(definition.id, DENOMINATOR),
        as_of=view.now,
        definition=basis_words(view),
        fraction=_fraction(figure, cases),
        state=_state(figure),
        target=target_words(figure),
        gap=gap_in_cases(figure),
        notes=(
            *([cases.number(figure, GAP, _("看没办结的%(n)s件") % {"n": f"{left:,}"})] if left else []),
            *(_other(board.figures[each.id], view) for each in SHARES if each is not view.basis),
        ),
    )


def _labelled(label: Any, n: int | None) -> str:
    """办结1,203."""
    return _("%(label)s%(n)s") % {"label": label, "n": f"{n:,}"}


def basis_words(view: View) -> str:
    """期初未结+本期立案，本年累计（K1，报送用）."""
    use = _("报送用") if view.basis is view.in_use else _("对照，报送用%(id)s") % {"id": view.in_use.id}
    said = {"basis": view.basis.basis, "period": view.period_words, "id": view.basis.id, "use": use}
    return _("%(basis)s，%(period)s（%(id)s，%(use)s）") % said


def _other(figure: Figure, view: View) -> SafeString:
    definition = figure.definition
    url = board_url(view.choice, view.chosen, definition)
    words = f"{definition.id} {definition.label} {percent2(figure.rate)}"
    return format_html('<a href="{}">{}</a>', url, words)


def arbitration_card(board: Board, view: View) -> Card:
    """The closure rate of labour disputes, with what is open, suspended and overdue, and the figures beside it."""
    figure, cases = board.figures[A1.id], view.cases
    return Card(
        label=str(A1.label),
        value=percent2(figure.rate),
        value_url=cases.url(A1.id, DENOMINATOR),
        as_of=view.now,
        definition=_("%(basis)s，%(period)s（%(id)s）")
        % {"basis": A1.basis, "period": view.period_words, "id": A1.id},
        fraction=_fraction(figure, cases),
        state=_state(figure),
        target=target_words(figure),
        gap=gap_in_cases(figure),
        notes=(
            _left(figure, board.figures[A4.id], cases),
            *_suspended(figure, cases),
            _beside(board.figures[A2.id], board.figures[A3.id], cases),
        ),
    )


def _left(figure: Figure, late: Figure, cases: Cases) -> SafeString:
    """没结案15件，超期6件, each with its cases."""
    left = cases.number(figure, GAP, _("没结案%(n)s件") % {"n": f"{figure.parts[GAP]:,}"})
    if not late.numerator:
        return left
    words = _("超期%(n)s件") % {"n": f"{late.numerator:,}"}
    return format_html("{}{}{}", left, _("，"), cases.number(late, NUMERATOR, words))


def _beside(of_period: Figure, on_time: Figure, cases: Cases) -> SafeString:
    """当期97.74%，按期100.00%: A2 and A3 with the cases they are about."""
    words = ((of_period, _("当期%(rate)s")), (on_time, _("按期%(rate)s")))
    first, second = (
        cases.number(figure, DENOMINATOR, said % {"rate": percent2(figure.rate)}) for figure, said in words
    )
    return format_html("{}{}{}", first, _("，"), second)


def _fraction(figure: Figure, cases: Cases) -> SafeString:
    """办结123/应办126, each with its cases."""
    definition = figure.definition
    return format_html(
        "{}/{}",
        cases.number(figure, NUMERATOR, _labelled(definition.numerator_label, figure.numerator)),
        cases.number(figure, DENOMINATOR, _labelled(definition.denominator_label, figure.denominator)),
    )


def _suspended(figure: Figure, cases: Cases) -> tuple[SafeString, ...]:
    """How many of the open cases are suspended, and what the rate is without them."""
    n = figure.parts["suspended"]
    if not n:
        return ()
    words = _("中止%(n)s件，不计则%(rate)s") % {
        "n": f"{n:,}",
        "rate": percent2(figure.without_open("suspended")),
    }
    return (cases.number(figure, "suspended", words),)


def _overdue_card(figure: Figure, view: View) -> Card:
    url = view.cases.url(OVERDUE.id, NUMERATOR)
    return Card(
        label=str(figure.definition.label),
        value=f"{figure.numerator:,}",
        unit=_("件"),
        value_url=url,
        as_of=view.now,
        definition=str(figure.definition.basis),
        state="below" if figure.numerator else "met",
        target=_("需要督办") if figure.numerator else _("没有超期的案件"),
        gap=_("看这%(n)s件→") % {"n": f"{figure.numerator:,}"} if figure.numerator else "",
        url=url if figure.numerator else "",
    )


def _money_card(figure: Figure, before: Figure, view: View) -> Card:
    return Card(
        label=_("为农民工追回工资"),
        value=wan(figure.numerator),
        unit=_("万元"),
        value_url=view.cases.url(K6.id, NUMERATOR),
        as_of=view.now,
        definition=str(figure.definition.basis),
        fraction=_("%(n)s人") % {"n": f"{figure.beside['persons']:,}"},
        gap=_("明细%(n)s件→") % {"n": f"{figure.parts[NUMERATOR]:,}"},
        url=view.cases.url(K6.id, NUMERATOR),
        notes=_year_on_year(figure, before, view),
    )


def _year_on_year(figure: Figure, before: Figure, view: View) -> tuple[SafeString | str, ...]:
    """同比+12.4% and what it was; a sentence where the year before has nothing to compare with."""
    if not before.numerator:
        return (_("上年同期没有数据，不作同比"),)
    change = Fraction(figure.numerator, before.numerator) - 1
    was = _("上年同期%(sum)s万元，%(n)s件") % {
        "sum": wan(before.numerator),
        "n": f"{before.parts[NUMERATOR]:,}",
    }
    link = Cases(year_before(view.chosen)).number(before, NUMERATOR, was)
    return (_("同比%(change)s") % {"change": signed_percent(change)}, link)


def _time_card(figure: Figure, everything: Figure, view: View) -> Card:
    median = figure.beside["median"]
    return Card(
        label=str(figure.definition.label),
        value=NOTHING if figure.rate is None else two_places(figure.rate),
        unit="" if figure.rate is None else _("天"),
        value_url=view.cases.url(PRIORITY_TIME.id, DENOMINATOR),
        as_of=view.now,
        definition=str(figure.definition.basis),
        fraction="" if median is None else _("中位数%(n)s天") % {"n": two_places(Fraction(median))},
        gap=_("办结的%(n)s件→") % {"n": f"{figure.denominator:,}"},
        url=view.cases.url(PRIORITY_TIME.id, DENOMINATOR),
        notes=_all_cases(everything, view),
    )


def _all_cases(figure: Figure, view: View) -> tuple[SafeString, ...]:
    """The mean of every case closed, beside that of the priority ones."""
    if figure.rate is None:
        return ()
    said = {"n": f"{figure.denominator:,}", "mean": two_places(figure.rate)}
    return (view.cases.number(figure, DENOMINATOR, _("全部%(n)s件平均%(mean)s天") % said),)


def _group_card(figure: Figure, view: View) -> Card:
    parts = (("filed", _("本期立案%(n)s件")), ("closed", _("本期办结%(n)s件")))
    links = [
        view.cases.number(figure, part, words % {"n": f"{figure.parts[part]:,}"}) for part, words in parts
    ]
    return Card(
        label=str(figure.definition.label),
        value=f"{figure.numerator:,}",
        unit=_("件在办"),
        value_url=view.cases.url(GROUP.id, NUMERATOR),
        as_of=view.now,
        definition=str(figure.definition.basis),
        notes=tuple(links),
    )


def _aid_card(figure: Figure, view: View) -> Card:
    parts = (
        ("applied", _("本期申请%(n)s件")),
        ("concluded", _("本期结案%(n)s件")),
        ("open", _("期末在办%(n)s件")),
    )
    return Card(
        label=str(L1.label),
        value=f"{figure.numerator:,}",
        unit=_("件"),
        value_url=view.cases.url(L1.id, NUMERATOR),
        as_of=view.now,
        definition=_("决定给予之日在本期内（%(id)s）") % {"id": L1.id},
        fraction=_("%(n)s人次") % {"n": f"{figure.beside['persons']:,}"},
        notes=tuple(
            view.cases.number(figure, part, words % {"n": f"{figure.parts[part]:,}"}) for part, words in parts
        ),
    )


def _state(figure: Figure) -> str:
    """The colour's name: met, near or below; nothing without a verdict."""
    if figure.met is None or figure.rate is None or figure.target is None:
        return ""
    if figure.met:
        return "met"
    return "near" if figure.target - figure.rate <= ALMOST else "below"


def sentence(figure: Figure) -> str:
    """The figure in one sentence: 欠薪投诉立案办结率97.62%，低于目标98%，再办结1件可达标（口径：…）."""
    parts = [f"{figure.definition.label}{percent2(figure.rate)}", target_words(figure), gap_in_cases(figure)]
    said = _("，").join(part for part in parts if part)
    return _("%(said)s（口径：%(basis)s）") % {"said": said, "basis": figure.definition.basis}
