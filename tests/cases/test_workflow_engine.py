"""The engine: what a table of steps may say, what is refused at start, and how it is printed."""

import json
from dataclasses import replace
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django_fsm import TransitionNotAllowed

from cases import checks
from cases.models import Case
from cases.workflow import registry
from cases.workflow.pages import as_dict, as_markdown, as_mermaid, as_text
from cases.workflow.table import Change, Step, StepRefused, guard
from cases.workflow.validate import problems
from inspection.states import State
from inspection.workflow import INSPECTION
from tests.inspection.situations import TODAY, complaint, moment, ready_for, staff

LAW = "《劳动保障监察条例》第十七条"


def with_steps(*steps: Step) -> Any:
    """The procedure of complaints with these steps beside or instead of its own."""
    changed = {step.name: step for step in steps}
    kept = [changed.pop(step.name, step) for step in INSPECTION.steps]
    return replace(INSPECTION, steps=(*kept, *changed.values()))


def step(named: str, **changes: Any) -> Step:
    return replace(INSPECTION.by_name[named], **changes)


# What is refused at start


def test_table_in_force_has_no_fault():
    assert problems(INSPECTION) == []


FAULTY = {
    "no article": (step("order", law=""), "步骤order没有写依据"),
    "nobody": (step("order", by=()), "步骤order没有写由谁办理"),
    "unknown source": (step("order", source=("NOWHERE",)), "步骤order的状态NOWHERE不存在"),
    "unknown target": (step("order", target="NOWHERE"), "步骤order的状态NOWHERE不存在"),
    "no method": (
        step("order", name="order_twice"),
        "步骤order_twice在inspection.InspectionCase上没有对应的方法",
    ),
    "method of no step": (
        step("order", name="detail"),
        "步骤detail在inspection.InspectionCase上没有对应的方法",
    ),
    "other sources": (step("order", source=(State.ORDERED,)), "步骤order与方法的起始状态不一致"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_faulty_step_is_named(fault):
    faulty, sentence = FAULTY[fault]

    assert sentence in problems(with_steps(faulty))


def test_step_that_stands_twice_is_named():
    twice = replace(INSPECTION, steps=(*INSPECTION.steps, INSPECTION.steps[0]))

    assert problems(twice) == ["步骤request_correction写了两次"]


def test_dead_end_is_named():
    without = replace(
        INSPECTION, steps=tuple(each for each in INSPECTION.steps if State.ENFORCING not in each.source)
    )

    assert problems(without) == ["状态ENFORCING没有出路，也不是终点"]


def test_state_nobody_reaches_is_named():
    without = replace(
        INSPECTION, steps=tuple(each for each in INSPECTION.steps if each.target != State.ENFORCING)
    )

    assert problems(without) == ["状态ENFORCING走不到"]


def test_state_that_only_leads_to_itself_is_a_dead_end():
    assert "状态CANCELLED没有出路，也不是终点" in problems(
        with_steps(step("archive", target=State.CANCELLED))
    )


def test_unknown_document_is_named():
    faulty = with_steps(step("order", documents=("D99",)))

    assert problems(faulty, known_documents={f"D{n:02}" for n in range(1, 38)}) == ["文书D99不在目录里"]


def test_faulty_table_does_not_start(monkeypatch):
    monkeypatch.setitem(registry._WORKFLOWS, "inspection", with_steps(step("order", law="")))

    assert [error.msg for error in checks.workflows_are_sound(None)] == ["步骤order没有写依据"]


def test_two_tables_for_one_kind_are_refused():
    with pytest.raises(ValueError, match="two workflows for inspection"):
        registry.register(with_steps(step("order", law="")))


def test_registering_the_same_table_again_does_no_harm():
    known = registry.workflow_for("inspection")

    registry.register(known)

    assert registry.workflow_for("inspection") is known
    with pytest.raises(ValueError, match="two workflows for inspection"):
        registry.register(INSPECTION)


# Open cases under a changed table


def stranded(monkeypatch, **changes: Any) -> list[str]:
    monkeypatch.setitem(registry._WORKFLOWS, "inspection", replace(INSPECTION, **changes))
    return [error.id for error in checks.no_case_is_stranded(None, databases=["default"])]


class Shorter(models.TextChoices):
    """The states without ENFORCING."""

    REGISTERED = "REGISTERED"
    DECIDED = "DECIDED"


@pytest.mark.django_db
def test_open_case_in_a_state_that_was_removed_stops_the_start(monkeypatch):
    complaint(staff("W"), State.ENFORCING)

    assert stranded(monkeypatch, states=Shorter) == ["cases.E002"]


@pytest.mark.django_db
def test_open_case_that_nothing_leads_on_stops_the_start(monkeypatch):
    complaint(staff("W"), State.FILING)

    steps = tuple(each for each in INSPECTION.steps if State.FILING not in each.source)
    assert stranded(monkeypatch, steps=steps) == ["cases.E002"]


@pytest.mark.django_db
def test_case_of_a_newer_table_stops_the_start(monkeypatch):
    complaint(staff("W"), State.FILING, workflow_version=2)

    assert stranded(monkeypatch) == ["cases.E003"]


@pytest.mark.django_db
def test_case_that_is_over_strands_nowhere(monkeypatch):
    complaint(staff("W"), State.ARCHIVED, workflow_version=1)

    assert stranded(monkeypatch, states=Shorter) == []


# Guards and transitions


@guard("要写明理由", law=LAW, needs_facts=True)
def reasoned(case: Any, facts: Any) -> bool:
    return bool(facts.get("reason"))


@guard("金额不够", law=LAW)
def enough(case: Any, facts: Any) -> bool | str:
    return True if case.fen >= 100 else f"只有{case.fen}"


GUARDED = Step(
    name="guarded", row="0", label="试", source=("A",), target="B", by=(), law=LAW, guards=(reasoned, enough)
)


def test_guard_says_its_sentence_with_particulars_and_article():
    assert enough.refusal(SimpleNamespace(fen=7), {}) == f"金额不够：只有7（{LAW}）"
    assert reasoned.refusal(None, {}) == f"要写明理由（{LAW}）"
    assert enough.refusal(SimpleNamespace(fen=100), {}) is None


def test_guard_that_needs_facts_is_not_asked_before_the_form():
    poor = SimpleNamespace(fen=7)

    assert GUARDED.refusals(poor) == [f"金额不够：只有7（{LAW}）"]
    assert GUARDED.refusals(poor, {}) == [f"要写明理由（{LAW}）", f"金额不够：只有7（{LAW}）"]


def test_all_reasons_are_said_at_once():
    assert len(GUARDED.refusals(SimpleNamespace(fen=0), {"reason": ""})) == 2


def test_step_decorates_only_its_own_method():
    def other(self: Any) -> None:
        """Not the method of the step."""

    with pytest.raises(ValueError, match="other is not the method of step guarded"):
        GUARDED.transition(other)


@pytest.mark.django_db
def test_method_refuses_another_state(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    people = staff("WZX")
    case = ready_for("resume", people, State.REGISTERED)

    with pytest.raises(TransitionNotAllowed):
        case.resume(Change(case, INSPECTION.by_name["resume"], people["Z"], TODAY, moment(TODAY), {}, ""))


@pytest.mark.django_db
def test_method_refuses_when_a_guard_does_not_hold(time_machine):
    """Also who calls the method past `advance` does not get around the conditions of the law."""
    time_machine.move_to(moment(TODAY), tick=False)
    people = staff("WZXJ")
    case = ready_for("give_notice", people, State.ORDERED, details={"order_served_on": None})

    with pytest.raises(TransitionNotAllowed):
        case.give_notice(
            Change(case, INSPECTION.by_name["give_notice"], people["J"], TODAY, moment(TODAY), {}, "")
        )


@pytest.mark.django_db
def test_state_is_not_assigned():
    case = complaint(staff("W"), State.REGISTERED)

    with pytest.raises(AttributeError):
        case.state = State.CLOSED


def test_facts_that_do_not_do_are_refused_field_by_field():
    row = INSPECTION.by_name["archive"]

    with pytest.raises(StepRefused) as refusal:
        row.clean(None, None, {"pages": "0"})

    assert refusal.value.field_errors == {
        "pages": ["页数至少是1"],
        "contents_complete": ["“目录完整，逐页编号”还没选是或否"],
    }
    assert refusal.value.reasons == ["页数至少是1", "“目录完整，逐页编号”还没选是或否"]


@pytest.mark.django_db
def test_proxy_shows_its_kind_only():
    case = complaint(staff("W"), State.REGISTERED)
    Case.objects.filter(pk=case.pk).update(kind="arbitration")

    assert (INSPECTION.model.objects.count(), Case.objects.count()) == (0, 1)


# Printing


def workflow(*arguments: str) -> str:
    out = StringIO()
    call_command("workflow", *arguments, stdout=out)
    return out.getvalue()


def test_json_says_everything_about_a_row():
    rows = {row["name"]: row for row in json.loads(workflow("inspection", "--format", "json"))["steps"]}

    order = rows["order"]
    assert (order["row"], order["label"], order["from"], order["to"]) == (
        "14",
        "责令限期支付",
        ["INVESTIGATING"],
        "ORDERED",
    )
    assert (order["by"], order["proposed_by"]) == (
        [{"code": "J", "label": "监察机构负责人"}],
        [{"code": "Z", "label": "主办监察员"}],
    )
    assert order["documents"] == [{"id": "D18", "ready": True}, {"id": "D29", "ready": True}]
    assert [each["name"] for each in order["guards"]] == [
        "two_inspectors",
        "amounts_confirmed",
        "something_owed",
        "term_in_future",
    ]


def test_json_names_states_and_ends():
    printed = json.loads(workflow("inspection", "--format", "json"))

    assert {"code": "POLICE_PENDING", "label": "移送公安待立案"} in printed["states"]
    assert (printed["kind"], printed["initial"]) == ("inspection", "REGISTERED")
    assert printed["final"] == ["ARCHIVED", "NOT_ACCEPTED", "REDIRECTED", "VOID"]


def test_table_names_documents_that_are_still_to_be_made(monkeypatch):
    later = replace(INSPECTION, ready_documents=lambda: {"D29"})

    assert "文书：D18（待做）、D29" in as_text(later)
    assert as_dict(later)["steps"][0]["documents"] == [{"id": "D05", "ready": False}]


def test_diagram_has_every_state_and_every_move():
    lines = as_mermaid(INSPECTION).splitlines()

    assert lines[0] == "stateDiagram-v2"
    assert '  state "责令限期改正/支付" as ORDERED' in lines
    assert "  [*] --> REGISTERED" in lines
    assert "  INVESTIGATING --> ORDERED : 14 责令限期支付" in lines
    assert "  ARCHIVED --> [*]" in lines
    assert not [line for line in lines if "None" in line]


def test_command_prints_what_the_pages_say():
    assert workflow("inspection", "--format", "mermaid") == as_mermaid(INSPECTION)
    assert workflow("inspection", "--format", "markdown") == as_markdown(INSPECTION)
    assert workflow("inspection") == as_text(INSPECTION)


def test_command_names_the_procedures_there_are():
    with pytest.raises(CommandError, match=r"没有“strike”这个程序，可选：.*inspection"):
        workflow("strike")


@pytest.mark.django_db
def test_page_shows_the_rows_of_the_procedure(client):
    client.force_login(staff("W")["W"])

    page = client.get("/rules/inspection/").content.decode()

    assert all(str(each.label) in page and each.law in page for each in INSPECTION.steps)
    assert "stateDiagram-v2" in page


@pytest.mark.django_db
def test_page_of_an_unknown_procedure_does_not_exist(client):
    client.force_login(staff("W")["W"])

    assert client.get("/rules/strike/").status_code == 404
