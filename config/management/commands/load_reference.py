"""The data every site starts with: agencies, towns, official calendars. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from agencies.services import load_agencies
from calendars.services import load_official_calendars


class Command(BaseCommand):
    help = "装入机构、镇街和官方工作日历；可重复运行，不改动已有的数据"

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_agencies()
        load_official_calendars()
        self.stdout.write(f"参考数据已就绪：新增机构和镇街{made}个")
