"""A case that the running act made itself: its rows are known without asking the database.

Nobody else can have added one before the commit. Inside `rows_of`, ``case.parties.all()`` and the like give what the
act told here; what nobody told of, and whatever filters further, asks the database as ever.

Inside `kept_back`, what says the number waits for it: whoever holds the counter keeps everybody else waiting.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cases.models import Case, TimelineEvent

EMPTY_AT_FIRST = ("clocks", "proposals")
"""Made by `cases.clocks` and `cases.services.steps` alone, which tell of each."""
_MARK = "_made_by_this_act"
_KEPT = "_kept_back"
_FETCHED = "_prefetched_objects_cache"  # where Django keeps rows that were fetched together with an object


@contextmanager
def rows_of(case: Case) -> Iterator[None]:
    """The case has its key and no rows yet. Afterwards the object asks the database again."""
    case.__dict__ |= {_MARK: {}, _FETCHED: {}}
    for name in EMPTY_AT_FIRST:
        tell(case, name, [])
    try:
        yield
    finally:
        del case.__dict__[_MARK], case.__dict__[_FETCHED]


def made(case: Case, name: str) -> list[Any] | None:
    """The rows of that name that the act made; None where it did not make the case or nobody told of them."""
    rows: dict[str, list[Any]] = case.__dict__.get(_MARK, {})
    return rows.get(name)


def tell(case: Case, name: str, rows: Iterable[Any]) -> None:
    """The act made these rows and, but for what it tells of later, no others of that name.

    Nothing where the act did not make the case.
    """
    if _MARK not in case.__dict__:
        return
    known: list[Any] | None = made(case, name)
    if known is None:
        known = case.__dict__[_MARK][name] = []
        fetched = getattr(case, name).all()
        fetched._result_cache, fetched._prefetch_done = known, True
        case.__dict__[_FETCHED][name] = fetched
    known.extend(rows)


@dataclass
class Kept:
    """Events in their order, not saved and without MAC, and what is to be done once they stand."""

    events: list[TimelineEvent] = field(default_factory=list)
    later: list[Callable[[], object]] = field(default_factory=list)


@contextmanager
def kept_back(case: Case) -> Iterator[Kept]:
    """Events of the case and `later` are kept back. Nothing may look for them in the database or ask for their keys."""
    kept = case.__dict__[_KEPT] = Kept()
    try:
        yield kept
    finally:
        del case.__dict__[_KEPT]


def kept(case: Case) -> Kept | None:
    """What is kept back at the moment; None where nothing is."""
    found: Kept | None = case.__dict__.get(_KEPT)
    return found


def later(case: Case, act: Callable[[], object]) -> None:
    """The act takes place as soon as the case has its number and its events: at once where nothing is kept back."""
    waiting = kept(case)
    if waiting is None:
        act()
    else:
        waiting.later.append(act)
