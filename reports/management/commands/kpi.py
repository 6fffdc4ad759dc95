"""``manage.py kpi``: the indicators of the district or of one agency, as text or as JSON."""

import json
from argparse import ArgumentParser
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency
from cases.days import parse_day
from cases.money import yuan
from cases.templatetags.ui import percent2
from reports.definitions import INDICATORS, K6, K8
from reports.indicators import Figure, measure
from reports.periods import PeriodError, year_to_date
from reports.wording import gap_words, six_places, target_words, two_places

BAD_INPUT = 2


class Command(BaseCommand):
    help = "显示办结率等指标，带分子、分母、目标和差几件。不给参数就是全区本年累计。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="from_on", metavar="D", help="开始日期（含），默认截止日期当年1月1日"
        )
        parser.add_argument("--as-of", dest="as_of", metavar="D", help="截止日期（含），默认今天")
        parser.add_argument("--agency", metavar="CODE", help="只算这个机构及其下属机构，默认全区")
        known = "、".join(INDICATORS)
        parser.add_argument(
            "--id", dest="ids", metavar="ID", nargs="+", action="extend", help=f"指标：{known}"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        as_of = _day(options["as_of"], today, "--as-of") if options["as_of"] else today
        from_on = _day(options["from_on"], today, "--from") if options["from_on"] else year_to_date(as_of)
        agency = _agency(options["agency"])
        try:
            figures = measure(_known(options["ids"]), from_on=from_on, as_of=as_of, agency=agency)
        except PeriodError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        write = _json if options["format"] == "json" else _text
        self.stdout.write(write(figures, from_on, as_of, agency))


def _day(typed: str, today: date, option: str) -> date:
    try:
        return parse_day(typed, today)
    except ValueError as error:
        raise CommandError(f"{option} {typed}：{error}", returncode=BAD_INPUT) from error


def _agency(code: str | None) -> Agency | None:
    if code is None:
        return None
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        known = "、".join(Agency.objects.values_list("code", flat=True))
        sentence = _("没有代码为%(code)s的机构，可用：%(known)s") % {"code": code, "known": known}
        raise CommandError(sentence, returncode=BAD_INPUT)
    return agency


def _known(ids: list[str] | None) -> list[str]:
    """The ids asked for, each once and in capitals; all of them when none was named."""
    asked = list(dict.fromkeys(id_.upper() for id_ in ids or INDICATORS))
    if unknown := [id_ for id_ in asked if id_ not in INDICATORS]:
        names = {"ids": "、".join(unknown), "known": "、".join(INDICATORS)}
        raise CommandError(_("没有%(ids)s这个指标，可用：%(known)s") % names, returncode=BAD_INPUT)
    return asked


def _json(figures: list[Figure], from_on: date, as_of: date, agency: Agency | None) -> str:
    document = {
        "as_of": as_of.isoformat(),
        "from": from_on.isoformat(),
        "agency": agency.code if agency else None,
        "indicators": [_entry(figure) for figure in figures],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _entry(figure: Figure) -> dict[str, Any]:
    """Rate (a number of six decimals), target (text) and verdict are null without a denominator.

    K6 has fen in its numerator and adds persons and cases; K8 has calendar days and adds their median.
    """
    entry: dict[str, Any] = {
        "id": figure.definition.id,
        "label": str(figure.definition.label),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "rate": None if figure.rate is None else float(six_places(figure.rate)),
        "target": None if figure.rate is None else figure.definition.target,
        "met": figure.met,
    }
    if figure.definition is K6:
        entry |= {"persons": figure.beside["persons"], "cases": figure.parts["numerator"]}
    if figure.definition is K8:
        median = figure.beside["median"]
        entry["median"] = None if median is None else two_places(median)
    return entry


def _text(figures: list[Figure], from_on: date, as_of: date, agency: Agency | None) -> str:
    where = agency.name if agency else _("全区")
    head = _("%(start)s至%(end)s（含首尾两日），%(where)s") % {"start": from_on, "end": as_of, "where": where}
    return "\n".join([head, *(_line(figure) for figure in figures)])


def _line(figure: Figure) -> str:
    parts = [f"{figure.definition.id}  {figure.definition.label}", *_amounts(figure)]
    parts += [words for words in (target_words(figure), gap_words(figure)) if words]
    return "  ".join([*parts, _("口径：%(basis)s") % {"basis": figure.definition.basis}])


def _amounts(figure: Figure) -> list[str]:
    """What was measured, in the unit of the indicator."""
    if figure.definition is K6:
        persons, cases = figure.beside["persons"], figure.parts["numerator"]
        return [
            _("%(sum)s元") % {"sum": yuan(figure.numerator)},
            _("%(n)d人，%(m)d件") % {"n": persons, "m": cases},
        ]
    if figure.definition is K8:
        mean, median = figure.rate, figure.beside["median"]
        if mean is None or median is None:
            return ["—"]
        days = {"mean": two_places(mean), "median": two_places(Fraction(median))}
        return [_("平均%(mean)s天，中位数%(median)s天") % days, _("%(n)d件") % {"n": figure.denominator}]
    return [percent2(figure.rate), f"{figure.numerator}/{figure.denominator}"]
