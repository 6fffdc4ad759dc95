"""The calendar file `.ics` of hearings: time, place and number, no names. RFC 5545."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from arbitration.hearings.week import place
from arbitration.models import Hearing
from arbitration.states import HearingState

LINE_BYTES = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_of(hearings: Iterable[Hearing], *, at: datetime, host: str) -> str:
    """One event for each hearing; the same hearing keeps its UID, so a later file replaces what it said before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Huxin//Hearings//ZH", "METHOD:PUBLISH"]
    for hearing in hearings:
        lines += _event(hearing, at=at, host=host)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(hearing: Hearing, *, at: datetime, host: str) -> list[str]:
    summary = _("开庭 %(number)s") % {"number": hearing.case.number}
    state = "CONFIRMED" if hearing.state in (HearingState.PLANNED, HearingState.HELD) else "CANCELLED"
    return [
        "BEGIN:VEVENT",
        f"UID:{hearing.public_id}@{host}",
        f"DTSTAMP:{_utc(at)}",
        f"SEQUENCE:{hearing.version}",
        f"DTSTART:{_utc(hearing.starts_at)}",
        f"DTEND:{_utc(hearing.ends_at)}",
        f"SUMMARY:{summary.translate(_ESCAPED)}",
        f"LOCATION:{place(hearing).translate(_ESCAPED)}",
        f"STATUS:{state}",
        "END:VEVENT",
    ]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, the later ones after a blank; no character is cut in two."""
    pieces: list[str] = []
    current = ""
    for character in line:
        room = LINE_BYTES - (1 if pieces else 0)
        if len((current + character).encode()) > room:
            pieces.append(current)
            current = ""
        current += character
    return "\r\n ".join([*pieces, current])
