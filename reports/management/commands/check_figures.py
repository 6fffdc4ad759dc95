"""``manage.py check_figures``: every number as counted, listed, exported and told to programs, for every role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.days import parse_day
from reports.periods import Period, PeriodError, period, year_to_date
from reports.sameness import check, one_of_each_role

BAD_INPUT = 2


class Command(BaseCommand):
    help = "同数检查：每项指标的每个数，和名单、导出、接口给出的是否相同；每种角色各查一人，另查全区。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="from_on", metavar="D", help="开始日期，默认截止日期当年1月1日")
        parser.add_argument("--as-of", dest="as_of", metavar="D", help="截止日期，默认今天")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = _asked(options)
        different = 0
        for user in (None, *one_of_each_role()):
            lines = check(asked, user)
            wrong = [line for line in lines if not line.is_same]
            who = f"{user}（{user.get_role_display()}，{user.agency}）" if user else _("全区")
            self.stdout.write(
                _("%(who)s：%(n)d个数，%(wrong)d个不同") % {"who": who, "n": len(lines), "wrong": len(wrong)}
            )
            for line in wrong:
                self.stdout.write(
                    _("  %(id)s %(part)s：计数%(counted)d，名单%(listed)d，导出%(exported)d，接口%(told)d")
                    % {
                        "id": line.indicator.id,
                        "part": line.part.label,
                        "counted": line.counted,
                        "listed": line.listed,
                        "exported": line.exported,
                        "told": line.told,
                    }
                )
            different += len(wrong)
        if different:
            raise CommandError(_("%(n)d处不同") % {"n": different})


def _asked(options: dict[str, Any]) -> Period:
    today = timezone.localdate()
    try:
        as_of = parse_day(options["as_of"], today) if options["as_of"] else today
        from_on = parse_day(options["from_on"], today) if options["from_on"] else year_to_date(as_of)
        return period(from_on, as_of, today=today)
    except PeriodError as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from error
    except ValueError as error:
        raise CommandError(_("日期：%(error)s") % {"error": error}, returncode=BAD_INPUT) from error
