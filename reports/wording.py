"""Figures in words, the same on the page and on the command line."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from cases.models import CaseKind
from cases.money import wan
from cases.templatetags.ui import NOTHING, percent2
from reports.definitions import Gap, Unit
from reports.indicators import Figure


def six_places(rate: Fraction) -> str:
    """The quotient with six decimals, half to even: 123/126 is 0.976190."""
    return _decimal(rate, 6)


def two_places(number: Fraction) -> str:
    """The number with two decimals, half to even."""
    return _decimal(number, 2)


def _decimal(number: Fraction, places: int) -> str:
    whole, part = divmod(round(number * 10**places), 10**places)
    return f"{whole}.{part:0{places}}"


def target_percent(share: Decimal) -> str:
    """The target without needless zeros: 98%, 97.5%."""
    return f"{(share * 100).normalize():f}%"


def target_words(figure: Figure) -> str:
    """达到目标98% or 低于目标98%; empty without a target, and why there is no verdict at denominator 0."""
    if figure.target_text is None:
        return ""
    if figure.met is None:
        return _("没有%(what)s的案件，不作比较") % {"what": figure.definition.denominator_label}
    target = target_percent(Decimal(figure.target_text))
    return (_("达到目标%(target)s") if figure.met else _("低于目标%(target)s")) % {"target": target}


def gap_words(figure: Figure) -> str:
    """How many closures are missing or to spare; empty where there is nothing to say."""
    if figure.spare:
        return _above(figure, str(figure.spare))
    if not figure.missing:
        return ""
    if figure.definition.gap is Gap.BOTH:
        return _("再按期办结%(n)d件可达标") % {"n": figure.missing}
    return _below(figure, str(figure.missing))


def _above(figure: Figure, n: str) -> str:
    if figure.definition.kind == CaseKind.ARBITRATION:
        return _("比目标多结案%(n)s件") % {"n": n}
    return _("比目标多办结%(n)s件") % {"n": n}


def _below(figure: Figure, n: str) -> str:
    if figure.definition.kind == CaseKind.ARBITRATION:
        return _("再结案%(n)s件可达标") % {"n": n}
    return _("再办结%(n)s件可达标") % {"n": n}


def gap_in_cases(figure: Figure) -> str:
    """The same for the page: what is missing is said so that it can be done.

    Where a case was late already, more closures do not help: only cases that come due later and are closed on
    time thin it out. Beyond as many as the period had, that is said to be out of reach.
    """
    if figure.spare:
        return _above(figure, f"{figure.spare:,}")
    if not figure.missing or figure.denominator is None:
        return ""
    n = f"{figure.missing:,}"
    if figure.definition.gap is not Gap.BOTH:
        return _below(figure, n)
    if figure.missing <= figure.parts["due_today"]:
        return _("截止日到期的再办结%(n)s件可达标") % {"n": n}
    if figure.missing > figure.denominator:
        return _("超期的太多，本期内难以达标")
    return _("今天起到期的连续%(n)s件都按期办结才可达标") % {"n": n}


def signed_percent(change: Fraction) -> str:
    """A change with its sign and one decimal, half to even: +12.4%."""
    tenths = round(change * 1000)
    sign = "-" if tenths < 0 else "+"
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def amount_words(figure: Figure) -> str:
    """What was measured, in the unit of the figure: 97.62%, 16件, 1.23万元, 11.00天."""
    unit = figure.definition.unit
    if unit is Unit.MONEY:
        return _("%(sum)s万元") % {"sum": wan(figure.numerator)}
    if unit is Unit.CASES:
        return _("%(n)s件") % {"n": f"{figure.numerator:,}"}
    if figure.rate is None:
        return NOTHING
    return percent2(figure.rate) if unit is Unit.SHARE else _("%(n)s天") % {"n": two_places(figure.rate)}


def said_in_short(figure: Figure) -> tuple[str, str, str]:
    """The amount, the fraction behind it and the verdict; the latter two are empty where there is none."""
    fraction = "" if figure.denominator is None else f"{figure.numerator:,}/{figure.denominator:,}"
    return amount_words(figure), fraction, target_words(figure)
