"""``manage.py kpi``: the indicators of the district or of one agency, as text or as JSON."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency
from cases.days import parse_day
from cases.money import yuan
from cases.templatetags.ui import percent2
from reports.answers import document, entry
from reports.definitions import INDICATORS, Unit
from reports.indicators import Figure, measure
from reports.parts import NUMERATOR, PARTS
from reports.periods import Period, PeriodError, end_of, period, year_to_date
from reports.proofs import ProofError, differences, proof, read
from reports.wording import gap_words, target_words, two_places

BAD_INPUT = 2


class Command(BaseCommand):
    help = "显示办结率等指标，带分子、分母、目标和差几件。不给参数就是全区本年累计。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="from_on", metavar="D", help="开始日期（含），默认截止日期当年1月1日"
        )
        parser.add_argument(
            "--as-of",
            dest="as_of",
            metavar="D",
            help="截止日期（含），默认今天；时刻写成2026-10-31T15:30",
        )
        parser.add_argument("--agency", metavar="CODE", help="只算这个机构及其下属机构，默认全区")
        known = "、".join(INDICATORS)
        parser.add_argument(
            "--id", dest="ids", metavar="ID", nargs="+", action="extend", help=f"指标：{known}"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--recorded",
            action="store_true",
            help="按截止时刻以前的记录算，并列出现在所知；--as-of 写到几点几分时就是这样",
        )
        parser.add_argument("--proof", metavar="FILE", help="把指标、定义版本和每一项的案号、指纹写进文件")
        parser.add_argument("--verify", metavar="FILE", help="按文件重新计算，列出不同；有不同时退出码为1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verify"]:
                self._verify(Path(options["verify"]))
            else:
                self._measure(options)
        except (PeriodError, ProofError) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except OSError as error:
            raise CommandError(f"{error.filename}：{error.strerror}", returncode=BAD_INPUT) from error

    def _measure(self, options: dict[str, Any]) -> None:
        asked, ids, agency = _asked(options), _known(options["ids"]), _agency(options["agency"])
        days = {"from_on": asked.from_on, "as_of": asked.as_of, "agency": agency}
        figures = measure(ids, **days, moment=asked.moment)
        if options["proof"]:
            kept = json.dumps(proof(ids, asked, agency), ensure_ascii=False, indent=1)
            Path(options["proof"]).write_text(kept, encoding="utf-8")
        write = _json if options["format"] == "json" else _text
        self.stdout.write(write(figures, measure(ids, **days) if asked.moment else [], asked, agency))

    def _verify(self, file: Path) -> None:
        kept = read(file.read_text(encoding="utf-8", errors="replace"))
        if found := differences(kept):
            self.stdout.write("\n".join(found))
            raise CommandError(_("%(n)d处不同") % {"n": len(found)})
        count = len(kept["indicators"])
        self.stdout.write(_("%(n)d项指标重新计算，和文件完全相同") % {"n": count})


def _asked(options: dict[str, Any]) -> Period:
    """The days asked for, and the instant of the record where one is. PeriodError for one in the future."""
    now, typed = timezone.now(), options["as_of"]
    moment = _moment(typed) if typed else None
    as_of = timezone.localdate(moment or now)
    if typed and moment is None:
        as_of = _day(typed, timezone.localdate(), "--as-of")
        moment = min(end_of(as_of), now) if options["recorded"] else None
    if moment is not None and moment > now:
        raise PeriodError(_("截止时刻%(at)s晚于现在") % {"at": typed})
    from_on = (
        _day(options["from_on"], timezone.localdate(), "--from")
        if options["from_on"]
        else year_to_date(as_of)
    )
    return period(from_on, as_of, today=timezone.localdate(), moment=moment)


def _moment(typed: str) -> datetime | None:
    """The instant, in Beijing unless it says otherwise; None for a day without a time."""
    if ":" not in typed:
        return None
    try:
        found = datetime.fromisoformat(typed)
    except ValueError as error:
        said = _("--as-of %(typed)s：时刻看不懂，写成2026-10-31T15:30") % {"typed": typed}
        raise CommandError(said, returncode=BAD_INPUT) from error
    return found if found.tzinfo else timezone.make_aware(found)


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


def _json(figures: list[Figure], now: list[Figure], asked: Period, agency: Agency | None) -> str:
    """The figures; of an instant also what is known now about the same days."""
    entries = [entry(figure) for figure in figures]
    if asked.moment is not None:
        known = ("numerator", "denominator", "rate", "met")
        entries = [
            {**said, "now": {name: entry(later)[name] for name in known}}
            for said, later in zip(entries, now, strict=True)
        ]
    return json.dumps(document(entries, asked, agency), ensure_ascii=False, indent=2)


def _text(figures: list[Figure], now: list[Figure], asked: Period, agency: Agency | None) -> str:
    where = agency.name if agency else _("全区")
    head = _("%(start)s至%(end)s（含首尾两日），%(where)s") % {
        "start": asked.from_on,
        "end": asked.as_of,
        "where": where,
    }
    if asked.moment is None:
        return "\n".join([head, *(_line(figure) for figure in figures)])
    at = f"{timezone.localtime(asked.moment):%Y-%m-%d %H:%M}"
    head += _("，按%(at)s以前的记录；和现在所知不同的另列") % {"at": at}
    return "\n".join([head, *(_twice(*both) for both in zip(figures, now, strict=True))])


def _twice(then: Figure, now: Figure) -> str:
    """The figure as it was known then, and as it is known now where that is different."""
    said, later = _amounts(then), _amounts(now)
    if said == later:
        return _line(then)
    return "  ".join([_line(then), _("现在所知：%(amounts)s") % {"amounts": "  ".join(later)}])


def _line(figure: Figure) -> str:
    parts = [f"{figure.definition.id}  {figure.definition.label}", *_amounts(figure)]
    parts += [words for words in (target_words(figure), gap_words(figure)) if words]
    return "  ".join([*parts, _("口径：%(basis)s") % {"basis": figure.definition.basis}])


def _amounts(figure: Figure) -> list[str]:
    """What was measured, in the unit of the indicator."""
    if figure.definition.unit is Unit.MONEY:
        persons, cases = figure.beside["persons"], figure.parts["numerator"]
        return [
            _("%(sum)s元") % {"sum": yuan(figure.numerator)},
            _("%(n)d人，%(m)d件") % {"n": persons, "m": cases},
        ]
    if figure.definition.unit is Unit.CASES:
        return [_("%(n)d件") % {"n": figure.numerator}, *_parts(figure)]
    if figure.definition.unit is Unit.DAYS:
        mean, median = figure.rate, figure.beside["median"]
        if mean is None or median is None:
            return ["—"]
        days = {"mean": two_places(mean), "median": two_places(Fraction(median))}
        return [_("平均%(mean)s天，中位数%(median)s天") % days, _("%(n)d件") % {"n": figure.denominator}]
    return [percent2(figure.rate), f"{figure.numerator}/{figure.denominator}"]


def _parts(figure: Figure) -> list[str]:
    """What stands beside a count: 本期申请12件，本期结案3件."""
    others = [
        _("%(label)s%(n)d件") % {"label": part.label, "n": figure.parts[name]}
        for name, part in PARTS[figure.definition.id].items()
        if name != NUMERATOR
    ]
    return [_("，").join(others)] if others else []
