"""The translations of the interface, without gettext on the machine.

    .venv/bin/python -m tools.catalogues check     # complete, current, compiled; says what is not
    .venv/bin/python -m tools.catalogues update    # take in new texts, drop gone ones, compile

The source language is simplified Chinese. A catalogue is locale/LANGUAGE/LC_MESSAGES/django.po with its
compiled django.mo beside it; both are committed.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".venv", ".git", "var", "static", "tests", "tools", "benchmarks", "locale", "node_modules"}
TEMPLATE_SUFFIXES = {".html", ".txt"}

# How many leading arguments of a call are text, and whether the first of them is a context.
CALLS = {
    "_": (1, False),
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (2, True),
    "pgettext_lazy": (2, True),
    "npgettext": (3, True),
    "npgettext_lazy": (3, True),
}
TEMPLATE_CALL = re.compile(r"\b(?:_|n?p?gettext)\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str | None, str, str | None]  # context, text, plural text


class NotPlain(ValueError):
    """A text handed to gettext is put together at run time, so no catalogue can hold it."""


def texts() -> dict[Key, set[str]]:
    """Every text of the product that asks for translation, with the files it is in."""
    found: dict[Key, set[str]] = defaultdict(set)
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text(encoding="utf-8")
        calls = python_calls(source, name) if path.suffix == ".py" else template_calls(source, name)
        for call in calls:
            if key := key_of(call, name):
                found[key].add(name)
    return found


def sources() -> Iterator[Path]:
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in NOT_OURS]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if "migrations" in path.parts:
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts):
            yield path


def python_calls(source: str, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source, filename=name)):
        if isinstance(node, ast.Call):
            yield node


def template_calls(source: str, name: str) -> Iterator[ast.Call]:
    """The calls Django sees in a template, read from the form it makes for xgettext."""
    form = templatize(source, origin=name)
    for match in TEMPLATE_CALL.finditer(form):
        yield first_call(form[match.start() :], name)


def first_call(text: str, name: str) -> ast.Call:
    """The call that ``text`` starts with, whatever follows it."""
    end = text.find(")")
    while end >= 0:
        try:
            node = ast.parse(text[: end + 1], mode="eval").body
        except SyntaxError:
            end = text.find(")", end + 1)
            continue
        if isinstance(node, ast.Call):
            return node
        end = text.find(")", end + 1)
    raise NotPlain(f"{name}: {text[:40]!r}")


def key_of(call: ast.Call, name: str) -> Key | None:
    """What a call of gettext's family asks for; None for any other call. NotPlain on a text put together."""
    function = call.func
    called = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    if called not in CALLS or not call.args:
        return None
    count, has_context = CALLS[called]
    words = []
    for argument in call.args[:count]:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            raise NotPlain(f"{name}:{call.lineno}: {called}(…) 的文字必须直接写出来")
        words.append(argument.value)
    context = words.pop(0) if has_context else None
    return context, words[0], words[1] if len(words) > 1 else None


def catalogues() -> list[Path]:
    return sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))


def key_in(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or None


def faults(path: Path, wanted: dict[Key, set[str]]) -> Iterator[str]:
    """What keeps the catalogue from being complete, right and compiled, one line each."""
    catalogue = polib.pofile(str(path))
    present = {key_in(entry) for entry in catalogue if not entry.obsolete}
    for key in sorted(wanted.keys() - present, key=repr):
        yield f"没有收入：{key[1]!r}（{', '.join(sorted(wanted[key]))}）"
    for key in sorted(present - wanted.keys(), key=repr):
        yield f"程序里已经没有：{key[1]!r}"
    for entry in catalogue:
        if entry.obsolete:
            yield f"废弃的条目：{entry.msgid!r}"
        elif entry.fuzzy or not entry.translated():
            yield f"没有译好：{entry.msgid!r}"
        else:
            yield from placeholder_faults(entry)
    compiled = path.with_suffix(".mo")
    if not compiled.is_file() or compiled.read_bytes() != catalogue.to_binary():
        yield "编译结果不是最新的"


def placeholder_faults(entry: polib.POEntry) -> Iterator[str]:
    """A translation fills in what its source fills in; a singular may leave the number out."""
    wanted = sorted(PLACEHOLDER.findall(entry.msgid))
    versions = entry.msgstr_plural or {-1: entry.msgstr}
    for index, translation in versions.items():
        found = sorted(PLACEHOLDER.findall(translation))
        if found != wanted and not (index == 0 and set(found) <= set(wanted)):
            yield f"占位符不一致：{entry.msgid!r} → {translation!r}"


def check() -> int:
    wanted = texts()
    paths = catalogues()
    if not paths:
        print("locale/ 里没有译文目录")
        return 1
    count = 0
    for path in paths:
        for fault in faults(path, wanted):
            count += 1
            print(f"{path.relative_to(ROOT)}: {fault}")
    if count:
        print(f"\n共 {count} 处。先运行 make messages，再把缺的译文补进 .po，然后再运行一次。")
        return 1
    print(f"{len(wanted)} 条文字，{len(paths)} 种译文，齐全。")
    return 0


def update() -> int:
    wanted = texts()
    for path in catalogues() or [ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"]:
        catalogue = updated(path, wanted)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        path.with_suffix(".mo").write_bytes(catalogue.to_binary())
        missing = sum(not entry.translated() for entry in catalogue)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} 条，其中 {missing} 条待译")
    return 0


def updated(path: Path, wanted: dict[Key, set[str]]) -> polib.POFile:
    """The catalogue with exactly the wanted texts, old translations kept, in the order of their files."""
    known = {key_in(entry): entry for entry in polib.pofile(str(path))} if path.is_file() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "huxin",
        "Language": path.parts[-3],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for key in sorted(wanted, key=lambda key: (min(wanted[key]), key[1], key[0] or "")):
        context, text, plural = key
        entry = known.get(key) or polib.POEntry(msgctxt=context, msgid=text, msgid_plural=plural or "")
        if plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.obsolete = False
        entry.occurrences = [(name, "") for name in sorted(wanted[key])]
        catalogue.append(entry)
    return catalogue


def main(arguments: list[str]) -> int:
    commands = {"check": check, "update": update}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    settings.configure()  # Django's template lexer asks for settings; none of them matters here
    try:
        return commands[arguments[0]]()
    except NotPlain as fault:
        print(fault)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
