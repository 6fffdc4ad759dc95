"""The lists of codes 字典 as the district uses them: what the program delivers, with the district's own rows over it.

A package that owns a list registers it with its codes. Forms ask `choices`, labels ask `label`; both read the
district's rows once per request.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from agencies import changes
from agencies.changes import Area
from agencies.models import CodeItem, Town, User

TOWNS = "towns"  # a table of its own, because cases point at its rows
STEP = 10  # between the orders of delivered codes, so that new ones fit in


@dataclass(frozen=True)
class CodeList:
    """One list. It ``grows`` by codes of the district unless the program acts on them or a standard fixes them."""

    name: str
    label: Any
    codes: type[TextChoices]
    grows: bool = False
    note: Any = field(default="", compare=False)  # what hangs on the codes, for who edits them
    longest_code: int = 12  # as the columns that hold them


@dataclass(frozen=True)
class Item:
    """One code as it holds now: ``delivered`` with the program or the district's, ``changed`` by a row or not."""

    code: str
    label: str
    order: int
    in_use: bool = True
    delivered: bool = True
    changed: bool = False


_lists: dict[str, CodeList] = {}


def register(*lists: CodeList) -> None:
    """Add the lists. ValueError when a name is taken by other codes."""
    for each in lists:
        if _lists.setdefault(each.name, each) != each:
            raise ValueError(f"the list {each.name} is registered already")


def all_lists() -> list[CodeList]:
    """Every list, in the order of registration."""
    return list(_lists.values())


def code_list(name: str) -> CodeList:
    """The list of the name; KeyError."""
    return _lists[name]


# Reading


def items(name: str) -> list[Item]:
    """Every code of the list, retired ones too, in the order of forms."""
    rows = _rows().get(name, {})
    found = [
        _over(Item(code, str(text), place * STEP), rows.get(code))
        for place, (code, text) in enumerate(_lists[name].codes.choices, start=1)
    ]
    known = {item.code for item in found}
    own = [
        Item(row.code, row.label, row.order, row.in_use, delivered=False, changed=True)
        for row in rows.values()
        if row.code not in known
    ]
    return sorted([*found, *own], key=lambda item: (item.order, item.code))


def choices(name: str, *, keep: str = "", blank: bool = False) -> list[tuple[str, str]]:
    """What a form offers: the codes in use, and the one that stands in the record already."""
    offered = [(item.code, item.label) for item in items(name) if item.in_use or item.code == keep]
    return [("", ""), *offered] if blank else offered


def every_choice(name: str) -> list[tuple[str, str]]:
    """Every code, retired ones too, for a filter over what is there already."""
    return [(item.code, item.label) for item in items(name)]


def chooser(name: str, *, blank: bool = False) -> Callable[[], list[tuple[str, str]]]:
    """`choices` for a form field, asked anew by each form."""
    return lambda: choices(name, blank=blank)


def label(name: str, code: str) -> str:
    """The words for a code, retired or not; the code itself where nothing is known of it."""
    row = _rows().get(name, {}).get(code)
    if row is not None:
        return row.label
    words = dict(_lists[name].codes.choices)
    return str(words.get(code, code)) if code else ""


def _over(item: Item, row: CodeItem | None) -> Item:
    return Item(item.code, row.label, row.order, row.in_use, changed=True) if row else item


Rows = dict[str, dict[str, CodeItem]]
_known: ContextVar[Rows | None] = ContextVar("agencies_code_rows", default=None)
_reading: ContextVar[bool] = ContextVar("agencies_code_reading", default=False)


def begin(**_signal: Any) -> None:
    """A request begins: the rows are read once from now on."""
    _reading.set(True)
    _known.set(None)


def end(**_signal: Any) -> None:
    """The request is over."""
    _reading.set(False)
    _known.set(None)


@contextmanager
def reading_once() -> Iterator[None]:
    """The same for a loop outside a request. Only where no list is edited in between."""
    begin()
    try:
        yield
    finally:
        end()


def _rows() -> Rows:
    known = _known.get()
    if known is not None:
        return known
    read: Rows = {}
    for row in CodeItem.objects.all():
        read.setdefault(row.list, {})[row.code] = row
    if _reading.get():
        _known.set(read)
    return read


# Changing


def key_of(name: str, code: str) -> str:
    """Under which the changes of one code stand in the record."""
    return f"{name}:{code}"


@transaction.atomic
def add(*, by: User, name: str, code: str, text: str, order: int) -> CodeItem:
    """The list has one code more. ValidationError when it does not grow or the code is taken, also by a retired one."""
    its = _lists[name]
    if not its.grows:
        raise ValidationError(_("“%(list)s”的代码由程序使用，不能增加") % {"list": its.label})
    if any(item.code == code for item in items(name)):
        raise ValidationError({"code": _("代码%(code)s已经有了，停用的也不能再用") % {"code": code}})
    _require_new_label(name, code, text)
    row = CodeItem.objects.create(list=name, code=code, label=text, order=order)
    _known.set(None)
    _record(by, its.label, key_of(name, code), str(row), gettext_noop("增加代码"), {}, _values(row))
    return row


@transaction.atomic
def edit(*, by: User, name: str, code: str, seen: int, text: str, order: int, in_use: bool) -> None:
    """The code has this label and place; retired, it is offered no more and stays readable.

    ValidationError when nothing would be left to choose or the label is taken; changes.Outdated.
    """
    old = next(item for item in items(name) if item.code == code)
    row, _created = CodeItem.objects.select_for_update(of=("self",)).get_or_create(
        list=name, code=code, defaults={"label": old.label, "order": old.order, "in_use": old.in_use}
    )
    changes.require_seen(Area.CODES, key_of(name, code), seen)
    if not in_use and not any(item.in_use for item in items(name) if item.code != code):
        raise ValidationError({"in_use": _("这是最后一个在用的代码，停用以后就没有可选的了")})
    _require_new_label(name, code, text)
    before = _values(row)
    row.label, row.order, row.in_use = text, order, in_use
    row.save()
    _known.set(None)
    if before != _values(row):
        _record(
            by,
            _lists[name].label,
            key_of(name, code),
            str(row),
            gettext_noop("修改代码"),
            before,
            _values(row),
        )


def _require_new_label(name: str, code: str, text: str) -> None:
    same = next((item for item in items(name) if item.label == text and item.code != code), None)
    if same:
        raise ValidationError({"text": _("和代码%(code)s的名称一样，写得能分开") % {"code": same.code}})


@transaction.atomic
def add_town(*, by: User, code: str, text: str, order: int) -> Town:
    """One town more. ValidationError when code or name is taken."""
    if Town.objects.filter(code=code).exists():
        raise ValidationError({"code": _("代码%(code)s已经有了，停用的也不能再用") % {"code": code}})
    _require_new_name(code, text)
    town = Town.objects.create(code=code, name=text, order=order)
    _record(by, _towns(), key_of(TOWNS, code), town.name, gettext_noop("增加代码"), {}, _values(town))
    return town


@transaction.atomic
def edit_town(*, by: User, code: str, seen: int, text: str, order: int, in_use: bool) -> None:
    """The town has this name and place; retired, it is offered no more. ValidationError, changes.Outdated."""
    town = Town.objects.select_for_update(of=("self",)).get(code=code)
    changes.require_seen(Area.CODES, key_of(TOWNS, code), seen)
    if not in_use and not Town.objects.filter(in_use=True).exclude(pk=town.pk).exists():
        raise ValidationError({"in_use": _("这是最后一个在用的代码，停用以后就没有可选的了")})
    _require_new_name(code, text)
    before = _values(town)
    town.name, town.order, town.in_use = text, order, in_use
    town.save()
    if before != _values(town):
        _record(by, _towns(), key_of(TOWNS, code), town.name, gettext_noop("修改代码"), before, _values(town))


def _require_new_name(code: str, text: str) -> None:
    same = Town.objects.filter(name=text).exclude(code=code).first()
    if same:
        raise ValidationError({"text": _("和代码%(code)s的名称一样，写得能分开") % {"code": same.code}})


def _towns() -> Any:
    return Town._meta.verbose_name


def _values(row: CodeItem | Town) -> dict[Any, Any]:
    words = row.label if isinstance(row, CodeItem) else row.name
    return {
        gettext_lazy("名称"): words,
        gettext_lazy("顺序"): row.order,
        gettext_lazy("使用"): row.in_use,
    }


def _record(
    by: User, title: Any, key: str, subject: str, act: str, before: dict[Any, Any], after: dict[Any, Any]
) -> None:
    changes.record(
        by=by,
        area=Area.CODES,
        key=key,
        subject=format_lazy("{} {}", title, subject),
        act=act,
        before=before,
        after=after,
    )
