"""System checks of the procedures: a faulty table, or one that would strand an open case, does not start."""

from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cases import triggers
from cases.models import Case
from cases.workflow.registry import workflows
from cases.workflow.validate import problems

WORKFLOW = "workflow"


@register(WORKFLOW)
def workflows_are_sound(app_configs: Any, **_kwargs: Any) -> list[Error]:
    """Every table of a procedure is complete: methods, states, exits, articles."""
    return [
        Error(sentence, obj=workflow.kind, id="cases.E001")
        for workflow in workflows()
        for sentence in problems(workflow)
    ]


def _tables_are_there() -> bool:
    """Whether the tables exist: before the first migrate there is nothing to check."""
    return Case._meta.db_table in connection.introspection.table_names()


def _migrations_wait() -> bool:
    """Whether the tables are older than the program: triggers follow the migrations that are still to come."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@register(Tags.database)
def no_case_is_stranded(app_configs: Any, databases: Any = None, **_kwargs: Any) -> list[Error]:
    """Every open case is in a state that its procedure knows and that leads somewhere, under a version we know."""
    if not databases or not _tables_are_there():
        return []
    found = []
    rows = Case.objects.open().order_by().values_list("kind", "state", "workflow_version").distinct()
    known = {workflow.kind: workflow for workflow in workflows()}
    for kind, state, version in rows:
        workflow = known.get(kind)
        if workflow is None or state not in workflow.states.values or not workflow.from_state(state):
            sentence = f"在办案件停在“{kind}/{state}”，现在的流程表没有出路；先写迁移"
            found.append(Error(sentence, obj=kind, id="cases.E002"))
        elif version > workflow.version:
            sentence = f"有案件按“{kind}”第{version}版办理，程序只有第{workflow.version}版；不能倒退版本"
            found.append(Error(sentence, obj=kind, id="cases.E003"))
    return found


@register(Tags.database)
def triggers_are_there(app_configs: Any, databases: Any = None, **_kwargs: Any) -> list[Error]:
    """The triggers that protect the record exist; `migrate` makes them, and must not be stopped for lack of them."""
    if not databases or not _tables_are_there() or _migrations_wait():
        return []
    return [
        Error(f"数据库缺少触发器{name}；运行 manage.py migrate", id="cases.E004")
        for name in triggers.missing()
    ]
