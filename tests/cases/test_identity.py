from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from cases import identity
from cases.identity import (
    FEMALE,
    MALE,
    IdNumber,
    InvalidValue,
    age_on,
    check_document,
    check_id_number,
    check_uscc,
    compact,
    compact_phone,
    id_check_character,
    normalise_number,
    normalise_phone,
    number_fragments,
    phone_text,
    unit_check_character,
)

TODAY = date(2026, 11, 23)
LAST_PLACE = "证件号码最后一位对不上，对照证件再看一遍"


def refusal(check: Callable[[str], object], text: str) -> str:
    """The sentence with which the check refuses the text."""
    with pytest.raises(InvalidValue) as refused:
        check(text)
    return str(refused.value)


def id_number(region: str, born: date, order: int) -> str:
    """A number with the right check character, by the definition of ISO 7064, not by the table of weights."""
    body = f"{region}{born:%Y%m%d}{order:03}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


births = st.dates(date(1900, 1, 1), TODAY)
id_numbers = st.builds(id_number, st.from_regex("[1-9][0-9]{5}", fullmatch=True), births, st.integers(0, 999))


# Identity numbers


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), FEMALE),
        ("440524188001010014", date(1880, 1, 1), MALE),
        ("500151199001010011", date(1990, 1, 1), MALE),
        ("50022419850615002X", date(1985, 6, 15), FEMALE),
    ],
)
def test_check_id_number_knows_birth_and_sex(number: str, born: date, sex: str) -> None:
    assert check_id_number(number, today=TODAY) == IdNumber(number, identity.RESIDENT, born, sex, number[:6])


@pytest.mark.parametrize(
    "text",
    [
        "50022419850615002x", "50022419850615002×", "50022419850615002Ｘ", "50022419850615002ｘ",
        "500224 19850615 002X", "500224-19850615-002X", "500224–19850615—002X", "　50022419850615002X\n",
        "５００２２４１９８５０６１５００２Ｘ", "\u200b500224\u200c19850615002X\ufeff",
        "\u202e50022419850615002X",
    ],
)  # fmt: skip
def test_check_id_number_brings_every_spelling_to_one(text: str) -> None:
    assert check_id_number(text, today=TODAY).number == "50022419850615002X"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "还没填证件号码"),
        (" \u200b", "还没填证件号码"),
        ("50022419850615002", "证件号码应为18位，现在是17位"),
        ("5002241985061500200", "证件号码应为18位，现在是19位"),
        ("500224850615002", "证件号码应为18位，现在是15位"),
        ("5" * 1_000_000, "证件号码应为18位，现在是1000000位"),
        ("500224198506150021", LAST_PLACE),
        ("110105194912310020", LAST_PLACE),
        ("500151199902300016", "证件号码里的出生日期不存在，对照证件再看一遍"),
        ("500151000000000016", "证件号码里的出生日期不存在，对照证件再看一遍"),
        ("500151202611240010", "证件号码里的出生日期还没到，对照证件再看一遍"),
        ("5OO22419850615002X", "证件号码前17位应是数字，最后一位是数字或X，对照证件再看一遍"),
        ("50022419850615002Y", "证件号码前17位应是数字，最后一位是数字或X，对照证件再看一遍"),
        ("٥٠٠٢٢٤١٩٨٥٠٦١٥٠٠٢X", "证件号码前17位应是数字，最后一位是数字或X，对照证件再看一遍"),
        ("5.00E+17", "证件号码被Excel变了样。在Excel里把这一列设为“文本”再复制"),
        ("5.00224198506E+17", "证件号码被Excel变了样。在Excel里把这一列设为“文本”再复制"),
        ("500224198506150000", "证件号码末尾被Excel变成了000。在Excel里把这一列设为“文本”再复制"),
    ],
)
def test_check_id_number_refuses_in_words(text: str, sentence: str) -> None:
    assert refusal(lambda typed: check_id_number(typed, today=TODAY), text) == sentence


def test_check_id_number_takes_a_birth_today() -> None:
    number = id_number("500151", TODAY, 1)
    assert check_id_number(number, today=TODAY).birth_date == TODAY
    assert "还没到" in refusal(lambda typed: check_id_number(typed, today=TODAY - timedelta(days=1)), number)


@pytest.mark.parametrize(
    "region", ["330113", "330114", "419001", "130629", "500224", "510229", "710000", "999999"]
)
def test_check_id_number_refuses_nobody_for_the_region(region: str) -> None:
    assert check_id_number(id_number(region, date(1990, 5, 1), 12), today=TODAY).region == region


@given(id_numbers)
def test_check_id_number_takes_every_right_number(number: str) -> None:
    checked = check_id_number(number.lower(), today=TODAY)
    assert checked.number == number
    assert f"{checked.birth_date:%Y%m%d}" == number[6:14]
    assert checked.sex == (MALE if number[16] in "13579" else FEMALE)


@given(id_numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_check_id_number_finds_any_one_wrong_character(number: str, place: int, other: str) -> None:
    if number[place] != other:
        assert refusal(check_id_number, number[:place] + other + number[place + 1 :])


@given(id_numbers, st.integers(0, 15))
def test_check_id_number_finds_any_two_neighbours_swapped(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert refusal(check_id_number, swapped)


@given(st.text(max_size=70))
def test_check_id_number_gives_a_number_or_a_sentence(text: str) -> None:
    try:
        number = check_id_number(text).number
    except InvalidValue:
        return
    assert number[17] == id_check_character(number[:17])


def test_no_sentence_and_no_repr_shows_the_number() -> None:
    wrong = "500224198506150021"
    with pytest.raises(InvalidValue) as refused:
        check_id_number(wrong, today=TODAY)
    assert wrong not in f"{refused.value!r} {refused.value} {refused.value.params}"
    assert "50022419850615002X" not in repr(check_id_number("50022419850615002X"))


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residence_permits_are_known_by_their_region(region: str) -> None:
    number = id_number(region, date(1988, 2, 29), 3)
    assert check_id_number(number).document == identity.RESIDENCE_PERMIT
    assert check_document(identity.RESIDENCE_PERMIT, number).number == number


def test_permanent_residence_cards_of_both_kinds_are_taken() -> None:
    new = id_number("950840", date(1979, 3, 8), 5)
    assert check_document(identity.FOREIGN_PERMANENT, new) == IdNumber(
        new, identity.FOREIGN_PERMANENT, date(1979, 3, 8), MALE
    )
    assert check_document(identity.FOREIGN_PERMANENT, "usa 1101 79030805").number == "USA110179030805"
    assert check_id_number(new).document == identity.FOREIGN_PERMANENT
    wrong = refusal(lambda typed: check_document(identity.FOREIGN_PERMANENT, typed), "US1101790308051")
    assert wrong == "证件号码应为18位，现在是15位"


def test_other_documents_are_checked_for_length_only() -> None:
    assert check_document(identity.PASSPORT, "e１２３ 45678") == IdNumber("E12345678", identity.PASSPORT)
    assert check_document(identity.OTHER, "A123").number == "A123"
    assert check_document(identity.NONE, " ").number == ""
    for text in ("E123", "E" * 21, "E12345号", "E1234\x00", "E" * 1_000_000):
        sentence = refusal(lambda typed: check_document(identity.PASSPORT, typed), text)
        assert sentence == "证件号码应为5到20位字母或数字"
    assert refusal(lambda typed: check_document(identity.NONE, typed), "123") == "先选证件类型，再填证件号码"


def test_age_on_counts_the_birthday_itself() -> None:
    assert age_on(date(2010, 11, 23), TODAY) == 16
    assert age_on(date(2010, 11, 24), TODAY) == 15
    assert age_on(date(2008, 2, 29), date(2023, 2, 28)) == 14
    assert age_on(date(2008, 2, 29), date(2023, 3, 1)) == 15


# Units


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "91510522204916571F", "91511902MA65Q6UM1D", "91500151MA60AB125J"]
)
def test_check_uscc_takes_right_codes_without_a_warning(code: str) -> None:
    assert check_uscc(code) == identity.Checked(code)
    assert check_uscc(f" {code[:9].lower()}-{code[9:].lower()}　") == identity.Checked(code)


def test_check_uscc_warns_of_a_wrong_inner_code_and_still_takes_it() -> None:
    body = "91500151MA60AB126"
    checked = check_uscc(body + stdnum_uscc.calc_check_digit(body))
    assert checked.value.startswith(body)
    assert str(checked.warning) == "统一社会信用代码第9到17位不合编码规则，对照营业执照核对一下，可以继续登记"


def test_check_uscc_takes_letters_in_front_which_collectives_have() -> None:
    body = "N2500151MF" + "0000000"
    body = body[:16] + unit_check_character(body[8:16])
    code = body + stdnum_uscc.calc_check_digit(body)
    assert check_uscc(code) == identity.Checked(code)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "还没填统一社会信用代码"),
        ("91350100M000100Y4", "统一社会信用代码应为18位，现在是17位"),
        ("500151000012345", "统一社会信用代码应为18位，现在是15位"),
        ("9" * 1_000_000, "统一社会信用代码应为18位，现在是1000000位"),
        ("91350100M000100Y44", "统一社会信用代码最后一位对不上，对照营业执照再看一遍"),
        ("91350100MO00100Y43", "统一社会信用代码里没有字母I、O、S、V、Z，看看是不是数字1、0、5、2"),
        ("91350100M0001中0Y43", "统一社会信用代码只有数字和大写字母，对照营业执照再看一遍"),
    ],
)
def test_check_uscc_refuses_in_words(text: str, sentence: str) -> None:
    assert refusal(check_uscc, text) == sentence


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(10**7, 10**8 - 1))
def test_check_uscc_agrees_with_stdnum(tail: str, head: int) -> None:
    body = f"{head}{tail}"
    code = body + stdnum_uscc.calc_check_digit(body)
    assert check_uscc(code).value == stdnum_uscc.validate(code)
    wrong = body + ("0" if code[-1] != "0" else "1")
    assert refusal(check_uscc, wrong)


@given(st.text(max_size=70))
def test_checks_of_units_and_telephones_give_a_value_or_a_sentence(text: str) -> None:
    for check in (check_uscc, normalise_phone):
        try:
            check(text)
        except InvalidValue as refused:
            sentence = str(refused)
        else:
            sentence = "taken"
        assert sentence


# Telephones


@pytest.mark.parametrize(
    "text",
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "１３８１２３４５６７８", "+86 138 1234 5678",
        "+8613812345678", "0086-13812345678", "8613812345678", "(+86)13812345678", "\u200b13812345678",
    ],
)  # fmt: skip
def test_normalise_phone_brings_every_spelling_of_a_mobile_to_one(text: str) -> None:
    assert normalise_phone(text) == compact_phone(text) == "13812345678"


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("023-45671234", "02345671234", "023-45671234"),
        ("（023）45671234", "02345671234", "023-45671234"),
        ("0830 7654321", "08307654321", "0830-7654321"),
        ("010-12345678", "01012345678", "010-12345678"),
        ("+86 023 45671234", "02345671234", "023-45671234"),
    ],
)
def test_normalise_phone_takes_fixed_telephones(text: str, number: str, shown: str) -> None:
    assert normalise_phone(text) == number
    assert phone_text(number) == shown


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "还没填手机号"),
        ("1381234567", "手机号应为11位数字，现在是10位"),
        ("138123456789", "手机号应为11位数字，现在是12位"),
        ("12812345678", "手机号应以13到19开头，再核对一遍"),
        ("1381234567O", "手机号应为11位数字，里面有不是数字的字"),
        ("١٣٨١٢٣٤٥٦٧٨", "手机号应为11位数字，里面有不是数字的字"),
        ("12345", "这是12345一类的服务号码，请填能找到本人的电话"),
        ("12333", "这是12345一类的服务号码，请填能找到本人的电话"),
        ("023-12345", "这是12345一类的服务号码，请填能找到本人的电话"),
        ("10086", "这是12345一类的服务号码，请填能找到本人的电话"),
        ("110", "这是12345一类的服务号码，请填能找到本人的电话"),
        ("95588", "这是12345一类的服务号码，请填能找到本人的电话"),
        ("023-456712", "固定电话应为区号加7到8位号码，如023-45671234"),
        ("1" * 1_000_000, "手机号应为11位数字，现在是1000000位"),
    ],
)
def test_normalise_phone_refuses_in_words(text: str, sentence: str) -> None:
    assert refusal(normalise_phone, text) == sentence


def test_normalise_phone_can_be_held_to_mobiles() -> None:
    assert normalise_phone("13812345678", landline=False) == "13812345678"
    sentence = refusal(lambda typed: normalise_phone(typed, landline=False), "023-45671234")
    assert sentence == "手机号应以13到19开头，再核对一遍"


# Numbers of cases

STORED = "铜人社监案〔2026〕1203号"


@pytest.mark.parametrize(
    "brackets", ["〔〕", "[]", "［］", "()", "（）", "【】", "{}", "《》", "〈〉", "「」"]
)
def test_normalise_number_knows_every_bracket(brackets: str) -> None:
    opening, closing = brackets
    assert normalise_number(f" 铜人社监案{opening}２０２６{closing} 1203 号\u200b") == STORED


@pytest.mark.parametrize(
    "text",
    [
        "1203", "１２０３", "1203号", "01203", "2026-1203", "2026—1203", "2026/1203", "2026年1203号",
        "〔2026〕1203", "[2026]1203号", "（2026）第1203号", "监案〔2026〕1203", "铜人社监案[2026]1203号",
        STORED,
    ],
)  # fmt: skip
def test_number_fragments_find_the_number(text: str) -> None:
    assert [fragment for fragment in number_fragments(text) if fragment in STORED]


@pytest.mark.parametrize(
    "text", ["120", "203", "2025-1203", "铜劳人仲案字〔2026〕1203", "2026-12033", "2026〕203"]
)
def test_number_fragments_find_no_other_number(text: str) -> None:
    assert not [fragment for fragment in number_fragments(text) if fragment in STORED]


def test_number_fragments_find_series_with_the_ordinal_word() -> None:
    assert "〔2026〕第123号" in number_fragments("2026-123")


@pytest.mark.parametrize("text", ["", "王某某", "138****5678", "13812345678", "x" * 1_000_000])
def test_number_fragments_are_none_for_what_is_no_number(text: str) -> None:
    assert number_fragments(text) == ()


@given(st.text())
def test_compact_is_the_same_when_done_twice(text: str) -> None:
    assert compact(compact(text)) == compact(text)


def test_a_sentence_is_translated_with_its_label() -> None:
    catalogue = {"还没填%(label)s": "%(label)s is missing", "起始月": "First month"}
    missing = InvalidValue("还没填%(label)s", label="起始月")
    assert missing.sentence(lambda text: catalogue[text]) == "First month is missing"
