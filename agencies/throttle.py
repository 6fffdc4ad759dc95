"""Guessing passwords does not pay: attempts are counted before a password is looked at.

One statement counts an attempt and says how many there were, so of many simultaneous guesses only the first
few are judged, on every database. A name is closed for 15 minutes after five attempts without success,
whether or not it exists; an address after twenty within an hour, so that one password cannot be tried on many
names. Who reads numbers in full is counted the same way, so that nobody copies a register one by one.
"""

import ipaddress
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from agencies.login_models import LoginCounter

Scope = LoginCounter.Scope

ONE_DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Limit:
    """How many attempts are judged in a window that starts with the first; the last starts it anew."""

    attempts: int
    seconds: int


LIMITS = {
    Scope.NAME: Limit(attempts=5, seconds=15 * 60),
    Scope.ADDRESS: Limit(attempts=20, seconds=60 * 60),
    Scope.READING: Limit(attempts=30, seconds=60 * 60),
}


@dataclass(frozen=True)
class Attempt:
    """What the counters said about one attempt.

    ``is_judged``: whether the password may be looked at. ``remaining``: how many more would be judged after
    this one. ``window_seconds``: until the window ends, which is also how long a closed name or address stays
    closed.
    """

    is_judged: bool
    remaining: int
    window_seconds: int


def count_attempt(*, name: str, address: str) -> Attempt:
    """The attempt is counted under its name and its address. Call it outside a transaction, before the
    password check.

    An address that is closed does not count against the name.
    """
    now = int(time.time())
    by_address = _count(Scope.ADDRESS, address, now)
    if not by_address.is_judged:
        return by_address
    by_name = _count(Scope.NAME, _same_name(name), now)
    return by_name if by_name.remaining <= by_address.remaining else by_address


def count_reading(person: int) -> Attempt:
    """One reading of numbers in full by the person of that key is counted; ``is_judged`` is whether it may be shown."""
    return _count(Scope.READING, str(person), int(time.time()))


def forgive(*, name: str, address: str) -> None:
    """After a success the name starts afresh, the address is charged one less, stale counters go."""
    LoginCounter.objects.filter(scope=Scope.NAME, key=_key(Scope.NAME, _same_name(name))).delete()
    LoginCounter.objects.filter(scope=Scope.ADDRESS, key=_key(Scope.ADDRESS, address), attempts__gt=0).update(
        attempts=F("attempts") - 1
    )
    LoginCounter.objects.filter(window_ends__lt=int(time.time()) - ONE_DAY_SECONDS).delete()


def reopen(name: str) -> bool:
    """An administrator opens a closed name before its time. Whether it was counted at all."""
    return bool(
        LoginCounter.objects.filter(scope=Scope.NAME, key=_key(Scope.NAME, _same_name(name))).delete()[0]
    )


def closed_names(names: Iterable[str]) -> set[str]:
    """Those of the names that are closed now: no password under them is looked at."""
    keys = {_key(Scope.NAME, _same_name(name)): name for name in names}
    closed = LoginCounter.objects.filter(
        scope=Scope.NAME,
        key__in=keys,
        attempts__gte=LIMITS[Scope.NAME].attempts,
        window_ends__gt=int(time.time()),
    )
    return {keys[key] for key in closed.values_list("key", flat=True)}


def client_address(request: HttpRequest) -> str:
    """Where the request comes from: the connection's address, or what a proxy of ours says about it.

    The header X-Forwarded-For can be written by anybody; it counts only from ``TRUSTED_PROXIES``, read from
    the right.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while address in settings.TRUSTED_PROXIES and forwarded and _is_address(forwarded[-1]):
        address = forwarded.pop()
    return address


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _same_name(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _key(scope: str, value: str) -> str:
    return salted_hmac(f"agencies.throttle.{scope}", value, algorithm="sha256").hexdigest()


def _count(scope: str, value: str, now: int) -> Attempt:
    """One statement: counts, opens a new window when the old one is over, and closes the name at the last attempt."""
    limit = LIMITS[Scope(scope)]
    new_end = now + limit.seconds
    table = connection.ops.quote_name(LoginCounter._meta.db_table)
    statement = f"""
        INSERT INTO {table} AS counter (scope, key, attempts, window_ends) VALUES (%s, %s, 1, %s)
        ON CONFLICT (scope, key) DO UPDATE SET
            attempts = CASE
                WHEN counter.window_ends <= %s THEN 1
                WHEN counter.attempts > %s THEN counter.attempts
                ELSE counter.attempts + 1 END,
            window_ends = CASE
                WHEN counter.window_ends <= %s OR counter.attempts + 1 = %s THEN excluded.window_ends
                ELSE counter.window_ends END
        RETURNING attempts, window_ends
    """  # noqa: S608  the table's name is ours
    values: list[str | int] = [scope, _key(scope, value), new_end, now, limit.attempts, now, limit.attempts]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        attempts, window_ends = cursor.fetchone()
    return Attempt(
        is_judged=attempts <= limit.attempts,
        remaining=max(0, limit.attempts - attempts),
        window_seconds=max(1, window_ends - now),
    )
