"""What a definition of an indicator says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import CaseKind

Text = str | Promise

DISTRICT_PLAN = "铜府办发〔2025〕28号（九）"
IN_FORCE = date(2025, 1, 1)
"""Since when the first version of every definition holds: the year of the district's plan."""


class Gap(Enum):
    """What one more closure does to the fraction: how the missing closures are counted."""

    NONE = "none"
    NUMERATOR = "numerator"  # an open case of the denominator moves into the numerator
    BOTH = "both"  # a case enters the denominator when it comes due, and the numerator when closed by then


class Unit(Enum):
    """In what a figure is said."""

    SHARE = _("%")
    CASES = _("件")
    MONEY = _("元")
    DAYS = _("天")


INSPECTION_OFFICE = _("劳动保障监察支队")
WHEN_FILED = _("以截止日24时为准：立案、办结、恢复办理按办理日期，截止日之后的不算")
"""The rule of the cut-off for everything that is counted from the dates of steps."""


@dataclass(frozen=True)
class Indicator:
    """One definition. ``basis`` is the 口径 in a few words.

    ``targets`` are exact shares as text, each with the first year it holds for; the first one holds before, too.
    ``owner`` answers for the figure; ``kind`` says which cases it counts.
    """

    id: str
    label: Text
    formula: Text
    basis: Text
    exclusions: tuple[Text, ...]
    source: str
    numerator_label: Text
    denominator_label: Text = ""
    targets: tuple[tuple[int, str], ...] = ()
    gap: Gap = Gap.NONE
    unit: Unit = Unit.SHARE
    kind: str = CaseKind.INSPECTION
    cut_off: Text = WHEN_FILED
    owner: Text = INSPECTION_OFFICE
    version: int = 1
    valid_from: date = IN_FORCE

    @property
    def target(self) -> str | None:
        """The newest target."""
        return self.targets[-1][1] if self.targets else None

    @property
    def target_share(self) -> Decimal | None:
        return None if self.target is None else Decimal(self.target)

    def target_in(self, year: int) -> str | None:
        """The target of that year."""
        if not self.targets:
            return None
        held = [share for first, share in self.targets if first <= year]
        return held[-1] if held else self.targets[0][1]
