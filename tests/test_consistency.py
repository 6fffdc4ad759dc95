"""A walk through the whole project: what one part says of another is true."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.template.loader import get_template

from calendars import catalogue as rules
from cases.models import Case
from cases.workflow.pages import as_markdown
from cases.workflow.registry import workflows
from cases.workflow.validate import problems
from config import route_rules
from documents import catalogue as documents
from documents import context

ROOT = Path(settings.BASE_DIR)
APPS = (
    "agencies",
    "arbitration",
    "calendars",
    "cases",
    "config",
    "documents",
    "inspection",
    "legal_aid",
    "notifications",
    "reports",
)
WORKFLOWS = workflows()
ARTICLE = re.compile(r"《[^》]+》|〔\d{4}〕|办理要求|派单要求")


def modules(*patterns: str) -> list[Path]:
    """Our own modules under the patterns, without migrations."""
    found = {path for app in APPS for pattern in patterns for path in (ROOT / app).glob(pattern)}
    return sorted(path for path in found if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def ids(workflow) -> str:
    return workflow.kind


# Procedures


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_procedure_has_no_fault(workflow):
    assert problems(workflow, known_documents={kind.id for kind in documents.KINDS}) == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_rows_and_methods_match(workflow):
    methods = {name for name, member in vars(workflow.model).items() if hasattr(member, "_django_fsm")}

    assert methods == set(workflow.by_name)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_every_row_and_condition_cites_an_article(workflow):
    without = [step.name for step in workflow.steps if not ARTICLE.search(step.law)]
    without += [each.name for step in workflow.steps for each in step.guards if not ARTICLE.search(each.law)]

    assert without == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_every_open_state_leads_to_an_end(workflow):
    leads = {
        state: {step.target for step in workflow.from_state(state) if step.target}
        for state in workflow.states.values
    }
    ending = set(workflow.final)
    while more := {state for state, targets in leads.items() if targets & ending} - ending:
        ending |= more

    assert set(workflow.states.values) - ending == set()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_rows_have_numbers_labels_and_people(workflow):
    rows = [step.row for step in workflow.steps]

    assert len(set(rows)) == len(rows)
    assert [step.name for step in workflow.steps if not str(step.label) or not step.by] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_who_proposes_is_never_who_takes(workflow):
    both = [
        step.name for step in workflow.steps if {a.code for a in step.by} & {a.code for a in step.proposed_by}
    ]

    assert both == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_rules_of_the_effects_are_in_the_catalogue(workflow):
    used = {effect.rule.code for step in workflow.steps for effect in step.then if hasattr(effect, "rule")}

    assert used <= {rule.code for rule in rules.all_rules()}
    assert set(workflow.headline_rules) <= {rule.code for rule in rules.all_rules()}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_documents_a_row_issues_are_named_by_it(workflow):
    unnamed = [
        (step.name, kind) for step in workflow.steps for kind in step.issues if kind not in step.documents
    ]

    assert unnamed == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=ids)
def test_page_of_the_procedure_is_current(workflow):
    """Made by ``manage.py workflow KIND --format markdown``."""
    page = ROOT / "docs" / "workflows" / f"{workflow.kind}.md"

    assert page.read_text(encoding="utf-8") == as_markdown(workflow)


def test_every_time_limit_cites_its_source():
    """A limit of the law names its article; a target of the office's own at least where it comes from."""
    without = [rule.code for rule in rules.all_rules() if rule.statutory and not ARTICLE.search(rule.law)]
    without += [rule.code for rule in rules.all_rules() if not rule.law]

    assert without == []


def test_every_document_that_is_ready_can_be_made():
    unfinished = [
        kind.id
        for kind in documents.KINDS
        if kind.ready and not (context.has_builder(kind.id) and get_template(kind.template_name))
    ]

    assert unfinished == []


# Templates

TEMPLATE_NAME = re.compile(r"""["']([\w/.-]+\.(?:html|css|txt))["']""")
# Named by Django or by a library, or chosen by the catalogue of documents.
FOUND_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def all_templates() -> set[str]:
    folder = ROOT / "templates"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def names_in(paths: list[Path]) -> set[str]:
    return {name for path in paths for name in TEMPLATE_NAME.findall(path.read_text(encoding="utf-8"))}


def mentioned_templates() -> set[str]:
    in_templates = names_in([path for path in (ROOT / "templates").rglob("*") if path.is_file()])
    in_code = names_in(modules("**/*.py"))
    return in_templates | in_code | {kind.template_name for kind in documents.KINDS if kind.ready}


def test_every_template_is_used():
    assert all_templates() - mentioned_templates() - FOUND_BY_DJANGO == set()


def test_every_template_that_is_named_exists():
    shown = {name for name in mentioned_templates() if "/" in name and name.endswith(".html")}
    ours = {name for name in shown if not name.startswith(("admin/", "django/"))}

    assert {name for name in ours if name not in all_templates()} == set()


@pytest.mark.parametrize("name", sorted(name for name in all_templates() if name.endswith(".html")))
def test_template_compiles(name):
    assert get_template(name).template.nodelist is not None


def test_partials_say_what_they_need():
    partials = sorted((ROOT / "templates").rglob("_*.html"))

    silent = [
        path.name
        for path in partials
        if not path.read_text(encoding="utf-8").startswith(("{% comment", "{#"))
    ]

    assert silent == []


# One way to the cases


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def functions(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """The top-level functions, methods and the module itself, each with its name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        yield getattr(node, "name", ""), node


OF_A_CASE = {Case.__name__, "InspectionCase", "AidCase", "ArbitrationCase", "MediationCase"} | {
    model.__name__
    for app in ("cases", "documents", "inspection", "legal_aid", "arbitration", "mediation")
    for model in apps.get_app_config(app).get_models()
    if any(field.related_model is Case for field in model._meta.concrete_fields)
}
SCOPES = ("visible_to", "readable_by")
# Querysets that begin elsewhere, each with its reason.
UNSCOPED = {
    # the command line counts the whole district and has no reader
    ("reports/facts.py", "cases_of"),
    # part of a query over cases that begins with what the person may see
    ("reports/facts.py", "_last_run"),
    ("reports/facts.py", "_last_clock"),
    ("reports/facts.py", "_reopenings"),
    ("reports/facts.py", "awards"),
    ("reports/parts/disputes.py", "_with_award"),
    ("reports/recorded.py", "as_recorded"),
    ("reports/facts.py", "payments_in"),
    ("reports/facts.py", "payments"),
}


def unscoped_querysets(path: Path) -> list[tuple[str, str, str]]:
    """Statements that take rows of cases from anywhere but a scope: file, function, model."""
    found = []
    for function, body in functions(path):
        for statement in (node for node in ast.walk(body) if isinstance(node, ast.stmt)):
            if any(isinstance(child, ast.stmt) for child in ast.iter_child_nodes(statement)):
                continue
            text = ast.unparse(statement)
            for model in re.findall(r"\b(\w+)\.objects\b", text):
                if model in OF_A_CASE and not any(scope in text for scope in SCOPES):
                    found.append((name_of(path), function, model))
    return found


def test_lint_sees_what_it_looks_for(tmp_path):
    module = tmp_path / "views.py"
    module.write_text(
        "def f(user):\n    a = Case.objects.get(pk=1)\n    return Case.objects.visible_to(user)\n"
    )
    tree = ast.parse(module.read_text())

    assert len(list(calls(tree))) == 2
    assert "Case" in OF_A_CASE
    assert "Document" in OF_A_CASE


def test_pages_tasks_and_reports_take_cases_through_sight_only():
    """Whoever looks for cases begins with what the person may see."""
    looked_at = modules("*views.py", "views/*.py", "tasks.py")
    looked_at += [path for path in modules("*.py") if path.parts[len(ROOT.parts)] == "reports"]

    found = {(file, function) for path in looked_at for file, function, _model in unscoped_querysets(path)}

    assert found - UNSCOPED == set()


# Rows of other tables than the case's that have a column of the same name.
SETS_A_STATE = {
    ("cases/services/steps.py", "_lapse_proposals"),
    ("notifications/outbox.py", "retry_parked"),
    ("notifications/outbox.py", "_run"),
}


def test_state_of_a_case_is_updated_nowhere():
    found = {
        (name_of(path), function)
        for path in modules("**/*.py")
        for function, body in functions(path)
        for call in calls(body)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("update", "bulk_update", "bulk_create")
        and any(keyword.arg == "state" for keyword in call.keywords)
    }

    assert found <= SETS_A_STATE


def test_state_of_a_case_is_assigned_nowhere():
    """`case.state = …` is stopped by the field; setattr, __dict__ and raw SQL would walk past it."""
    walks_past = re.compile(
        r"setattr\([^)]*[\"']state[\"']|__dict__\[[\"']state[\"']\]|UPDATE\s+cases_case\s+SET|\.raw\(|\.extra\(|RawSQL"
    )

    found = [
        name_of(path) for path in modules("**/*.py") if walks_past.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_record_is_written_by_the_audit_module_only():
    found = {
        name_of(path)
        for path in modules("**/*.py")
        if re.search(
            r"TimelineEvent\(|TimelineEvent\.objects\.(create|bulk_create|update|get_or_create)",
            path.read_text(),
        )
    }

    assert found == {"cases/audit.py"} | {"cases/models/record.py"}


# Addresses, tables


def test_every_view_has_a_rule():
    assert [route.route for route in route_rules.all_routes() if not route.rule] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in APPS]


def nullable(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if field.null}


def test_time_and_person_of_an_act_are_both_there_or_both_missing():
    """Each pair …_at and …_by that may be empty is held together by a constraint that names both."""
    loose = []
    for model in our_models():
        columns = nullable(model)
        for at in (name for name in columns if name.endswith("_at") and f"{name[:-3]}_by" in columns):
            pair = {at, f"{at[:-3]}_by"}
            texts = [
                str(rule.condition)
                for rule in model._meta.constraints
                if isinstance(rule, models.CheckConstraint)
            ]
            if not any(all(name in text for name in pair) for text in texts):
                loose.append(f"{model.__name__}.{at}")

    assert loose == []


def test_tables_and_columns_have_names_for_people():
    nameless = [
        model.__name__ for model in our_models() if model._meta.verbose_name == model._meta.model_name
    ]

    assert [
        name for name in nameless if name in ("Case", "Party", "Claim", "Payment", "Document", "Task", "Clue")
    ] == []
