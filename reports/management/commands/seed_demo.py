"""``manage.py seed_demo``: the demo accounts and a fictional history of a district, for trying the system out."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies.reference import DEMO_ACCOUNTS
from agencies.services import load_agencies
from calendars.services import load_official_calendars
from calendars.working_days import CalendarError
from cases.days import parse_day
from reports.demo.accounts import PASSWORD, AccountTaken, ensure_accounts
from reports.demo.plan import MONTHS, SIZES
from reports.demo.seeding import Content, present, write_history

BAD_INPUT = 2
EVERY = 10


class Command(BaseCommand):
    help = "写入演示账号和一年多的虚构案件，可重复运行，第二次不改动任何数据；生产环境拒绝运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size", choices=SIZES, default="small", help=f"small：{SIZES['small'].size}件，{MONTHS}个月"
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="N", help="同一个数字写出同一套案件，默认1"
        )
        parser.add_argument("--as-of", dest="as_of", metavar="D", help="历史写到这一天，默认今天")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.HARDENED:
            raise CommandError("生产环境不能写入演示数据：演示账号的密码是公开的")
        started, self.verbosity = time.monotonic(), options["verbosity"]
        as_of = _day(options["as_of"])
        load_agencies()
        load_official_calendars()
        try:
            new_accounts = ensure_accounts()
        except AccountTaken as taken:
            raise CommandError(
                f"{taken}是正式账号的用户名，不能建同名的演示账号；没有写入任何数据"
            ) from taken
        if found := present():
            self._say(f"演示数据已经有了，没有改动案件；补建演示账号{new_accounts}个。{_summary(found)}")
            return
        try:
            write_history(SIZES[options["size"]], as_of=as_of, seed=options["seed"], progress=self._progress)
        except CalendarError as error:
            raise CommandError(f"{error}；用 --as-of 换一天，没有写入案件", returncode=BAD_INPUT) from error
        written = present()
        assert written is not None, "the history was just written"
        seconds = time.monotonic() - started
        if self.stdout.isatty():
            self._say("")
        self._say(f"演示账号{len(DEMO_ACCOUNTS)}个，密码都是 {PASSWORD}")
        self._say(f"演示数据写好了，截至{as_of}：{_summary(written)}，用时{seconds:.1f}秒")

    def _progress(self, count: int, day: date) -> None:
        """One line per ten complaints; on a terminal the same line each time."""
        if self.verbosity and count % EVERY == 0:
            start, end = ("\r", "") if self.stdout.isatty() else ("", "\n")
            self.stdout.write(f"{start}已登记{count}件，写到{day}", ending=end)
            self.stdout.flush()

    def _say(self, sentence: str) -> None:
        if self.verbosity:
            self.stdout.write(sentence)


def _day(typed: str | None) -> date:
    today = timezone.localdate()
    if typed is None:
        return today
    try:
        day = parse_day(typed, today)
    except ValueError as error:
        raise CommandError(f"--as-of {typed}：{error}", returncode=BAD_INPUT) from error
    if day > today:
        raise CommandError(f"--as-of {typed}：不能晚于今天（{today}）", returncode=BAD_INPUT)
    return day


def _summary(content: Content) -> str:
    states = "、".join(f"{label}{count}" for label, count in content.states.items())
    return f"案件{content.cases}件（{states}），文书{content.documents}份"
