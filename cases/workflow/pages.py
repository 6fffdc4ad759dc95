"""A procedure printed for people: as a text table, as JSON and as a Mermaid diagram; the page in docs/workflows."""

from typing import Any

from django.utils.translation import gettext_noop

from cases.workflow.table import Actor, Step, Workflow


def _who(actors: tuple[Actor, ...]) -> str:
    return "、".join(f"{actor.label}（{actor.code}）" for actor in actors)


def step_as_dict(workflow: Workflow, step: Step) -> dict[str, Any]:
    """One row with every text resolved: what the JSON form prints."""
    ready = workflow.ready_documents()
    return {
        "row": step.row,
        "name": step.name,
        "label": str(step.label),
        "from": list(step.source),
        "to": "、".join(step.back_to) or step.target,
        "by": [{"code": actor.code, "label": str(actor.label)} for actor in step.by],
        "proposed_by": [{"code": actor.code, "label": str(actor.label)} for actor in step.proposed_by],
        "guards": [
            {"name": each.name, "message": str(each.message), "law": each.law} for each in step.guards
        ],
        "effects": [str(effect) for effect in step.then],
        "documents": [{"id": document, "ready": document in ready} for document in step.documents],
        "law": step.law,
        "worker_sees": str(step.public),
    }


def as_dict(workflow: Workflow) -> dict[str, Any]:
    """The whole procedure as JSON-ready data."""
    return {
        "kind": workflow.kind,
        "label": str(workflow.label),
        "version": workflow.version,
        "initial": workflow.initial,
        "final": sorted(workflow.final),
        "states": [{"code": state.value, "label": str(state.label)} for state in workflow.states],
        "steps": [step_as_dict(workflow, step) for step in workflow.steps],
    }


COLUMNS = [
    gettext_noop("行"),
    gettext_noop("步骤"),
    gettext_noop("从"),
    gettext_noop("到"),
    gettext_noop("提出"),
    gettext_noop("办理"),
    gettext_noop("条件"),
    gettext_noop("随后"),
    gettext_noop("文书"),
    gettext_noop("依据"),
]


def table_rows(workflow: Workflow) -> list[list[str]]:
    """One list of ten texts per step, in the order of `COLUMNS`."""
    ready = workflow.ready_documents()
    return [
        [
            step.row,
            str(step.label),
            "、".join(workflow.state_label(state) for state in step.source),
            "、".join(workflow.state_label(state) for state in step.targets) or "（不变）",
            _who(step.proposed_by) or "—",
            _who(step.by),
            "；".join(str(each.message) for each in step.guards) or "—",
            " ".join(str(effect) for effect in step.then) or "—",
            "、".join(doc if doc in ready else f"{doc}（待做）" for doc in step.documents) or "—",
            step.law,
        ]
        for step in workflow.steps
    ]


def as_text(workflow: Workflow) -> str:
    """The procedure as a table for a terminal: one block per row, so that long cells stay readable."""
    lines = [f"{workflow.label}（{workflow.kind}，第{workflow.version}版）", ""]
    for row in table_rows(workflow):
        lines.append(f"{row[0]:>4}  {row[1]}：{row[2]} → {row[3]}")
        lines += [
            f"      {name}：{cell}"
            for name, cell in zip(COLUMNS[4:], row[4:], strict=True)
            if cell not in ("", "—")
        ]
    return "\n".join(lines) + "\n"


def as_mermaid(workflow: Workflow) -> str:
    """The procedure as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f'  state "{state.label}" as {state.value}' for state in workflow.states]
    lines.append(f"  [*] --> {workflow.initial}")
    for step in workflow.steps:
        lines += [
            f"  {source} --> {target} : {step.row} {step.label}"
            for source in step.source
            for target in step.targets
        ]
    lines += [f"  {state} --> [*]" for state in workflow.states.values if state in workflow.final]
    return "\n".join(lines) + "\n"


def as_markdown(workflow: Workflow) -> str:
    """The committed page: the table, then the diagram."""

    def cell(text: str) -> str:
        return text.replace("|", "\\|")

    head = f"# {workflow.label} `{workflow.kind}`\n\n<!-- manage.py workflow {workflow.kind} --format markdown -->\n"
    lines = [head, f"第{workflow.version}版。{workflow.law}\n", "| " + " | ".join(COLUMNS) + " |"]
    lines.append("|" + "---|" * len(COLUMNS))
    lines += ["| " + " | ".join(cell(text) for text in row) + " |" for row in table_rows(workflow)]
    return "\n".join(lines) + "\n\n```mermaid\n" + as_mermaid(workflow) + "```\n"
