"""Lists every route with the rule that guards it."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.route_rules import all_routes, is_known


class Command(BaseCommand):
    help = (
        "Prints each route as JSON: route, name, rule, methods (null: unknown). Exit code 1 without a rule."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        routes = all_routes()
        self.stdout.write(json.dumps([asdict(route) for route in routes], ensure_ascii=False, indent=1))
        if without := [route.route for route in routes if route.rule is None or not is_known(route.rule)]:
            raise CommandError(f"without a known rule: {', '.join(without)}")
