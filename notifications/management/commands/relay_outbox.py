"""Runs the effects that are due, once, without a worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from notifications import outbox, selectors


class Command(BaseCommand):
    help = "不靠后台任务，立即做完该送出的事；有多次失败后搁置的，退出码为1"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry-parked", action="store_true", help="搁置的重新来过")
        parser.add_argument("--seconds", type=float, default=600, help="多少秒以后不再开始新的，默认600")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry_parked"]:
            self.stdout.write(f"重新来过：{outbox.retry_parked()}件")
        tally = outbox.run_due(seconds=options["seconds"])
        parked = selectors.parked().count()
        self.stdout.write(f"已做{tally.done}件，没做成{tally.failed}件（稍后再试），搁置{parked}件")
        if parked:
            raise CommandError("有事项多次没有做成，已经搁置；原因见日志，排除以后加 --retry-parked 再运行")
