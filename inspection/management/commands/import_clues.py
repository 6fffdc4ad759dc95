"""``manage.py import_clues FILE --channel national``: clues of a platform come in from a CSV file."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.models import Agency
from inspection.clues.importing import FileRefused, Outcome, import_rows, read
from inspection.states import Channel

BAD_ROWS = 1
BAD_FILE = 2
CHANNELS = [channel.value for channel in Channel]


class Command(BaseCommand):
    help = (
        "从CSV文件导入线索（UTF-8或GBK，第一行写列名），可重复运行：同一来源同一编号只进一次，已有的不改动。"
        "有错的行逐行说明，其余照常导入"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV文件，-是标准输入")
        parser.add_argument("--channel", required=True, choices=CHANNELS, help="来源，如 national、12345")
        parser.add_argument("--agency", default="inspection", metavar="CODE", help="机构代码，默认inspection")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            raise CommandError(f"没有代码是{options['agency']}的机构", returncode=BAD_FILE)
        try:
            rows = read(_content(options["file"]))
        except FileRefused as refused:
            raise CommandError(f"{refused}；没有导入", returncode=BAD_FILE) from refused
        with transaction.atomic():
            outcome = import_rows(rows, agency=agency, channel=Channel(options["channel"]))
            if options["dry_run"]:
                transaction.set_rollback(True)
        self._tell(outcome, dry_run=options["dry_run"], seconds=time.monotonic() - started)
        if outcome.faults:
            sys.exit(BAD_ROWS)

    def _tell(self, outcome: Outcome, *, dry_run: bool, seconds: float) -> None:
        """Faults row by row, then one line that sums up; never a word of what the rows say."""
        for fault in outcome.faults:
            self.stderr.write(str(fault))
        if outcome.differing:
            rows = "、".join(str(number) for number in outcome.differing[:20])
            self.stdout.write(f"第{rows}行在平台上有改动，本系统的没有覆盖")
        done = "检查完，没有写入：可导入" if dry_run else "导入"
        self.stdout.write(
            f"{done}{outcome.new}条，已有{outcome.known}条没有改动，"
            f"{len(outcome.bad_rows)}行要改，用时{seconds:.1f}秒"
        )


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name}读不出来：{error.strerror}", returncode=BAD_FILE) from error
