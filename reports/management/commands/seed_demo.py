"""``manage.py seed_demo``: the demo accounts and a fictional history of a district, for trying the system out.

``small`` is what a first start shows, ``district`` a whole year, both written act by act. ``stress`` is for measuring:
histories written act by act and copied in bulk (`reports.demo.copies`).
"""

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
from reports.demo.plan import MONTHS, SIZES, STRESS, Plan, copied
from reports.demo.seeding import Content, present, write_history

BAD_INPUT = 2
STRESS_CASES = 100_000
BAR = 30
"""Signs of the progress bar."""


class Command(BaseCommand):
    help = "写入演示账号和一年多的虚构案件，可重复运行，第二次不改动任何数据；生产环境拒绝运行"
    _last = 0

    def add_arguments(self, parser: ArgumentParser) -> None:
        sizes = "；".join(f"{name}：{plan.size}件，{MONTHS}个月" for name, plan in SIZES.items())
        parser.add_argument(
            "--size",
            choices=(*SIZES, STRESS),
            default="small",
            help=f"{sizes}；{STRESS}：大批案件，用来量速度，成批的案件没有文书、材料和消息",
        )
        parser.add_argument("--cases", type=int, metavar="N", help=f"{STRESS}的件数，默认{STRESS_CASES:,}")
        parser.add_argument(
            "--seed", type=int, default=1, metavar="N", help="同一个数字写出同一套案件，默认1"
        )
        parser.add_argument("--as-of", dest="as_of", metavar="D", help="历史写到这一天，默认今天")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.HARDENED:
            raise CommandError("生产环境不能写入演示数据：演示账号的密码是公开的")
        started, self.verbosity = time.monotonic(), options["verbosity"]
        as_of = _day(options["as_of"])
        plan, self._total = _plan(options["size"], options["cases"])
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
            write_history(plan, as_of=as_of, seed=options["seed"], progress=self._progress, cases=self._total)
        except CalendarError as error:
            raise CommandError(f"{error}；用 --as-of 换一天，没有写入案件", returncode=BAD_INPUT) from error
        written = present()
        assert written is not None, "the history was just written"
        seconds = time.monotonic() - started
        if self.stdout.isatty():
            self._say("")
        self._say(f"演示账号{len(DEMO_ACCOUNTS)}个，密码都是 {PASSWORD}")
        if options["size"] == STRESS:
            self._say(
                "成批的案件没有文书、材料和消息：文书按手写办理；其余（期限、支付、记录）与逐件办理的一样"
            )
        self._say(f"演示数据写好了，截至{as_of}：{_summary(written)}，用时{seconds:.1f}秒")

    def _progress(self, count: int, day: date | None) -> None:
        """A line per tenth complaint, in large sets per hundredth of them; on a terminal a bar instead."""
        if not self.verbosity or (count - self._last < max(10, self._total // 100) and count < self._total):
            return
        self._last = count
        said = f"已登记{count}件，写到{day}" if day else f"已复制到{count}件"
        if self.stdout.isatty():
            done = BAR * count // self._total
            said = f"\r[{'#' * done}{'.' * (BAR - done)}] {said}"
        self.stdout.write(said, ending="" if self.stdout.isatty() else "\n")
        self.stdout.flush()

    def _say(self, sentence: str) -> None:
        if self.verbosity:
            self.stdout.write(sentence)


def _plan(size: str, cases: int | None) -> tuple[Plan, int]:
    """What is written act by act, and how many cases there are in the end. CommandError for a number that is none."""
    if size != STRESS:
        if cases is not None:
            raise CommandError(f"--cases 只用于 --size {STRESS}", returncode=BAD_INPUT)
        return SIZES[size], SIZES[size].size
    total = STRESS_CASES if cases is None else cases
    plan = copied(total)
    if total < plan.size:
        raise CommandError(f"--cases {total}：至少要{copied(0).size}件", returncode=BAD_INPUT)
    return plan, total


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
    others = "、".join(f"{label}{count}件" for label, count in sorted(content.others.items()))
    return f"案件{content.cases}件（{states}），文书{content.documents}份；{others}"
