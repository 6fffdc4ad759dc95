"""Make an account with one role in one agency."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies import people
from agencies.models import Agency, User
from agencies.rights import Role


class Command(BaseCommand):
    help = "建一个账号：manage.py create_user zhoumin --agency inspection --role window --name 周敏"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="账号")
        parser.add_argument("--agency", required=True, help="机构代码，如 inspection")
        parser.add_argument("--role", required=True, help=f"角色，可选：{'、'.join(Role.values)}")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--licence", default="", help="执法证号（监察员要有）")

    def handle(self, *args: Any, **options: Any) -> None:
        """The account exists with a one-time password, printed once; it is changed at the first sign-in."""
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            known = "、".join(Agency.objects.values_list("code", flat=True))
            raise CommandError(f"没有代码为{options['agency']}的机构，可用：{known}")
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError(f"账号{options['username']}已经有了，换一个名字")
        try:
            user, password = people.add(
                by=None,
                username=options["username"],
                agency=agency,
                role=options["role"],
                display_name=options["name"],
                licence_no=options["licence"],
            )
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        self.stdout.write(f"已建账号{user.username}（{agency}，{user.get_role_display()}）")
        self.stdout.write(f"一次性密码：{password}（只显示这一次，首次登录要改）")
