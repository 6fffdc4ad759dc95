"""What is wrong with a procedure, in sentences. Run at start as a system check; an empty list lets the site start."""

from cases.workflow.table import Step, Workflow

# What the page of a step sends beside the facts.
RESERVED = {"do", "note", "key", "version", "documents", "documents_shown"}


def problems(workflow: Workflow, known_documents: set[str] | None = None) -> list[str]:
    """Every fault of the table: methods, states, dead ends, articles, documents. Empty when it may be used."""
    found = [sentence for step in workflow.steps for sentence in _step_problems(workflow, step)]
    names = [step.name for step in workflow.steps]
    found += [f"步骤{name}写了两次" for name in sorted({n for n in names if names.count(n) > 1})]
    found += _graph_problems(workflow)
    if known_documents is not None:
        named = {document for step in workflow.steps for document in step.documents}
        found += [f"文书{document}不在目录里" for document in sorted(named - known_documents)]
    return found


def _step_problems(workflow: Workflow, step: Step) -> list[str]:
    found = []
    unknown = [state for state in (*step.source, *step.targets) if state not in workflow.states.values]
    if unknown:
        found.append(f"步骤{step.name}的状态{'、'.join(unknown)}不存在")
    if not step.law:
        found.append(f"步骤{step.name}没有写依据")
    if not step.by:
        found.append(f"步骤{step.name}没有写由谁办理")
    if taken := RESERVED & set(getattr(step.form, "base_fields", ())):
        found.append(f"步骤{step.name}的表单用了保留的名字{'、'.join(sorted(taken))}")
    method = getattr(workflow.model, step.name, None)
    if method is None or not hasattr(method, "_django_fsm"):
        found.append(f"步骤{step.name}在{workflow.model_name}上没有对应的方法")
    else:
        sources = set(method._django_fsm.transitions)
        if sources != set(step.source):
            found.append(f"步骤{step.name}与方法的起始状态不一致")
    return found


def _graph_problems(workflow: Workflow) -> list[str]:
    reached, frontier = {workflow.initial}, [workflow.initial]
    while frontier:
        state = frontier.pop()
        for step in workflow.from_state(state):
            new = set(step.targets) - reached
            reached |= new
            frontier += sorted(new)
    found = [f"状态{state}走不到" for state in workflow.states.values if state not in reached]
    for state in workflow.states.values:
        leaves = any(set(step.targets) - {state} for step in workflow.from_state(state))
        if not leaves and state not in workflow.final:
            found.append(f"状态{state}没有出路，也不是终点")
    return found
