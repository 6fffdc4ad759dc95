from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.identity import InvalidValue
from cases.money import MOST_FEN, MOST_FEN_IN_WORDS, parse_amount, rmb_words, wan, yuan, yuan_decimal

fens = st.integers(1, MOST_FEN)
UNREADABLE = "金额看不懂，可写36500或3.65万"


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("36500", 3_650_000),
        ("36,500", 3_650_000),
        ("3.65万", 3_650_000),
        ("３６５００", 3_650_000),
        ("３.65 万元", 3_650_000),
        ("36500元", 3_650_000),
        ("￥36,500.50", 3_650_050),
        ("人民币36500元整", 3_650_000),
        ("36，500.5", 3_650_050),
        (" 36 500\t", 3_650_000),
        ("36500.00", 3_650_000),
        ("36500.100", 3_650_010),
        ("3.65w", 3_650_000),
        ("1.2亿", 12_000_000_000),
        ("0.000001万", 1),
        (".5", 50),
        ("0.01", 1),
        ("9999999999.99", MOST_FEN),
    ],
)
def test_parse_amount_reads_every_way_to_write_it(text: str, fen: int) -> None:
    assert parse_amount(text) == fen


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "还没填金额"),
        ("　", "还没填金额"),
        ("0", "金额要大于0"),
        ("0.00万", "金额要大于0"),
        ("-5", "金额要大于0"),
        ("－5", "金额要大于0"),
        ("1.234", "金额最多写到分，小数点后不超过两位"),
        ("3.6512345万", "金额最多写到分，小数点后不超过两位"),
        ("10000000000", "金额太大，看看是不是多写了几位"),
        ("9" * 39, "金额太大，看看是不是多写了几位"),
        ("9" * 1_000_000, UNREADABLE),
        ("36,50", UNREADABLE),
        ("3,6500", UNREADABLE),
        ("3-5万", UNREADABLE),
        ("5.00E+17", UNREADABLE),
        ("三万", UNREADABLE),
        ("万", UNREADABLE),
        ("36500.", UNREADABLE),
        ("1.2.3", UNREADABLE),
        ("5²", UNREADABLE),
        ("٣٦٥", UNREADABLE),
        ("NaN", UNREADABLE),
        ("0x10", UNREADABLE),
    ],
)
def test_parse_amount_refuses_in_words(text: str, sentence: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_amount(text)
    assert str(refusal.value) == sentence


def test_parse_amount_names_the_field() -> None:
    with pytest.raises(InvalidValue, match=r"^欠薪金额要大于0$"):
        parse_amount("0", label="欠薪金额")


def test_parse_amount_allows_zero_but_nothing_below() -> None:
    assert parse_amount("0", label="已付金额", allow_zero=True) == 0
    with pytest.raises(InvalidValue, match=r"^已付金额不能小于0$"):
        parse_amount("-1", label="已付金额", allow_zero=True)


@given(fens)
def test_what_yuan_writes_is_read_back(fen: int) -> None:
    assert parse_amount(yuan(fen)) == fen
    assert parse_amount(f"{yuan_decimal(fen)}元") == fen


@given(fens)
def test_wan_is_read_to_the_last_fen(fen: int) -> None:
    assert parse_amount(f"{Decimal(fen).scaleb(-6):f}万") == fen


@given(st.text() | st.from_regex(r"[-¥]?[0-9,.]{0,12}[万亿元w]?"))
def test_parse_amount_gives_a_sensible_amount_or_a_sentence(text: str) -> None:
    try:
        fen = parse_amount(text)
    except InvalidValue:
        return
    assert 0 < fen <= MOST_FEN


def test_yuan_has_separators_and_two_places() -> None:
    assert [yuan(fen) for fen in (43_800_000, 5, 0, -123_456_789)] == [
        "438,000.00", "0.05", "0.00", "-1,234,567.89",
    ]  # fmt: skip
    assert yuan_decimal(43_800_000) == Decimal("438000.00")


def test_wan_rounds_half_to_even() -> None:
    assert [wan(fen) for fen in (43_800_000, 5_000, 15_000, 25_000, 25_001, 2_316_800_000)] == [
        "43.80", "0.00", "0.02", "0.02", "0.03", "2,316.80",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("0.55", "伍角伍分"),
        ("10.05", "壹拾元零伍分"),
        ("100.50", "壹佰元伍角"),
        ("1050", "壹仟零伍拾元整"),
        ("36500", "叁万陆仟伍佰元整"),
        ("438000", "肆拾叁万捌仟元整"),
        # The examples of 《正确填写票据和结算凭证的基本规定》; of two ways it allows, the one without 零.
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000001", "壹亿零壹元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("150000000", "壹亿伍仟万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1234500000000", "壹万贰仟叁佰肆拾伍亿元整"),
        ("-36500", "负叁万陆仟伍佰元整"),
    ],
)
def test_rmb_words_follow_the_rules_for_bills(amount: str, words: str) -> None:
    assert rmb_words(int(Decimal(amount) * 100)) == words


def has_an_empty_group_of_ten_thousands(fen: int) -> bool:
    """壹亿零伍仟元: the rules leave 零 open here, cn2an leaves it out and we write it."""
    return fen // 100 >= 10**8 and 1_000 <= fen // 100 % 10**8 < 10_000


@pytest.mark.parametrize("step", [1, 7, 99_991, 123_456_789, 10**12 + 39, 10**14 + 31])
def test_rmb_words_agree_with_cn2an(step: int) -> None:
    amounts = [fen for fen in range(0, step * 1_000, step) if fen <= MOST_FEN_IN_WORDS]
    compared = [fen for fen in amounts if not has_an_empty_group_of_ten_thousands(fen)]
    assert len(compared) > 900
    assert [rmb_words(fen) for fen in compared] == [
        cn2an.an2cn(str(yuan_decimal(fen)), "rmb") for fen in compared
    ]


@given(st.text("09", min_size=1, max_size=18))
def test_rmb_words_agree_with_cn2an_on_amounts_full_of_zeros(digits: str) -> None:
    fen = int(digits)
    if not has_an_empty_group_of_ten_thousands(fen):
        assert rmb_words(fen) == cn2an.an2cn(str(yuan_decimal(fen)), "rmb")


@given(st.integers(0, MOST_FEN_IN_WORDS))
def test_rmb_words_never_double_a_zero_and_end_by_their_last_place(fen: int) -> None:
    words = rmb_words(fen)
    assert "零零" not in words
    assert words[-1] == ("分" if fen % 10 else "角" if fen % 100 else "整")


def test_rmb_words_beyond_their_range_are_an_error() -> None:
    assert rmb_words(MOST_FEN_IN_WORDS).startswith("玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿")
    with pytest.raises(ValueError, match="万亿"):
        rmb_words(MOST_FEN_IN_WORDS + 1)
