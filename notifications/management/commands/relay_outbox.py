"""Runs the effects that are due, once, without a worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from notifications import outbox, selectors


class Command(BaseCommand):
    help = (
        "Attempts every effect that is due, once. Exit code 1 when effects lie parked after their last try."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--retry-parked", action="store_true", help="give parked effects their tries anew"
        )
        parser.add_argument("--seconds", type=float, default=600, help="start no attempt after this time")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry_parked"]:
            self.stdout.write(f"retried: {outbox.retry_parked()}")
        tally = outbox.run_due(seconds=options["seconds"])
        self.stdout.write(f"done: {tally.done}, failed: {tally.failed}, parked: {selectors.parked().count()}")
        if selectors.parked().exists():
            raise CommandError("effects lie parked")
