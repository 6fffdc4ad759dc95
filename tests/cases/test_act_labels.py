"""The record is kept in Chinese and read in the reader's language."""

import pytest
from django.utils import translation

from calendars.templatetags.time_limits import stored_length
from cases.templatetags.record import act_label


@pytest.mark.parametrize(
    "label, read",
    [
        ("", ""),
        ("立案", "立案"),
        ("报批：立案", "报批：立案"),
        ("打印《调查询问书》铜人社监询〔2026〕1号", "打印《调查询问书》铜人社监询〔2026〕1号"),
    ],
)
def test_chinese_reader_reads_what_was_recorded(label, read):
    assert act_label(label) == read


def test_english_reader_reads_the_act_and_keeps_what_it_names():
    with translation.override("en"):
        filing = act_label("立案")
        assert filing != "立案"
        assert act_label("报批：立案").endswith(filing)
        assert act_label("报批：立案") != "报批：立案"
        printed = act_label("打印《调查询问书》铜人社监询〔2026〕1号")
        assert printed.endswith("《调查询问书》铜人社监询〔2026〕1号")
        assert not printed.startswith("打印")


def test_label_nobody_knows_stays_as_it_is():
    with translation.override("en"):
        assert act_label("某种旧的办理") == "某种旧的办理"


@pytest.mark.parametrize("text", ["60个工作日", "15天（自然日）", "3个月", "24小时", "当日"])
def test_length_kept_with_a_clock_is_read_in_both_languages(text):
    assert stored_length(text) == text
    with translation.override("en"):
        read = stored_length(text)
        assert read.isascii()
        assert "".join(filter(str.isdigit, read)) == "".join(filter(str.isdigit, text))


def test_empty_length_stays_empty():
    with translation.override("en"):
        assert stored_length("") == ""
