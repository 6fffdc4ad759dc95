"""The code 查询码 on a receipt with which a worker finds the case again. Only its index is kept."""

import secrets
from typing import Final

from cases.crypto import blind_index

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, O, 1, I and L, which are read for each other."""
LENGTH: Final = 8


def fresh() -> str:
    """A random code as it is printed: 7F3A-K2MP."""
    code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return f"{code[:4]}-{code[4:]}"


def index_of(typed: str) -> str:
    """The keyed digest by which the code is found; hyphens, spaces and small letters do not matter."""
    return blind_index("query_code", typed)
