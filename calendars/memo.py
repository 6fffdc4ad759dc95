"""What was read once stays known until the request ends; outside a request nothing is kept.

So a page with three hundred clocks asks for the calendar once, and no process ever works with a calendar that
was edited elsewhere before its request began.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Value = TypeVar("Value")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("calendars_known", default=None)


def begin(**_signal: Any) -> None:
    """A request begins: what is read from now on is kept."""
    _known.set({})


def end(**_signal: Any) -> None:
    """The request is over."""
    _known.set(None)


def forget() -> None:
    """Something was changed: it is read again when it is needed."""
    if _known.get() is not None:
        _known.set({})


@contextmanager
def reading_once() -> Iterator[None]:
    """The same for a loop outside a request. Only where nothing is edited in between."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def remember(key: Hashable, read: Callable[[], Value]) -> Value:
    """The value known under the key, read when there is none."""
    known = _known.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    value: Value = known[key]
    return value
