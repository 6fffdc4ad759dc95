"""The effect of a workflow row that issues documents."""

from dataclasses import dataclass
from functools import partial

from cases import newborn
from cases.workflow.table import Change
from documents import services
from documents.catalogue import ready_kinds


@dataclass(frozen=True, init=False)
class Issue:
    """The documents are issued with the step: ``Issue("D06", "D10")``.

    Kinds that are not ready yet are passed over, and those that the person taking the step left out.
    """

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)

    def apply(self, change: Change) -> None:
        ready = ready_kinds()
        for kind in self.kinds:
            if kind in ready and (change.documents is None or kind in change.documents):
                issue = partial(
                    services.issue, change.case, kind, change.by, event=change.event, facts=change.facts
                )
                newborn.later(change.case, issue)

    def __str__(self) -> str:
        return "文书" + "、".join(self.kinds)
