"""Print a procedure: for people, for programs, as a diagram."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.workflow.pages import as_dict, as_markdown, as_mermaid, as_text
from cases.workflow.registry import workflow_for, workflows

FORMATS = {
    "table": as_text,
    "json": lambda workflow: json.dumps(as_dict(workflow), ensure_ascii=False, indent=2) + "\n",
    "mermaid": as_mermaid,
    "markdown": as_markdown,
}


class Command(BaseCommand):
    help = "打印办理程序：manage.py workflow inspection --format table|json|mermaid|markdown"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", help="程序，如 inspection、clue")
        parser.add_argument("--format", choices=FORMATS, default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            workflow = workflow_for(options["kind"])
        except KeyError:
            known = "、".join(each.kind for each in workflows())
            raise CommandError(f"没有“{options['kind']}”这个程序，可选：{known}") from None
        self.stdout.write(FORMATS[options["format"]](workflow), ending="")
