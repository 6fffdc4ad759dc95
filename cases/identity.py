"""Numbers that say who somebody is: cards, credit codes, telephones, bank cards, case numbers.

Plain Python. What a person typed goes in; the normalised value comes out, or an `InvalidValue` whose sentence
can stand beside the field. Nothing here refuses a person for the region code of a card.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from stdnum.cn import uscc

BEIJING: Final = ZoneInfo("Asia/Shanghai")
LONGEST_TYPED: Final = 64
"""Longer input is no number of any kind; it is refused before it is looked at."""


def noop(message: str) -> str:
    """The message itself, marked for the catalogue: it is translated where it is shown."""
    return message


_ = noop


class InvalidValue(ValueError):
    """What was typed cannot be taken. The sentence says what to do and never repeats a personal number."""

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template)
        self.template = template
        self.params = params

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The whole sentence; `translate` is gettext where the reader may have chosen another language."""
        params = {
            name: translate(value) if name == "label" and isinstance(value, str) and value else value
            for name, value in self.params.items()
        }
        return translate(self.template) % params if params else translate(self.template)

    def __str__(self) -> str:
        return self.sentence()


@dataclass(frozen=True)
class Checked:
    """A value that may be stored; `warning` is a reason to look again, never to refuse."""

    value: str
    warning: InvalidValue | None = None


# Typed text

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HYPHENS: Final = "-‐‑‒–—―−﹘﹣－─"


def half_width(text: str) -> str:
    """The text with full-width letters, digits, signs and spaces as ASCII; everything else unchanged."""
    return text.translate(_FULL_WIDTH)


def without_invisible(text: str) -> str:
    """The text without zero-width and direction characters (Unicode category Cf), which nobody can see."""
    if text.isascii():
        return text
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def compact(text: str) -> str:
    """The one spelling of a number: half-width capitals; no spaces, hyphens, invisible characters; × is X."""
    half = without_invisible(half_width(text)).replace("×", "X").replace("✕", "X")
    return "".join(c for c in half if not c.isspace() and c not in _HYPHENS).upper()


def beijing_today() -> date:
    """The day it is in Beijing now."""
    return datetime.now(BEIJING).date()


# Cards of persons

# Kinds of document.
RESIDENT: Final = "resident"
RESIDENCE_PERMIT: Final = "residence_permit"
FOREIGN_PERMANENT: Final = "foreign_permanent"
PASSPORT: Final = "passport"
OTHER: Final = "other"
NONE: Final = "none"

MALE: Final = "male"
FEMALE: Final = "female"

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_PERMIT_REGIONS: Final = ("810000", "820000", "830000")
_OLD_FOREIGN_PERMANENT: Final = re.compile(r"[A-Z]{3}[0-9]{12}")
_LETTERS_AND_DIGITS: Final = re.compile(r"[A-Z0-9]+")
_EXCEL_NUMBER: Final = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+")


@dataclass(frozen=True)
class IdNumber:
    """A number that passed its check and what it says. `region` is a hint, the office of first issue."""

    number: str = field(repr=False)
    document: str
    birth_date: date | None = field(default=None, repr=False)
    sex: str = ""
    region: str = ""


def id_check_character(body: str) -> str:
    """The check character for the first 17 digits. GB 11643-1999 (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def check_id_number(text: str, *, today: date | None = None) -> IdNumber:
    """The 18-character number of a resident, a residence permit or a permanent-residence card of 2023.

    Raises InvalidValue for a wrong length, a birth date that does not exist or is after `today` (Beijing's
    day by default), or a wrong check character. The region code is not checked. GB 11643-1999.
    """
    number = _compact_within(text, _("还没填证件号码"), _("证件号码应为18位，现在是%(count)d位"))
    if _EXCEL_NUMBER.fullmatch(number):
        raise InvalidValue(_("证件号码被Excel变了样。在Excel里把这一列设为“文本”再复制"))
    if len(number) != 18:
        raise InvalidValue(_("证件号码应为18位，现在是%(count)d位"), count=len(number))
    body, check = number[:17], number[17]
    if not (body.isascii() and body.isdigit()) or check not in _ID_CHECKS:
        raise InvalidValue(_("证件号码前17位应是数字，最后一位是数字或X，对照证件再看一遍"))
    birth_date = _birth_date(body[6:14], today or beijing_today())
    if check != id_check_character(body):
        if number.endswith("000"):
            raise InvalidValue(_("证件号码末尾被Excel变成了000。在Excel里把这一列设为“文本”再复制"))
        raise InvalidValue(_("证件号码最后一位对不上，对照证件再看一遍"))
    sex = MALE if int(body[16]) % 2 else FEMALE
    return IdNumber(number, _document_of(number), birth_date, sex, body[:6])


def check_document(document: str, text: str, *, today: date | None = None) -> IdNumber:
    """The number of the named kind of document, checked as far as that kind can be.

    Passports and other documents: length only (5 to 20, and 4 to 30, letters and digits). Permanent
    residence: 18 digits from December 2023 on, before that three letters and twelve digits. `NONE` takes
    nothing and gives an empty number.
    """
    if document in (RESIDENT, RESIDENCE_PERMIT):
        return check_id_number(text, today=today)
    if document == FOREIGN_PERMANENT:
        number = compact(text[:LONGEST_TYPED])
        if _OLD_FOREIGN_PERMANENT.fullmatch(number):
            return IdNumber(number, document)
        checked = check_id_number(text, today=today)
        return IdNumber(checked.number, document, checked.birth_date, checked.sex)
    if document == PASSPORT:
        return IdNumber(_letters_and_digits(text, 5, 20), document)
    if document == OTHER:
        return IdNumber(_letters_and_digits(text, 4, 30), document)
    if document == NONE and not compact(text[:LONGEST_TYPED]):
        return IdNumber("", document)
    raise InvalidValue(_("先选证件类型，再填证件号码"))


def age_on(birth_date: date, day: date) -> int:
    """Full years on that day; the birthday itself counts. Born on 29 February: 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _birth_date(digits: str, today: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise InvalidValue(_("证件号码里的出生日期不存在，对照证件再看一遍")) from None
    if born > today:
        raise InvalidValue(_("证件号码里的出生日期还没到，对照证件再看一遍"))
    return born


def _document_of(number: str) -> str:
    if number.startswith(_PERMIT_REGIONS):
        return RESIDENCE_PERMIT
    return FOREIGN_PERMANENT if number.startswith("9") else RESIDENT


def _letters_and_digits(text: str, least: int, most: int) -> str:
    wrong = _("证件号码应为%(least)d到%(most)d位字母或数字")
    if len(text) > LONGEST_TYPED:
        raise InvalidValue(wrong, least=least, most=most)
    number = compact(text)
    if not number:
        raise InvalidValue(_("还没填证件号码"))
    if not least <= len(number) <= most or not _LETTERS_AND_DIGITS.fullmatch(number):
        raise InvalidValue(wrong, least=least, most=most)
    return number


def _compact_within(text: str, missing: str, wrong: str) -> str:
    """The compact text; `missing` is raised for nothing, `wrong` for what is too long to be worth a look."""
    if len(text) > LONGEST_TYPED:
        raise InvalidValue(wrong, count=len(text))
    number = compact(text)
    if not number:
        raise InvalidValue(missing)
    return number


# Units

_USCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_UNIT_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def check_uscc(text: str) -> Checked:
    """The unified social credit code, upper case. GB 32100-2015.

    Raises InvalidValue for a wrong length, letter or check character. A wrong inner organisation code
    (GB 11714-1997) is a warning: such codes were issued.
    """
    wrong_length = _("统一社会信用代码应为18位，现在是%(count)d位")
    code = _compact_within(text, _("还没填统一社会信用代码"), wrong_length)
    if len(code) != 18:
        raise InvalidValue(wrong_length, count=len(code))
    if any(character in "IOSVZ" for character in code):
        raise InvalidValue(_("统一社会信用代码里没有字母I、O、S、V、Z，看看是不是数字1、0、5、2"))
    if any(character not in _USCC_ALPHABET for character in code):
        raise InvalidValue(_("统一社会信用代码只有数字和大写字母，对照营业执照再看一遍"))
    if code[17] != uscc.calc_check_digit(code[:17]):
        raise InvalidValue(_("统一社会信用代码最后一位对不上，对照营业执照再看一遍"))
    if code[16] != unit_check_character(code[8:16]):
        warning = _("统一社会信用代码第9到17位不合编码规则，对照营业执照核对一下，可以继续登记")
        return Checked(code, InvalidValue(warning))
    return Checked(code)


def unit_check_character(body: str) -> str:
    """The check character for the first eight characters of an organisation code. GB 11714-1997."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, _UNIT_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


# Telephones

_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE: Final = re.compile(r"0[0-9]{2,3}[0-9]{7,8}")
_SERVICE_NUMBER: Final = re.compile(r"(0[0-9]{2,3})?(11[0-9]|12[0-2]|1[02][0-9]{3}|9[56][0-9]{3,4})")
_COUNTRY_PREFIX: Final = re.compile(r"^(\+86|0086|86(?=1[3-9][0-9]{9}$))")


def compact_phone(text: str) -> str:
    """The digits as dialled inside the country: compact, without brackets, +86 and 0086."""
    return _COUNTRY_PREFIX.sub("", re.sub(r"[()]", "", compact(text)))


def normalise_phone(text: str, *, landline: bool = True) -> str:
    """The eleven digits of a mobile, or area code and number of a fixed telephone, without signs.

    `landline=False` takes mobiles only. Raises InvalidValue; numbers of services such as 12345 are refused,
    because nobody can be reached there.
    """
    number = _compact_within(text, _("还没填手机号"), _("手机号应为11位数字，现在是%(count)d位"))
    number = compact_phone(number)
    if _MOBILE.fullmatch(number):
        return number
    if _SERVICE_NUMBER.fullmatch(number):
        raise InvalidValue(_("这是12345一类的服务号码，请填能找到本人的电话"))
    if landline and number.startswith("0"):
        if _LANDLINE.fullmatch(number):
            return number
        raise InvalidValue(_("固定电话应为区号加7到8位号码，如023-45671234"))
    if not (number.isascii() and number.isdigit()):
        raise InvalidValue(_("手机号应为11位数字，里面有不是数字的字"))
    if len(number) != 11:
        raise InvalidValue(_("手机号应为11位数字，现在是%(count)d位"), count=len(number))
    raise InvalidValue(_("手机号应以13到19开头，再核对一遍"))


def phone_text(number: str) -> str:
    """A stored number as it is read: fixed telephones get their hyphen after the area code."""
    if not number.startswith("0"):
        return number
    area = 3 if number[1] in "12" else 4
    return f"{number[:area]}-{number[area:]}"


# Numbers of cases and receipts

_OPENING: Final = "([{〔【［〖《〈<「『"
_CLOSING: Final = ")]}〕】］〗》〉>」』"
_BRACKETS: Final = str.maketrans(_OPENING + _CLOSING, "〔" * len(_OPENING) + "〕" * len(_CLOSING))
_YEAR_AND_SERIAL: Final = re.compile(
    r"(?P<prefix>[^0-9〔〕]*)〔?(?P<year>20[0-9]{2})[〕年/-]第?0*(?P<serial>[0-9]{1,8})号?"
)
_SERIAL: Final = re.compile(r"第?0*(?P<serial>[0-9]{1,8})号?")


def normalise_number(text: str) -> str:
    """A case or receipt number as it is stored: 〔〕 whatever the brackets, half-width digits, no spaces."""
    half = without_invisible(half_width(text[:LONGEST_TYPED])).translate(_BRACKETS)
    return "".join(character for character in half if not character.isspace())


def number_fragments(text: str) -> tuple[str, ...]:
    """The pieces of stored numbers that this search text can mean; empty when it is not a number.

    `1203`, `2026-1203`, `[2026]1203` and the whole number find 铜人社监案〔2026〕1203号. A number is meant
    when it holds one of the fragments; 第 is written in some series and not in others.
    """
    number = normalise_number(text)
    for hyphen in _HYPHENS:
        number = number.replace(hyphen, "-")
    if match := _YEAR_AND_SERIAL.fullmatch(number):
        head = f"{match['prefix']}〔{match['year']}〕"
        return f"{head}{match['serial']}号", f"{head}第{match['serial']}号"
    if match := _SERIAL.fullmatch(number):
        return f"〕{match['serial']}号", f"〕第{match['serial']}号"
    return ()
