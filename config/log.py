"""Logging: one JSON object a line, an event name and ids, never what people typed.

Personal data has no place in a log. As a last net, `Redaction` blanks whatever looks like an identity number,
a mobile number or a bank card; in tests it raises instead, so that the careless line is found before it is
shipped.
"""

import json
import logging
import re
import traceback
import unicodedata
from datetime import UTC, datetime
from typing import Any

from agencies.origin import request_id

MASK = "[***]"
_MONTH_AND_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_SHAPES_OF = {
    "identity number, 18 places": rf"[1-9]\d{{5}}(?:18|19|20)\d{{2}}{_MONTH_AND_DAY}\d{{3}}[0-9Xx]",
    "identity number, 15 places": rf"[1-9]\d{{5}}\d{{2}}{_MONTH_AND_DAY}\d{{3}}",
    "mobile number": r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}",
    "bank card": r"\d{16,19}",
    "bank card in groups": r"\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?",
}
# Bounded by what is neither digit nor Latin letter: hexadecimal ids are left alone, a Chinese word may touch.
_SHAPES = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(_SHAPES_OF.values())})(?![0-9A-Za-z])")
_OWN_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class PersonalDataInLogError(AssertionError):
    """A log line held something shaped like personal data. The line is not repeated here."""


def has_personal_shape(text: str) -> bool:
    """Whether the text holds something shaped like an identity number, a mobile number or a bank card."""
    return bool(_SHAPES.search(unicodedata.normalize("NFKC", text)))


def redact(text: str) -> str:
    """The text with every such shape blanked; the very same text when there is none."""
    normal = unicodedata.normalize("NFKC", text)
    return _SHAPES.sub(MASK, normal) if _SHAPES.search(normal) else text


class Redaction(logging.Filter):
    """Blanks personal shapes in the message and in every extra field; raises instead when ``strict``."""

    def __init__(self, strict: bool = False) -> None:
        super().__init__()
        self.strict = strict

    def filter(self, record: logging.LogRecord) -> bool:
        message = self._clean(record.getMessage(), record)
        if message != record.getMessage():
            record.msg, record.args = message, None
        for name, value in _extras(record).items():
            if isinstance(value, str | int) and not isinstance(value, bool):
                cleaned = self._clean(str(value), record)
                if cleaned != str(value):
                    setattr(record, name, cleaned)
        return True

    def _clean(self, text: str, record: logging.LogRecord) -> str:
        cleaned = redact(text)
        if self.strict and cleaned != text:
            raise PersonalDataInLogError(f"{record.name} at {record.pathname}:{record.lineno}")
        return cleaned


class JsonLine(logging.Formatter):
    """One line of JSON: time in UTC, level, logger, event, request id, scalar extras, where an error arose.

    The text of an exception is left out: databases quote the offending values in it.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        line.update(_extras(record))
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["frames"] = _frames(record.exc_info[2])
        return json.dumps(line)  # ASCII only: no line separator of any script survives


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {
        name: value
        for name, value in vars(record).items()
        if name not in _OWN_ATTRIBUTES and (value is None or isinstance(value, str | int | float | bool))
    }


def _frames(trace: Any) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-30:]]


def logging_config(*, level: str = "INFO", strict: bool = False) -> dict[str, Any]:
    """The ``LOGGING`` setting: everything from ``level`` on goes to standard error in the form above."""
    to_root: dict[str, Any] = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"redaction": {"()": "config.log.Redaction", "strict": strict}},
        "formatters": {"line": {"()": "config.log.JsonLine"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["redaction"]},
        },
        "root": {"level": level, "handlers": ["stderr"]},
        "loggers": {
            "django": {**to_root, "level": level},
            "django.server": {**to_root, "level": "WARNING"},
            # Refusals (4xx) are in the line `RequestMiddleware` writes; this one would add the address.
            "django.request": {**to_root, "level": "ERROR"},
            # Statements carry the values: never below WARNING.
            "django.db.backends": {**to_root, "level": "WARNING"},
            "fontTools": {**to_root, "level": "WARNING"},
            "weasyprint": {**to_root, "level": "ERROR"},
        },
    }
