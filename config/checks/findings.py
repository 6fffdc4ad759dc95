"""How the checks speak."""

from collections.abc import Iterator

from django.core.checks import Error

TAG = "huxin"
Findings = Iterator[Error]


def weak(number: int, setting: str, reason: str) -> Error:
    """A finding: which setting, and what is wrong with it in words that do not repeat its value."""
    return Error(f"{setting}: {reason}", id=f"huxin.E{number:03}")
