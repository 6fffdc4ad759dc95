"""Amounts of money: whole fen inside, yuan and words at the edges. Plain Python, no floats."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from cases.identity import InvalidValue, half_width, without_invisible
from cases.identity import noop as _

MOST_FEN: Final = 10_000_000_000 * 100 - 1
"""9,999,999,999.99 yuan: more than any claim; what is larger was mistyped."""
LONGEST_TYPED: Final = 40

_NUMBER: Final = r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+"
_AMOUNT: Final = re.compile(
    rf"(?:人民币|RMB)?[¥￥]?(?P<minus>-)?(?P<whole>{_NUMBER})?(?:\.(?P<part>[0-9]+))?(?P<unit>[万W亿])?(?:元|圆|块)?(?:整|正)?"
)
_ZEROS: Final = {None: 0, "万": 4, "W": 4, "亿": 8}


def parse_amount(text: str, *, label: str = _("金额"), allow_zero: bool = False) -> int:
    """The amount in fen: `36500`, `36,500`, `3.65万`, `３６５００`, `¥36500元`.

    Raises InvalidValue when it cannot be read, has a part of a fen, is not above zero (below zero with
    `allow_zero`) or is above `MOST_FEN`. `label` names the field in the sentence.
    """
    if not text.strip():
        raise InvalidValue(_("还没填%(label)s"), label=label)
    match = _AMOUNT.fullmatch(_one_spelling(text)) if len(text) <= LONGEST_TYPED else None
    if not match or (match["whole"] is None and match["part"] is None):
        raise InvalidValue(_("金额看不懂，可写36500或3.65万"))
    whole, part = (match["whole"] or "0").replace(",", ""), match["part"] or ""
    # Decimal digits are moved by hand: 3.65万 is 3 and 65 followed by two places, never 3.65 × 10000.
    places = _ZEROS[match["unit"]] + 2
    if part[places:].strip("0"):
        raise InvalidValue(_("金额最多写到分，小数点后不超过两位"))
    fen = int(whole + part[:places].ljust(places, "0"))
    if match["minus"] or (fen == 0 and not allow_zero):
        raise InvalidValue(_("%(label)s不能小于0") if allow_zero else _("%(label)s要大于0"), label=label)
    if fen > MOST_FEN:
        raise InvalidValue(_("金额太大，看看是不是多写了几位"))
    return fen


def _one_spelling(text: str) -> str:
    """Half-width capitals without spaces. Hyphens stay: 3-5 is a range, not an amount."""
    return "".join(without_invisible(half_width(text)).split()).upper().replace("−", "-")


def yuan_decimal(fen: int) -> Decimal:
    """The amount in yuan, exactly, with two places."""
    return Decimal(fen).scaleb(-2)


def yuan(fen: int) -> str:
    """The amount in yuan as in tables: `438,000.00`."""
    return f"{yuan_decimal(fen):,.2f}"


def wan(fen: int) -> str:
    """The amount in ten thousand yuan with two places, half to even: `43.80`, `2,316.80`.

    Half to even, like every rate of the reports, so that sums of rounded figures lean neither way.
    """
    return f"{Decimal(fen).scaleb(-6).quantize(Decimal('0.01'), rounding=ROUND_HALF_EVEN):,}"


_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
MOST_FEN_IN_WORDS: Final = 10**16 * 100 - 1


def rmb_words(fen: int) -> str:
    """The amount in the capital words of 票据和结算凭证, without 人民币: 438000.00 is 肆拾叁万捌仟元整.

    《支付结算办法》附件一《正确填写票据和结算凭证的基本规定》 points two and four. Where they leave a choice:
    整 follows 元 only, never 角 (壹仟肆佰零玖元伍角); zeros that end a group of four are not spoken
    (壹拾万柒仟元伍角, 壹仟陆佰捌拾元叁角贰分); 零 stands once for zeros inside a group, for a whole group
    of zeros (壹亿零伍仟元整), and before 分 when there is no 角. A negative amount opens with 负.
    """
    if abs(fen) > MOST_FEN_IN_WORDS:
        raise ValueError("amount beyond 万亿 has no words here")
    if fen < 0:
        return "负" + rmb_words(-fen)
    whole, small = divmod(fen, 100)
    jiao, cents = divmod(small, 10)
    words = _whole_words(whole) + "元" if whole or not small else ""
    if not small:
        return words + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    if cents:
        words += ("零" if whole and not jiao else "") + _DIGITS[cents] + "分"
    return words


def _whole_words(number: int) -> str:
    """A whole number in capital words; 零 for 0. What stands before 亿 is itself counted in 万."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if number >= size:
            head, rest = divmod(number, size)
            words = _whole_words(head) + unit
            if not rest:
                return words
            return words + ("零" if rest < size // 10 else "") + _whole_words(rest)
    return _group_words(number) if number else "零"


def _group_words(group: int) -> str:
    """1 to 9999 in capital words, without a leading 零."""
    words, zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _PLACES[place]
        zero = not digit
    return words
