"""How long a signed-in session lives. Plain functions over the session's own data."""

from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.utils import timezone

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# Being seen is written down this often at most, so that not every request writes to the database.
SEEN_AGAIN_AFTER_SECONDS = 15


def begin(session: MutableMapping[str, Any]) -> None:
    """Both clocks of the session start now."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = _now()


def mark_seen(session: MutableMapping[str, Any]) -> None:
    """Somebody is there: the idle clock starts afresh."""
    if SIGNED_IN_AT not in session:
        begin(session)
    elif abs(_now() - session[SEEN_AT]) >= SEEN_AGAIN_AFTER_SECONDS:
        session[SEEN_AT] = _now()


def has_ended(session: MutableMapping[str, Any]) -> bool:
    """Whether nobody was there for too long, or the sign-in is too long ago; both limits are settings."""
    idle = _now() - session.get(SEEN_AT, _now())
    whole = _now() - session.get(SIGNED_IN_AT, _now())
    return idle >= settings.SESSION_IDLE_SECONDS or whole >= settings.SESSION_ABSOLUTE_SECONDS


def _now() -> int:
    return int(timezone.now().timestamp())
