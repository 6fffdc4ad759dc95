"""Write the heads of the records that moved to today's anchor file."""

from typing import Any

from django.core.management.base import BaseCommand

from cases import audit


class Command(BaseCommand):
    help = "把有变动的案件记录的校验码写入当天的锚定文件（定时任务每分钟也会做）"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"已锚定{audit.anchor()}件案件的记录")
