"""``manage.py seed_bench``: a canary in every office, to search for in what other offices are shown."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.services import load_agencies
from calendars.services import load_official_calendars
from reports.demo.accounts import AccountTaken, ensure_accounts
from reports.demo.canaries import cases, plant


class Command(BaseCommand):
    help = (
        "在每个有办案人员的机构各放一件“金丝雀”案件，姓名、证件号码、手机号都是固定的；"
        "在别的机构看到的页面、导出、PDF里搜到它们，就是越权泄露。可重复运行；生产环境拒绝运行"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.HARDENED:
            raise CommandError("生产环境不能写入测试案件：演示账号的密码是公开的")
        load_agencies()
        load_official_calendars()
        try:
            ensure_accounts()
        except AccountTaken as taken:
            raise CommandError(f"{taken}是正式账号的用户名；没有写入任何数据") from taken
        new = plant()
        if not options["verbosity"]:
            return
        for canary, case in cases():
            self.stdout.write("  ".join((canary.agency, *canary.words, str(case.public_id))))
        self.stdout.write(f"每行一个机构：代码、姓名、证件号码、手机号、案件。新放{len(new)}件")
