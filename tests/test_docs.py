"""What the documents say is so: links lead somewhere, commands and names exist, tables agree with the code."""

import re
import struct
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from agencies import rights
from agencies.reference import AGENCIES, DEMO_ACCOUNTS
from agencies.rights import Right, Role, RoleSpec
from cases.workflow.pages import as_markdown
from cases.workflow.registry import workflows
from reports.demo.accounts import PASSWORD

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGES = (
    "agencies|arbitration|benchmarks|calendars|cases|config|documents|inspection|legal_aid|notifications"
    "|reports|static|templates|tests|tools"
)

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MANAGE = re.compile(r"manage\.py ([a-z_]+)((?:(?!manage\.py)[^\n#])*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
PATH = re.compile(rf"`((?:{PACKAGES}|docs|deploy)/[\w./-]*)`")
DOTTED = re.compile(rf"`((?:{PACKAGES})(?:\.\w+)+)(?:\(\))?`")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            yield page, target


def anchors(page: Path) -> set[str]:
    """The fragments under which the headings of a page are reached."""
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_lead_to_something_in_the_project():
    broken = []
    for page, target in links():
        path, _hash, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (fragment and fragment not in anchors(file)):
            broken.append(f"{name_of(page)}: {target}")

    assert broken == []


def test_every_page_can_be_reached_from_the_readme():
    found, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in found:
            continue
        found.add(page)
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            file = (page.parent / target.partition("#")[0]).resolve()
            waiting += [*file.glob("*.md")] if file.is_dir() else [file] if file.suffix == ".md" else []

    assert [name_of(page) for page in PAGES if page not in found] == []


def test_screenshots_have_the_size_of_the_smallest_screen_we_support():
    shown = re.findall(r"\]\((docs/images/[\w-]+\.png)\)", README)
    sizes = {name: struct.unpack(">II", (ROOT / name).read_bytes()[16:24]) for name in shown}
    pages = {name: size for name, size in sizes.items() if not name.endswith("notice.png")}

    assert pages
    assert pages == dict.fromkeys(pages, (1366, 768))


def commands() -> Iterator[tuple[str, str, list[str]]]:
    """Page, command and options of every use of manage.py in the documents."""
    for page in PAGES:
        for command, rest in MANAGE.findall(page.read_text(encoding="utf-8")):
            yield name_of(page), command, OPTION.findall(rest)


def test_management_commands_and_their_options_exist():
    known = get_commands()
    wrong = []
    for page, command, options in commands():
        if command not in known:
            wrong.append(f"{page}: {command}")
            continue
        app = known[command]
        loaded: Any = load_command_class(app, command) if isinstance(app, str) else app
        taken = loaded.create_parser("manage.py", command)._option_string_actions
        wrong += [f"{page}: {command} {option}" for option in options if option not in taken]

    assert wrong == []


def test_readme_names_the_commands_of_the_site():
    named = {command for page, command, _options in commands() if page == "README.md"}

    assert {"due", "workflow", "kpi", "verify_audit", "show_urls", "seed_demo"} <= named


def test_scripts_and_make_targets_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    code = "\n".join(
        part
        for page in PAGES
        for part in re.findall(r"`[^`\n]+`|^```.*?^```", page.read_text("utf-8"), re.M | re.S)
    )

    assert set(re.findall(r"\bmake ([a-z]+)", code)) <= targets
    assert [name for name in re.findall(r"(?<![\w.])\./([a-z]+)", code) if not (ROOT / name).is_file()] == []
    assert [
        module
        for module in re.findall(r"python -m ((?:tools|benchmarks)\.\w+)", code)
        if not (ROOT / f"{module.replace('.', '/')}.py").is_file()
    ] == []


def resolves(dotted: str) -> bool:
    """Whether the name is a module of the project or something inside one."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: Any = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part) and part not in field_names(found):
                return False
            found = getattr(found, part, None)
        return True
    return False


def field_names(owner: Any) -> set[str]:
    meta = getattr(owner, "_meta", None)
    declared = getattr(owner, "__dataclass_fields__", {})
    return {*declared, *(field.name for field in meta.get_fields())} if meta else set(declared)


def test_files_and_names_of_the_code_exist():
    wrong = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        wrong += [f"{name_of(page)}: {path}" for path in PATH.findall(text) if not (ROOT / path).exists()]
        wrong += [
            f"{name_of(page)}: {dotted}"
            for dotted in DOTTED.findall(text)
            if not (resolves(dotted) or (ROOT / dotted).exists())
        ]

    assert wrong == []


def environment_variables() -> set[str]:
    """Every variable that the program reads from its environment."""
    read = re.compile(r"""(?:environment\.\w+|os\.environ\.get)\(\s*["'](\w+)["']""")
    files = [*(ROOT / "config").rglob("*.py"), *(ROOT / "tools").glob("*.py")]
    found = {name for file in files for name in read.findall(file.read_text(encoding="utf-8"))}
    return found - {"DJANGO_SETTINGS_MODULE"}


def test_configuration_explains_every_environment_variable_and_no_other():
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))

    assert explained == environment_variables()


def agency_names(spec: RoleSpec) -> str:
    names = {row["code"]: row["short_name"] for row in AGENCIES}
    return "、".join("各镇街" if code.endswith("-") else names[code] for code in spec.agencies)


def specs_of(role: str) -> list[RoleSpec]:
    """What the role is in each agency where it exists, each once."""
    codes = [row["code"] for row in AGENCIES if rights.may_sit_in(role, row["code"])]
    return list(dict.fromkeys(rights.spec(role, code) for code in codes))


def role_lines() -> list[str]:
    """The table of roles as `docs/roles.md` shows it."""
    lines = []
    for role in Role:
        for spec in specs_of(role):
            acts = "；".join(str(right.label) for right in Right if right in spec.rights)
            lines.append(f"| {role.label} | `{role}` | {agency_names(spec)} | {spec.sight.label} | {acts} |")
    return lines


def holders(right: str) -> str:
    """Who holds the right; with the agencies where not everybody of the role does."""
    found = []
    for role in Role:
        holding = [spec for spec in specs_of(role) if right in spec.rights]
        everywhere = holding == specs_of(role)
        found += [
            str(role.label) if everywhere else f"{role.label}（{agency_names(spec)}）" for spec in holding
        ]
    return "、".join(dict.fromkeys(found))


def right_lines() -> list[str]:
    """The table of rights with the roles that hold them."""
    return [f"| `{right}` | {right.label} | {holders(right)} |" for right in Right]


def test_roles_page_agrees_with_the_table_in_code():
    text = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if re.match(r"\| (?:[^|]+ \| )?`\w+` \|", line)]

    assert written == role_lines() + right_lines()


def test_readme_lists_the_demo_accounts_and_their_password():
    written = re.findall(r"^\| `(\w+)` \| (\S+) \|", README, re.MULTILINE)

    assert written == [(username, name) for username, _agency, _role, name, _licence in DEMO_ACCOUNTS]
    assert f"`{PASSWORD}`" in README


@pytest.mark.parametrize("kind", [workflow.kind for workflow in workflows()])
def test_workflow_pages_are_printed_from_the_code(kind):
    (workflow,) = (each for each in workflows() if each.kind == kind)
    page = ROOT / "docs" / "workflows" / f"{kind}.md"

    assert page.read_text(encoding="utf-8") == as_markdown(workflow), (
        f"print it again: manage.py workflow {kind} --format markdown > docs/workflows/{kind}.md"
    )
