"""Dates, sums and lists as they stand in Chinese documents, whatever language the reader of the site has chosen."""

from datetime import date, datetime

from django.utils import timezone

from cases.money import rmb_words, yuan

NOTHING = "—"


def cn_date(day: date | str | None) -> str:
    """2026年11月24日, without leading zeros; Beijing's day of an instant; empty for nothing. ISO text is read."""
    if not day:
        return ""
    if isinstance(day, str):
        day = date.fromisoformat(day[:10])
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return f"{day.year}年{day.month}月{day.day}日"


def cn_numeral_date(day: date) -> str:
    """二〇二六年十一月二十四日, as decisions are dated."""
    digits = "〇一二三四五六七八九"
    year = "".join(digits[int(each)] for each in str(day.year))
    return f"{year}年{_up_to_99(day.month)}月{_up_to_99(day.day)}日"


def _up_to_99(number: int) -> str:
    """十, 十一, 二十, 二十四."""
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def cn_datetime(at: datetime) -> str:
    """2026年11月24日10时32分 in Beijing."""
    local = timezone.localtime(at)
    return f"{cn_date(local.date())}{local.hour}时{local.minute}分"


def cn_month(month: str) -> str:
    """2025年7月 for `2025-07`."""
    year, number = month.split("-")
    return f"{int(year)}年{int(number)}月"


def cn_months(first: str, last: str) -> str:
    """2025年7月 for one month, 2025年7月至9月 or 2025年11月至2026年1月 for several."""
    if first == last:
        return cn_month(first)
    end = cn_month(last)
    return f"{cn_month(first)}至{end.split('年')[1] if first[:4] == last[:4] else end}"


def sum_in_words(fen: int) -> str:
    """438,000.00元（人民币肆拾叁万捌仟元整）."""
    return f"{yuan(fen)}元（人民币{rmb_words(fen)}）"


def plain_yuan(fen: int) -> str:
    """438,000.00, for a column whose head says 元."""
    return yuan(fen)


def several(names: list[str], most: int = 3) -> str:
    """王某某 · 王某某、李某某 · 王某某、李某某、张某某等7人."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等{len(names)}人"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of typed text, trimmed; blank ones are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
