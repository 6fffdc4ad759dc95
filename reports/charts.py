"""The charts of the leader's page: each is a table of numbers with links; what a script draws is read from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from agencies import code_lists
from agencies.models import Town
from cases.templatetags.ui import NOTHING, percent2
from reports.board import Board, Share, no_counts
from reports.cards import View
from reports.definitions import A1, AGE, K1, OVERDUE
from reports.indicators import Figure
from reports.links import Cases
from reports.parts import DENOMINATOR, GAP, NUMERATOR
from reports.periods import Period
from reports.wording import target_percent

WITHOUT = "none"
"""Stands in an address for those without town or industry."""

LOWEST = 10
"""So many towns are drawn; the table has them all."""

MOST = 9
"""So many industries are drawn."""


@dataclass(frozen=True)
class Cell:
    """A number with its cases; ``drawn`` is what the chart shows of it, as a plain number."""

    text: str
    url: str = ""
    drawn: str = ""


@dataclass(frozen=True)
class Row:
    """One category: a month, a town, an industry, an age."""

    label: str
    cells: tuple[Cell, ...]
    is_drawn: bool = True


@dataclass(frozen=True)
class Column:
    """A column of numbers; ``series`` says how it is drawn (line, bar, label), if at all."""

    label: str
    series: str = ""


@dataclass(frozen=True)
class Chart:
    """What `reports/_chart.html` shows; ``said`` is the chart in a sentence, ``target`` a line across it."""

    id: str
    title: str
    unit: str
    said: str
    head: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    target: str = ""
    target_label: str = ""
    note: str = ""


def charts(board: Board, view: View, towns: Iterable[Town]) -> list[Chart]:
    """The four charts in the order shown."""
    return [
        months_chart(board.months),
        towns_chart(board.divisions["town"], view, towns),
        industries_chart(board.divisions["industry"], view),
        ages_chart(board.figures[AGE.id], view),
    ]


def _count(cases: Cases, id_: str, part: str, n: int, *, drawn: bool = False) -> Cell:
    return Cell(f"{n:,}", cases.url(id_, part), str(n) if drawn else "")


def _rate(figure: Figure, url: str) -> Cell:
    """The rate, drawn in percent, exact to the hundredth that is shown."""
    drawn = "" if figure.rate is None else f"{round(figure.rate * 10_000) / 100:.2f}"
    return Cell(percent2(figure.rate), url, drawn)


# Months


def months_chart(months: list[tuple[Period, Figure, Figure]]) -> Chart:
    """K1 and A1 as of each month end; each number is the one that `kpi --as-of` gives for that day."""
    goal, other = (target_percent(each.target_share) for each in (K1, A1) if each.target_share)
    return Chart(
        id="months",
        title=_("近12个月两率（%(ids)s，各月末的本年累计）") % {"ids": f"{K1.id}、{A1.id}"},
        unit="%",
        said=_("%(name)s；%(other)s")
        % {
            "name": _months_said([(at, figure) for at, figure, _other in months]),
            "other": _months_said([(at, figure) for at, _first, figure in months]),
        },
        head=_("截止日期"),
        columns=(
            Column(str(K1.label), "line"),
            Column(str(K1.numerator_label)),
            Column(str(K1.denominator_label)),
            Column(_("比目标%(target)s") % {"target": goal}),
            Column(str(A1.label), "line"),
            Column(str(A1.numerator_label)),
            Column(str(A1.denominator_label)),
            Column(_("比目标%(target)s") % {"target": other}),
        ),
        rows=tuple(_month_row(*each) for each in months),
        target=f"{K1.target_share * 100:f}" if K1.target_share else "",
        target_label=_("目标%(target)s") % {"target": goal},
        note=_("图上的目标线是%(name)s的%(goal)s；%(other)s的目标是%(target)s")
        % {"name": K1.label, "goal": goal, "other": A1.label, "target": other},
    )


def _month_row(at: Period, *rates: Figure) -> Row:
    cases = Cases(at)
    return Row(
        label=f"{at.as_of}", cells=tuple(cell for figure in rates for cell in _month_cells(figure, cases))
    )


def _month_cells(figure: Figure, cases: Cases) -> tuple[Cell, ...]:
    id_ = figure.definition.id
    return (
        _rate(figure, cases.url(id_, DENOMINATOR)),
        _count(cases, id_, NUMERATOR, figure.numerator),
        _count(cases, id_, DENOMINATOR, figure.denominator or 0),
        Cell(NOTHING if figure.met is None else _("达到") if figure.met else _("低于")),
    )


def _months_said(months: list[tuple[Period, Figure]]) -> str:
    (first, was), (last, now) = months[0], months[-1]
    goal = now.definition.target_share
    return _("%(name)s从%(first)s的%(was)s到%(last)s的%(now)s，目标%(goal)s，12个月里有%(n)d个月末达到") % {
        "name": now.definition.label,
        "first": first.as_of,
        "was": percent2(was.rate),
        "last": last.as_of,
        "now": percent2(now.rate),
        "goal": target_percent(goal) if goal else "",
        "n": sum(figure.met is True for _at, figure in months),
    }


# Towns


def towns_chart(shares: list[Share], view: View, towns: Iterable[Town]) -> Chart:
    """Rate, open and overdue of every town, the lowest rate first; those with nothing to close at the end."""
    found = {share.value: share for share in shares}
    named = [(town.name, town.code, found.get(town.pk, Share(town.pk, no_counts()))) for town in towns]
    if None in found:
        named.append((_("没填镇街"), WITHOUT, found[None]))
    ranked = sorted(named, key=lambda each: _rank(each[2].figure(view.basis), each[2]))
    drawn = [each for each in ranked if each[2].figure(view.basis).rate is not None][:LOWEST]
    goal = view.basis.target_share
    return Chart(
        id="towns",
        title=_("镇街排名：%(name)s最低的%(n)d个") % {"name": view.basis.label, "n": len(drawn)},
        unit="%",
        said=_towns_said(drawn, len(ranked), view),
        head=_("镇街"),
        columns=(
            Column(_("办结率"), "bar"),
            Column(str(view.basis.numerator_label)),
            Column(str(view.basis.denominator_label)),
            Column(_("在办"), "label"),
            Column(_("超期"), "label"),
        ),
        rows=tuple(
            _town_row(name, Cases(view.chosen, (("town", code),)), share, view, (name, code, share) in drawn)
            for name, code, share in ranked
        ),
        target=f"{goal * 100:f}" if goal else "",
        target_label=_("目标%(target)s") % {"target": target_percent(goal)} if goal else "",
        note=_("图上是最低的%(n)d个，数据表里有全部%(total)d个") % {"n": len(drawn), "total": len(ranked)},
    )


def _rank(figure: Figure, share: Share) -> tuple[bool, Fraction, int]:
    return (figure.rate is None, figure.rate or Fraction(0), -share.counts[K1.id][GAP])


def _town_row(name: str, cases: Cases, share: Share, view: View, is_drawn: bool) -> Row:
    figure, id_ = share.figure(view.basis), view.basis.id
    return Row(
        label=name,
        cells=(
            _rate(figure, cases.url(id_, DENOMINATOR)),
            _count(cases, id_, NUMERATOR, figure.numerator),
            _count(cases, id_, DENOMINATOR, figure.denominator or 0),
            _count(cases, K1.id, GAP, share.counts[K1.id][GAP], drawn=True),
            _count(cases, OVERDUE.id, NUMERATOR, share.counts[OVERDUE.id][NUMERATOR], drawn=True),
        ),
        is_drawn=is_drawn,
    )


def _towns_said(drawn: list[tuple[str, str, Share]], total: int, view: View) -> str:
    if not drawn:
        return _("没有镇街有%(what)s的案件") % {"what": view.basis.denominator_label}
    worst = [f"{name}{percent2(share.figure(view.basis).rate)}" for name, _code, share in drawn[:3]]
    return _("%(total)d个镇街里%(name)s最低的是%(worst)s") % {
        "total": total,
        "name": view.basis.label,
        "worst": "、".join(worst),
    }


# Industries


def industries_chart(shares: list[Share], view: View) -> Chart:
    """Closed and still open of every industry that had cases, the largest first."""
    names = dict(code_lists.every_choice("industry"))
    largest = sorted(shares, key=lambda share: -share.counts[K1.id][DENOMINATOR])
    named = [(names.get(str(share.value)) or industry_name(""), share) for share in largest]
    rows = tuple(
        _industry_row(name, share, view, is_drawn=place < MOST and share.counts[K1.id][DENOMINATOR] > 0)
        for place, (name, share) in enumerate(named)
    )
    return Chart(
        id="industries",
        title=_("各行业应办案件：已办结和没办结"),
        unit=_("件"),
        said=_industries_said(named),
        head=_("行业"),
        columns=(Column(_("办结"), "bar"), Column(_("未结"), "bar"), Column(_("应办")), Column(_("超期"))),
        rows=rows,
    )


def industry_name(code: str) -> str:
    """What the district calls the industry; what to say where none was stated."""
    return code_lists.label("industry", code) if code else _("没填行业")


def _industry_row(name: str, share: Share, view: View, *, is_drawn: bool) -> Row:
    cases, parts = Cases(view.chosen, (("industry", str(share.value or WITHOUT)),)), share.counts[K1.id]
    return Row(
        label=name,
        cells=(
            _count(cases, K1.id, NUMERATOR, parts[NUMERATOR], drawn=True),
            _count(cases, K1.id, GAP, parts[GAP], drawn=True),
            _count(cases, K1.id, DENOMINATOR, parts[DENOMINATOR]),
            _count(cases, OVERDUE.id, NUMERATOR, share.counts[OVERDUE.id][NUMERATOR]),
        ),
        is_drawn=is_drawn,
    )


def _industries_said(named: list[tuple[str, Share]]) -> str:
    if not named:
        return _("没有应办的案件")
    name, share = named[0]
    parts = share.counts[K1.id]
    return _("应办案件最多的是%(name)s，%(n)s件，其中没办结%(left)s件") % {
        "name": name,
        "n": f"{parts[DENOMINATOR]:,}",
        "left": f"{parts[GAP]:,}",
    }


# Ages

AGES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("upto15", lambda: _("0—15个工作日")),
    ("upto30", lambda: _("16—30个工作日")),
    ("upto60", lambda: _("31—60个工作日")),
    ("over60", lambda: _("60个工作日以上")),
)


def ages_chart(figure: Figure, view: View) -> Chart:
    """Open cases by working days since the filing."""
    labels = [(part, label()) for part, label in AGES]
    counted = _("、").join(
        _("%(age)s%(n)s件") % {"age": label, "n": f"{figure.parts[part]:,}"} for part, label in labels
    )
    return Chart(
        id="ages",
        title=_("在办账龄：立案以来的工作日"),
        unit=_("件"),
        said=_("在办%(n)s件：%(counted)s") % {"n": f"{figure.numerator:,}", "counted": counted},
        head=_("账龄"),
        columns=(Column(_("在办"), "bar"),),
        rows=(
            *(
                Row(label, (_count(view.cases, AGE.id, part, figure.parts[part], drawn=True),))
                for part, label in labels
            ),
            Row(_("合计"), (_count(view.cases, AGE.id, NUMERATOR, figure.numerator),), is_drawn=False),
        ),
    )
