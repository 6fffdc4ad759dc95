"""Sealing of personal values: AES-256-GCM tokens bound to their place, and blind indexes to find them by.

A token is base64url text of: algorithm (1 byte), length of the key id (1 byte), key id, nonce (12 bytes),
ciphertext with its tag. Its place, `table.column.row`, is authenticated with it, so that a token moved to
another row or column does not open. Keys come from the settings and never lie beside the database. No
exception here shows a value or a key.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cases.identity import compact, compact_phone


class CannotOpenError(Exception):
    """The token is damaged, moved, or sealed with a key that is not at hand."""


class UnknownKeyError(CannotOpenError):
    """The token names a key that FIELD_KEYS does not hold."""


class Aead(Protocol):
    """What an algorithm must offer: authenticated encryption with a nonce of 12 bytes."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


AES_256_GCM: Final = 1
SM4_GCM: Final = 2
"""Kept free for an approved module: one more entry in `_ALGORITHMS` and another `SEAL_WITH`."""
SEAL_WITH: Final = AES_256_GCM

_NONCE: Final = 12
_TAG: Final = 16
_KEY_ID_LENGTH: Final = 32


@lru_cache(maxsize=16)
def _aes_256_gcm(key: bytes) -> Aead:
    if len(key) != 32:
        raise ImproperlyConfigured("every key of FIELD_KEYS holds 32 bytes")
    return AESGCM(key)


_ALGORITHMS: Final[dict[int, Callable[[bytes], Aead]]] = {AES_256_GCM: _aes_256_gcm}


# Tokens


def seal(text: str, place: str) -> str:
    """The token of the text for its place (`table.column.row`), sealed with the first of FIELD_KEYS."""
    key_id, key = _current_key()
    nonce = os.urandom(_NONCE)
    header = bytes((SEAL_WITH, len(key_id))) + key_id.encode("ascii")
    body = _ALGORITHMS[SEAL_WITH](key).encrypt(nonce, _utf8(text), place.encode())
    return base64.urlsafe_b64encode(header + nonce + body).decode("ascii")


def open_token(token: str, place: str) -> str:
    """The text sealed in the token for that place; raises CannotOpenError when any of it was changed."""
    algorithm, key_id, rest = _parts(token)
    if algorithm not in _ALGORITHMS:
        raise CannotOpenError(f"the value in {place} was sealed with an unknown algorithm")
    aead = _ALGORITHMS[algorithm](_key(key_id))
    try:
        return aead.decrypt(rest[:_NONCE], rest[_NONCE:], place.encode()).decode()
    except InvalidTag:
        raise CannotOpenError(f"the value in {place} was changed or belongs elsewhere") from None


def is_current(token: str) -> bool:
    """The token was sealed as `seal` would seal it now; False means it is due for re-sealing."""
    algorithm, key_id, _rest = _parts(token)
    return algorithm == SEAL_WITH and key_id == _current_key()[0]


def key_id_of(token: str) -> str:
    """The id of the key that sealed the token, for the command that withdraws a key."""
    return _parts(token)[1]


def _parts(token: str) -> tuple[int, str, bytes]:
    """Algorithm, key id and the rest; one token has one spelling, so other spellings are refused."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        if base64.urlsafe_b64encode(raw).decode("ascii") != token:
            raise CannotOpenError("the stored value is not a token")
        start = 2 + raw[1]
        key_id, rest = raw[2:start].decode("ascii"), raw[start:]
    except (binascii.Error, UnicodeError, IndexError):
        raise CannotOpenError("the stored value is not a token") from None
    if len(rest) < _NONCE + _TAG:
        raise CannotOpenError("the stored value is not a whole token")
    return raw[0], key_id, rest


def _current_key() -> tuple[str, bytes]:
    if not settings.FIELD_KEYS:
        raise ImproperlyConfigured("FIELD_KEYS holds no key: personal data cannot be stored")
    key_id, key = settings.FIELD_KEYS[0]
    if not (key_id.isascii() and 0 < len(key_id) <= _KEY_ID_LENGTH):
        raise ImproperlyConfigured("the first key of FIELD_KEYS needs an id of 1 to 32 ASCII characters")
    return key_id, key


def _key(key_id: str) -> bytes:
    for known, key in settings.FIELD_KEYS:
        if hmac.compare_digest(known.encode(), key_id.encode()):
            return bytes(key)
    raise UnknownKeyError("a stored value was sealed with a key that FIELD_KEYS does not hold")


# Blind indexes

_SPELLINGS: Final[dict[str, Callable[[str], str]]] = {"phone": compact_phone}
"""How the values of a scope are brought to one spelling; `compact` for all others."""


def blind_index(scope: str, value: str, *, last: int | None = None) -> str:
    """The keyed digest (HMAC-SHA-256, 64 hex digits) by which an equal value is found; "" for nothing.

    One spelling, one index: full width, spaces, hyphens, invisible characters, a small x do not matter.
    With `last`, of the last so many characters only, so that a typed tail is found; tails and whole values
    never share an index.
    """
    return _index(settings.INDEX_KEY, scope, value, last)


def blind_indexes(scope: str, value: str, *, last: int | None = None) -> list[str]:
    """The index under the present key and each of OLD_INDEX_KEYS, for a search while re-indexing runs."""
    keys = [settings.INDEX_KEY, *getattr(settings, "OLD_INDEX_KEYS", ())]
    return [digest for key in keys if (digest := _index(key, scope, value, last))]


def _index(key: bytes, scope: str, value: str, last: int | None) -> str:
    if not key:
        raise ImproperlyConfigured("INDEX_KEY is missing: personal data cannot be indexed")
    spelled = _SPELLINGS.get(scope, compact)(value)
    if last is not None:
        scope, spelled = f"{scope}:last{last}", spelled[-last:] if len(spelled) >= last else ""
    if not spelled:
        return ""
    return hmac.digest(key, _utf8(f"{scope}\x00{spelled}"), "sha256").hex()


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # its own message would show the text
        raise ValueError("the text holds half a character (a lone surrogate)") from None
