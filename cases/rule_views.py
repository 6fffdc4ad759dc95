"""规则: the procedures this site follows, as tables."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as translate
from django.views.decorators.http import require_GET

from agencies.access import rule
from cases.workflow.diagram import draw
from cases.workflow.pages import COLUMNS, as_mermaid, table_rows
from cases.workflow.registry import workflows


@rule("signed_in")
@require_GET
def workflow_list(request: HttpRequest) -> HttpResponse:
    """规则: the procedures this site follows."""
    return render(request, "cases/workflows.html", {"workflows": workflows()})


@rule("signed_in")
@require_GET
def workflow_page(request: HttpRequest, kind: str) -> HttpResponse:
    """One procedure as a table, with its diagram as text."""
    found: Mapping[str, Any] = {workflow.kind: workflow for workflow in workflows()}
    if kind not in found:
        raise Http404
    workflow = found[kind]
    context = {
        "workflow": workflow,
        "columns": [translate(column) for column in COLUMNS],
        "rows": table_rows(workflow),
        "mermaid": as_mermaid(workflow),
        "diagram": draw(workflow),
    }
    return render(request, "cases/workflow.html", context)
