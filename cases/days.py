"""Days as people type them."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

_FULL = re.compile(r"^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$")
_SHORT = re.compile(r"^(\d{1,2})[-./月](\d{1,2})日?$|^(\d{2})(\d{2})$")
_OFFSET = re.compile(r"^([+-])(\d{1,4})天?$")
_WORDS = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1}
_WIDE = str.maketrans("０１２３４５６７８９－．／＋", "0123456789-./+")


def parse_day(text: str, today: date) -> date:
    """The day meant by 20261123, 2026-11-23, 1123, 11-23, 今天, 昨天, -3 or +5. ValueError with a Chinese sentence."""
    typed = re.sub(r"\s", "", text.translate(_WIDE))
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    if match := _OFFSET.match(typed):
        return today + timedelta(days=int(match[1] + match[2]))
    if match := _SHORT.match(typed):
        numbers = (today.year, int(match[1] or match[3]), int(match[2] or match[4]))
    elif match := _FULL.match(typed):
        numbers = (int(match[1]), int(match[2]), int(match[3]))
    else:
        raise ValueError(_("日期看不懂，可写20261123、1123或今天"))
    try:
        return date(*numbers)
    except ValueError as error:
        raise ValueError(
            _("没有%(y)d年%(m)d月%(d)d日这一天") % dict(zip("ymd", numbers, strict=True))
        ) from error
