"""Say whether a person sees a case, and why."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from agencies.models import User
from cases import access
from cases.models import Case


class Command(BaseCommand):
    help = "说明某人能不能看到某件案子、为什么；能看到退出码是0，看不到是1"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", help="案号或登记号，写全")
        parser.add_argument("--as", dest="user", required=True, help="用户名")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.select_related("agency").filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"没有用户{options['user']}", returncode=2)
        number = options["case"]
        found = Case.objects.filter(Q(case_no=number) | Q(receipt_no=number)).select_related("agency")
        if len(found) != 1:
            raise CommandError(
                f"没有案号或登记号是{number}的案件" if not found else "这个号码有几件案子", returncode=2
            )
        sees, why = access.explain(user, found[0])
        self.stdout.write(f"{'能' if sees else '不能'}看到：{why}")
        if not sees:
            sys.exit(1)
