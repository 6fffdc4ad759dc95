"""`due RULE START`: when a time limit ends, and why."""

import argparse
import json
import shlex
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from calendars import catalogue, enquiry, memo, services
from calendars.catalogue import UnknownRule
from calendars.clock import ClockError, NoLength, Rule
from calendars.official_years import built_in_calendar
from calendars.working_days import CalendarError, WorkingCalendar

NO_LENGTH = 2
BAD_QUESTION = 1


class QuestionParser(argparse.ArgumentParser):
    """One line of a batch; a mistake is a ClockError, not the end of the program."""

    def error(self, message: str) -> NoReturn:
        raise ClockError("这一行看不懂，写成“规则 起算日 [选项]”，例如：T10 2026-02-12 --extend 30")


class Command(BaseCommand):
    help = "算一个期限：规则编号和起算日，得到到期日，逐日说明。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        _add_question(parser, optional=True)
        parser.add_argument(
            "--batch", metavar="FILE", help="每行一个“规则 起算日 [选项]”，每行输出一个JSON；-是标准输入"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        office = self._office()
        if options["batch"]:
            self._answer_batch(options["batch"], office)
            return
        if not options["rule"] or not options["start"]:
            raise CommandError("写明规则编号和起算日，例如：due T10 2026-02-12", returncode=BAD_QUESTION)
        try:
            question, result = office.answer(options)
        except NoLength as nothing:
            raise CommandError(str(nothing), returncode=NO_LENGTH) from nothing
        except (ClockError, CalendarError, UnknownRule) as refusal:
            raise CommandError(str(refusal), returncode=BAD_QUESTION) from refusal
        if options["format"] == "text":
            self.stdout.write(enquiry.as_text(question, result))
            return
        for remark in enquiry.remarks(question, result):
            self.stderr.write(remark)
        self.stdout.write(_json(enquiry.as_json(question, result)))

    def _answer_batch(self, file: str, office: "Office") -> None:
        parser = QuestionParser(add_help=False, prog="")
        _add_question(parser, optional=False)
        for number, line in enumerate(_lines_of(file), start=1):
            if line.strip():
                self.stdout.write(_json(_answer_line(line, number, parser, office)))

    def _office(self) -> "Office":
        """Calendar and settings of the database, or what comes with the system where there is none yet."""
        try:
            with memo.reading_once():
                return Office(services.current_calendar(), services.settings_today())
        except DatabaseError:
            self.stderr.write("数据库还没有建好，按系统自带的放假安排计算")
            return Office(built_in_calendar(), {})


class Office:
    """What answers are made from, read once."""

    def __init__(self, calendar: WorkingCalendar, settings: services.Settings) -> None:
        self.calendar = calendar
        self.settings = settings

    def rule(self, code: str) -> Rule:
        rule = catalogue.rule(code)
        setting = self.settings.get(rule.code)
        return services.with_setting(rule, setting) if setting else rule

    def answer(self, options: dict[str, Any]) -> tuple[enquiry.Enquiry, Any]:
        question = enquiry.enquire(
            options["rule"],
            self.rule(options["rule"]),
            options["start"],
            pauses=options["pause"],
            extend=options["extend"],
            restart=options["restart"],
            official_only=options["official_only"],
        )
        return question, enquiry.answer(question, self.calendar)


def _add_question(parser: argparse.ArgumentParser, *, optional: bool) -> None:
    nargs = "?" if optional else None
    parser.add_argument("rule", nargs=nargs, metavar="RULE", help="规则编号，例如T10、ARB-23、LA-01")
    parser.add_argument(
        "start",
        nargs=nargs,
        metavar="START",
        help="起算日2026-02-12；按小时的2026-02-12T14:30，只写日期从零点起算",
    )
    parser.add_argument(
        "--pause", action="append", default=[], metavar="FROM:RESUMED", help="中止日:恢复日，可以多次"
    )
    parser.add_argument("--extend", default="0", metavar="N", help="批准延长的数量，单位同规则")
    parser.add_argument("--restart", default="", metavar="DATE", help="重新起算日")
    parser.add_argument("--official-only", action="store_true", help="用到未公布放假安排的年份就拒绝")


def _answer_line(line: str, number: int, parser: QuestionParser, office: Office) -> dict[str, Any]:
    try:
        options = vars(parser.parse_args(_words(line)))
        question, result = office.answer(options)
        return enquiry.as_json(question, result)
    except (ClockError, CalendarError, UnknownRule) as refusal:
        return {"error": str(refusal), "line": number}


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise ClockError(f"这一行的引号不成对：{line.strip()}") from error


def _lines_of(file: str) -> Iterator[str]:
    try:
        if file == "-":
            yield from sys.stdin
        else:
            with open(file, encoding="utf-8-sig") as lines:
                yield from lines
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"文件读不了：{file}（{error}）", returncode=BAD_QUESTION) from error


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
