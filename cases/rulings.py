"""What was ruled on matters that were returned twice: nothing is argued over again."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

MOST, LONGEST = 3, 60


def in_short(rulings: Iterable[tuple[str, str]]) -> str:
    """Pairs of (about what, ruling), at most ``MOST`` of them, in one line; empty where nothing was ruled."""
    lines = [f"{about}：{ruling[:LONGEST]}" for about, ruling in rulings]
    return _("此前的裁定——%(rulings)s") % {"rulings": "；".join(lines)} if lines else ""
