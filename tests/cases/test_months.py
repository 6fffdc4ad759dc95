import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.identity import InvalidValue
from cases.months import cn_month, months_between, overlap, parse_month

months = st.builds("{:04}-{:02}".format, st.integers(2000, 2099), st.integers(1, 12))
periods = st.tuples(months, months).map(lambda pair: (min(pair), max(pair)))


@pytest.mark.parametrize(
    "text",
    [
        "2507", "25.7", "25.07", "25-7", "25/7", "25年7月", "25。7", "202507", "2025-07", "2025-7", "2025.7",
        "2025/07", "2025–07", "2025年7月", "2025年07月份", "２０２５年７月", " 2025 年 7 月 ", "25\u200b07",
        "2025/7/1", "2025年7月15日",
    ],
)  # fmt: skip
def test_parse_month_reads_every_way_to_write_it(text: str) -> None:
    assert parse_month(text) == "2025-07"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "还没填月份"),
        ("  ", "还没填月份"),
        ("七月", "月份看不懂，可写2507、25.7或2025年7月"),
        ("7月", "月份看不懂，可写2507、25.7或2025年7月"),
        ("257", "月份看不懂，可写2507、25.7或2025年7月"),
        ("25.7.1.2", "月份看不懂，可写2507、25.7或2025年7月"),
        ("٢٥٠٧", "月份看不懂，可写2507、25.7或2025年7月"),
        ("2" * 1_000_000, "月份看不懂，可写2507、25.7或2025年7月"),
        ("2513", "月份里的月份应在1到12之间"),
        ("2500", "月份里的月份应在1到12之间"),
        ("0001-07", "月份里的年份不对，可写2507、25.7或2025年7月"),
    ],
)
def test_parse_month_refuses_in_words(text: str, sentence: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_month(text)
    assert str(refusal.value) == sentence


def test_parse_month_names_the_field() -> None:
    with pytest.raises(InvalidValue, match=r"^还没填起始月$"):
        parse_month("", label="起始月")


@given(months)
def test_every_month_is_read_back_from_each_way_it_is_written(month: str) -> None:
    year, number = month.split("-")
    written = [month, cn_month(month), year[2:] + number, year + number, f"{year[2:]}.{int(number)}"]
    assert {parse_month(text) for text in written} == {month}


@given(st.text() | st.text("0123456789.-年月", max_size=10))
def test_parse_month_gives_a_month_or_a_sentence(text: str) -> None:
    try:
        month = parse_month(text)
    except InvalidValue:
        return
    assert re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month)


def test_months_between_counts_both_ends() -> None:
    assert months_between("2025-07", "2025-09") == 3
    assert months_between("2025-07", "2025-07") == 1
    assert months_between("2025-11", "2026-02") == 4
    assert months_between("2025-09", "2025-07") == 0


def test_overlap_gives_the_months_of_both() -> None:
    assert overlap(("2025-03", "2025-08"), ("2025-07", "2025-12")) == ("2025-07", "2025-08")
    assert overlap(("2025-03", "2025-07"), ("2025-07", "2025-07")) == ("2025-07", "2025-07")
    assert overlap(("2025-03", "2025-06"), ("2025-07", "2025-12")) is None


@given(periods, periods)
def test_overlap_is_the_same_from_both_sides_and_inside_both(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    shared = overlap(one, other)
    assert shared == overlap(other, one)
    common = set(every_month(*one)) & set(every_month(*other))
    assert shared == ((min(common), max(common)) if common else None)


def every_month(first: str, last: str) -> list[str]:
    year, month = map(int, first.split("-"))
    found = []
    for ordinal in range(year * 12 + month - 1, year * 12 + month - 1 + months_between(first, last)):
        found.append(f"{ordinal // 12:04}-{ordinal % 12 + 1:02}")
    assert found[-1] == last
    return found
