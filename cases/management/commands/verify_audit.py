"""Check the whole record of every case against its MACs and the anchor files."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases import audit
from cases.models import TimelineEvent


class Command(BaseCommand):
    help = "核对全部办理记录；有一条被改、删、插、换、截断或重写就以非零状态退出并指出第一处"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="列出每件案件的第一处问题，不只是最先发现的")

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        try:
            for fault in audit.verify():
                found += 1
                self.stderr.write(str(fault))
                if not options["all"]:
                    break
        except audit.AnchorFault as fault:
            self.stderr.write(str(fault))
            sys.exit(1)
        if found:
            sys.exit(1)
        self.stdout.write(f"核对完毕：{TimelineEvent.objects.count()}条记录完整，没有改动")
