import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.identity import InvalidValue
from cases.names import (
    PERSON_KEY_LENGTH,
    UNIT_KEY_LENGTH,
    check_name,
    initials,
    mask_card,
    mask_id,
    mask_name,
    mask_phone,
    normalise_name,
    pinyin_key,
)

# Masks


def test_mask_id_shows_three_and_four() -> None:
    assert mask_id("500151199001011234") == "500***********1234"
    assert mask_id("50022419850615002X") == "500***********002X"


def test_mask_id_of_shorter_documents_shows_less() -> None:
    assert [mask_id(number) for number in ("E12345678", "1234567", "A", "")] == [
        "E*****678",
        "*******",
        "*",
        "",
    ]


def test_mask_phone_shows_three_and_four() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert [mask_phone(number) for number in ("02345671234", "456712", "1203", "")] == [
        "023****1234", "****12", "****", "",
    ]  # fmt: skip


def test_mask_card_shows_the_last_four_and_hides_the_length() -> None:
    assert mask_card("6222020000000000008") == mask_card("6222020000000008") == "****0008"
    assert [mask_card(number) for number in ("12345678", "")] == ["****", ""]


def test_mask_name_hides_the_length() -> None:
    assert [mask_name(name) for name in ("张三", "张三丰", "𠮷野", "John", "")] == [
        "张*",
        "张*",
        "𠮷*",
        "J*",
        "",
    ]


@given(st.text("0123456789X", max_size=30))
def test_masks_hide_more_than_half_of_a_whole_number(number: str) -> None:
    for masked in (mask_id(number), mask_phone(number)):
        assert len(masked) == len(number)
    if len(number) in (11, 18):
        shown = mask_phone(number) if len(number) == 11 else mask_id(number)
        assert shown.count("*") == len(number) - 7


# Names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王五", "王五"),
        (" 王\u200b五\ufeff　", "王五"),
        ("王  五", "王五"),
        ("王\t五", "王五"),
        ("\u202e王五", "王五"),
        ("王𠮷", "王𠮷"),
        ("王㐀", "王㐀"),
        ("王\U0003134a", "王\U0003134a"),
        ("王\ue863", "王\ue863"),
        ("王〇", "王〇"),
        ("王葛\U000e0100", "王葛\U000e0100"),
        ("﨎虜", "﨎虜"),
        ("王\U0002f800", "王\U0002f800"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"),
        ("Ｊｏｈｎ　Smith", "John Smith"),
        ("Jose\u0301 O’Neil-Paz", "José O'Neil-Paz"),
        ("A" * 50, "A" * 50),
    ],
)
def test_check_name_takes_names_as_they_are(text: str, name: str) -> None:
    assert check_name(text) == name


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "还没填姓名"),
        ("\u200b ", "还没填姓名"),
        ("王", "姓名应为2到50个字，现在是1个"),
        ("王" * 51, "姓名应为2到50个字，现在是51个"),
        ("王" * 1_000_000, "姓名应为2到50个字，现在是1000000个"),
        ("王五2", "姓名里有不能用的字“2”"),
        ("王五<b>", "姓名里有不能用的字“<”"),
        ("=王五", "姓名里有不能用的字“=”"),
        ("王\x00五", "姓名里有不能用的字“U+0000”"),
        ("王\ud800", "姓名里有不能用的字“U+D800”"),
        ("··", "姓名里有不能用的字“·”"),
        ("- -", "姓名里有不能用的字“-”"),
    ],
)
def test_check_name_refuses_in_words(text: str, sentence: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_name(text)
    assert str(refused.value) == sentence


def test_check_name_names_the_field() -> None:
    with pytest.raises(InvalidValue, match=r"^还没填联系人$"):
        check_name("", label="联系人")


@given(st.text())
def test_normalise_name_is_the_same_when_done_twice(text: str) -> None:
    assert normalise_name(normalise_name(text)) == normalise_name(text)


@given(st.text())
def test_check_name_gives_a_name_or_a_sentence(text: str) -> None:
    try:
        name = check_name(text)
    except InvalidValue:
        return
    assert 2 <= len(name) <= 50
    assert check_name(name) == name


# Pinyin


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("王小明", ["wxm"]),
        ("单雄信", ["sxx", "dxx", "cxx"]),
        ("解晓东", ["xxd", "jxd"]),
        ("仇英", ["qy", "cy", "jy"]),
        ("曾国藩", ["zgf", "cgf"]),
        ("区家明", ["ojm", "qjm"]),
        ("查良", ["zl", "cl"]),
        ("尉迟恭", ["ycg", "wcg"]),
        ("单于明", ["cym", "dym"]),
        ("万俟明", ["mqm", "wqm"]),
        ("欧阳修", ["oyx"]),
        ("单于", ["sy", "dy", "cy"]),
        ("买买提·吐尔逊", ["mmttex"]),
        ("John Smith", ["js"]),
        ("Ömer", ["o"]),
        ("王𠮷", ["w𠮷"]),
        ("", []),
        ("··", []),
    ],
)
def test_initials_hold_every_reading_of_the_family_name(name: str, readings: list[str]) -> None:
    assert initials(name) == readings


def test_pinyin_key_holds_initials_then_full_readings() -> None:
    assert pinyin_key("单雄信") == "sxx dxx cxx shanxiongxin danxiongxin chanxiongxin"
    assert pinyin_key("John Smith") == "js johnsmith"
    assert pinyin_key("") == ""


def test_pinyin_key_of_a_unit_reads_words() -> None:
    assert pinyin_key("重庆长乐建筑3分公司", person=False) == "cqcljz3fgs chongqingchanglejianzhu3fengongsi"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=120))
def test_pinyin_key_fits_its_column_and_opens_with_the_initials(name: str) -> None:
    assert len(pinyin_key(name)) <= PERSON_KEY_LENGTH
    unit = pinyin_key(name, person=False)
    assert len(unit) <= UNIT_KEY_LENGTH
    assert len(unit.split()[0]) == len(name)


@given(st.text())
def test_pinyin_key_takes_any_text(text: str) -> None:
    assert pinyin_key(text) == pinyin_key(text).strip()
