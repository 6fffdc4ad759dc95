"""Keys are there, long enough, random, and each is used for one purpose."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from config.checks.findings import TAG, Findings, weak
from config.profile import PROJECT_DIR

KEY_BYTES = 32
# 32 random bytes have fewer than 16 different values about once in 10^14 draws.
DIFFERENT_BYTES = 16
SECRET_LENGTH = 50
SECRET_CHARACTERS = 10
TELLING_WORDS = (
    "insecure",
    "changeme",
    "change-me",
    "secret",
    "example",
    "default",
    "only-for-tests",
    "password",
)
COMMITTED_FILES = (".env.example", "README.md")


@register(TAG)
def keys_are_present(**_options: Any) -> list[Error]:
    """Without its keys the site could neither read nor seal anything."""
    return [*_missing(), *_wrong_length()]


@register(TAG, deploy=True)
def keys_are_strong(**_options: Any) -> list[Error]:
    """A key that can be guessed, or that opens two locks, protects nothing."""
    return [*_predictable(), *_shared(), *_weak_secret()]


def _all_keys() -> list[tuple[str, bytes]]:
    fields = [("HUXIN_FIELD_KEYS", key) for _key_id, key in settings.FIELD_KEYS]
    return [*fields, ("HUXIN_INDEX_KEY", settings.INDEX_KEY), ("HUXIN_AUDIT_KEY", settings.AUDIT_KEY)]


def _missing() -> Findings:
    if not settings.FIELD_KEYS:
        yield weak(1, "HUXIN_FIELD_KEYS", "missing")
    for name, key in (("HUXIN_INDEX_KEY", settings.INDEX_KEY), ("HUXIN_AUDIT_KEY", settings.AUDIT_KEY)):
        if not key:
            yield weak(1, name, "missing")


def _wrong_length() -> Findings:
    for name, key in _all_keys():
        if key and len(key) != KEY_BYTES:
            yield weak(2, name, f"every key must be {KEY_BYTES} bytes in base64")
    repeated = [
        key_id for key_id, n in Counter(key_id for key_id, _key in settings.FIELD_KEYS).items() if n > 1
    ]
    if repeated:
        yield weak(3, "HUXIN_FIELD_KEYS", "two keys under one id")


def _predictable() -> Findings:
    for name, key in _all_keys():
        if key and len(set(key)) < DIFFERENT_BYTES:
            yield weak(4, name, "not random")


def _shared() -> Findings:
    owners: dict[bytes, list[str]] = {}
    for name, key in [*_all_keys(), ("HUXIN_SECRET_KEY", settings.SECRET_KEY.encode())]:
        if key:
            owners.setdefault(key, []).append(name)
    for names in owners.values():
        if len(names) > 1:
            yield weak(5, " and ".join(dict.fromkeys(names)), "one key for two purposes")


def _weak_secret() -> Findings:
    secret = settings.SECRET_KEY
    if len(secret) < SECRET_LENGTH:
        yield weak(6, "HUXIN_SECRET_KEY", f"shorter than {SECRET_LENGTH} characters")
    if len(set(secret)) < SECRET_CHARACTERS or secret in (secret + secret)[1:-1]:
        yield weak(7, "HUXIN_SECRET_KEY", "repeats itself")
    if any(word in secret.lower() for word in TELLING_WORDS):
        yield weak(8, "HUXIN_SECRET_KEY", "a placeholder")
    for name in COMMITTED_FILES:
        path = PROJECT_DIR / name
        if path.is_file() and secret in path.read_text(encoding="utf-8"):
            yield weak(9, "HUXIN_SECRET_KEY", f"printed in {name}")
