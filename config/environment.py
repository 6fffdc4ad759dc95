"""Typed reading of environment variables. A malformed value stops the process, naming the variable, not the value."""

import base64
import binascii

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; the default when it is missing or blank."""
    return env.str(name, default="").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off. ImproperlyConfigured on anything else."""
    value = text(name).lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return value in ("1", "true", "yes", "on") if value else default
    raise ImproperlyConfigured(f"{name} must be 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated parts of the variable, without blanks and empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def key(name: str) -> bytes:
    """The key in base64; empty when the variable is missing, which the start-up checks refuse."""
    return _decoded(name, text(name))


def named_keys(name: str) -> list[tuple[str, bytes]]:
    """Keys written as ``id:base64,id:base64``; the first one encrypts, the others only decrypt."""
    keys = []
    for part in words(name):
        key_id, separator, encoded = part.partition(":")
        if not separator or not key_id:
            raise ImproperlyConfigured(f"{name} must be written as id:base64,id:base64.")
        keys.append((key_id, _decoded(name, encoded)))
    return keys


def _decoded(name: str, encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise ImproperlyConfigured(f"{name} is not base64.") from None
