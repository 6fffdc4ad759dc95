"""The procedures known to this site, filled by each case type's ``AppConfig.ready``."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cases.workflow.table import Workflow

_WORKFLOWS: dict[str, "Workflow"] = {}


def register(workflow: "Workflow") -> None:
    """The procedure is known under its kind; registering another one under the same kind is an error."""
    if _WORKFLOWS.setdefault(workflow.kind, workflow) is not workflow:
        raise ValueError(f"two workflows for {workflow.kind}")


def workflow_for(kind: str) -> "Workflow":
    """The procedure of a kind. KeyError when there is none."""
    return _WORKFLOWS[kind]


def workflows() -> list["Workflow"]:
    return list(_WORKFLOWS.values())
