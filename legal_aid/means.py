"""The check of means: whether it is made at all, on which ground it is left out, and what it says. Pure functions.

法律援助法第三十一条、第三十二条、第四十一条、第四十二条; 保障农民工工资支付条例第四十五条.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from legal_aid.deadlines import LAW
from legal_aid.states import Category, Exemption, Matter, SpecialStatus

ELDERLY_FROM, ADULT_FROM = 60, 18
WEAK = (Category.ELDERLY, Category.DISABLED, Category.MINOR)
NO_TEST_MATTERS = tuple(matter for matter in Matter if matter.value.startswith("32-"))


@dataclass(frozen=True)
class Circumstances:
    """What is known of the applicant; sums in fen a month for one person of the household."""

    matter: str
    is_migrant: bool
    category: str = Category.OTHER
    birth_on: date | None = None
    has_stable_income: bool | None = None
    special_status: str = SpecialStatus.NONE
    exempt_by_law: bool = False
    income_fen: int | None = None


@dataclass(frozen=True)
class Finding:
    """What the check comes to: an exemption with its article, or whether the income lies below the standard.

    ``hard_up`` is None while the income is not known.
    """

    exemption: str
    article: str
    hard_up: bool | None
    sentence: str | Promise

    @property
    def passes(self) -> bool:
        return bool(self.exemption) or self.hard_up is True

    @property
    def exemption_label(self) -> str:
        return str(Exemption(self.exemption).label) if self.exemption else ""


def exemption_of(known: Circumstances, on: date) -> tuple[str, str]:
    """The ground on which no check of means is made, with its article; two empty texts when it is made.

    A migrant worker is exempt for wages and for work injury, not for the mere finding that a labour relation exists.
    """
    if known.matter in NO_TEST_MATTERS:
        return Exemption.NO_TEST, f"{LAW}第三十二条"
    if known.is_migrant and known.matter == Matter.WAGES:
        return Exemption.MIGRANT_WAGE, f"{LAW}第四十二条第三项"
    if known.is_migrant and known.matter == Matter.WORK_INJURY:
        return Exemption.MIGRANT_INJURY, f"{LAW}第四十二条第三项"
    if _is_weak(known, on) and known.has_stable_income is False:
        return Exemption.NO_INCOME, f"{LAW}第四十二条第一项"
    if known.special_status != SpecialStatus.NONE:
        return Exemption.ASSISTED, f"{LAW}第四十二条第二项"
    if known.exempt_by_law:
        return Exemption.BY_LAW, f"{LAW}第四十二条第四项"
    return "", ""


def find(known: Circumstances, standard_fen: int | None, on: date) -> Finding:
    """What the check of means comes to; ``standard_fen`` is the hardship standard a month, None where none is set."""
    exemption, article = exemption_of(known, on)
    if exemption:
        return Finding(exemption, article, None, _("免予核查经济困难状况"))
    article = f"{LAW}第四十一条"
    if known.income_fen is None or standard_fen is None:
        return Finding("", article, None, _("要核查经济困难状况：还没有写明收入，或者没有设定标准"))
    if known.income_fen <= standard_fen:
        return Finding("", article, True, _("核查后符合经济困难标准"))
    return Finding("", article, False, _("人均收入高于经济困难标准"))


def _is_weak(known: Circumstances, on: date) -> bool:
    """Whether somebody belongs to the groups of whom no income is expected, by category or by age."""
    if known.category in WEAK:
        return True
    if known.birth_on is None:
        return False
    age = on.year - known.birth_on.year - ((on.month, on.day) < (known.birth_on.month, known.birth_on.day))
    return age < ADULT_FROM or age >= ELDERLY_FROM
