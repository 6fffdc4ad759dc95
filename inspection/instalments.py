"""Paying in parts: the plan that was agreed, a clock for each part, and how far the payments have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases import clocks, days, money
from cases.forms import FactsForm, SpokenCharField, TextField
from cases.identity import InvalidValue
from cases.models import Case
from cases.services.payments import unpaid_by_worker
from cases.workflow.table import Change
from inspection import deadlines as d

FEWEST, MOST = 2, 24
MOST_YEARS = 3


@dataclass(frozen=True)
class Part:
    """One part of a plan: the day by which it is to arrive, and the sum in fen."""

    due_on: date
    amount_fen: int


class PlanField(TextField):
    """A plan, a line for each part: the day and the sum. The cleaned value is the text, one line per part, in order."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return "\n".join(f"{part.due_on:%Y-%m-%d} {money.yuan(part.amount_fen)}" for part in read(text))


def read(text: str) -> list[Part]:
    """The parts that the lines mean, in the order of their days. ValidationError names the line that is not clear."""
    found = []
    for number, line in enumerate((row for row in text.splitlines() if row.strip()), start=1):
        pieces = line.split()
        if len(pieces) != 2:
            raise ValidationError(
                gettext("第%(n)d行看不懂，每行写日期和金额，中间空一格，如：2026-12-15 50000") % {"n": number}
            )
        try:
            part = Part(days.parse_day(pieces[0], timezone.localdate()), money.parse_amount(pieces[1]))
        except InvalidValue as error:
            raise ValidationError(
                f"{gettext('第%(n)d行：') % {'n': number}}{error.sentence(gettext)}"
            ) from error
        except ValueError as error:
            raise ValidationError(f"{gettext('第%(n)d行：') % {'n': number}}{error}") from error
        if part.due_on <= timezone.localdate():
            raise ValidationError(gettext("第%(n)d行：日期要晚于今天") % {"n": number})
        if part.due_on.year > timezone.localdate().year + MOST_YEARS:
            raise ValidationError(
                f"{gettext('第%(n)d行：') % {'n': number}}"
                f"{gettext('%(label)s离今天太远，核对年份') % {'label': gettext('日期')}}"
            )
        found.append(part)
    if not FEWEST <= len(found) <= MOST:
        raise ValidationError(gettext("分期要有%(few)d到%(most)d期") % {"few": FEWEST, "most": MOST})
    return sorted(found, key=lambda part: part.due_on)


class InstalmentForm(FactsForm):
    plan = PlanField(
        label=_("分期计划"),
        max_length=2000,
        help_text=_("每行一期，写日期和金额，如：2026-12-15 50000；合计等于现在还没付的金额"),
    )
    agreed = SpokenCharField(
        label=_("劳动者同意的依据"), max_length=200, help_text=_("如：2026-11-20全体劳动者签字的协议")
    )

    def clean_plan(self) -> str:
        text: str = self.cleaned_data["plan"]
        total = sum(part.amount_fen for part in read(text))
        left = sum(fen for fen in unpaid_by_worker(self.case).values() if fen > 0)
        if total != left:
            raise ValidationError(
                gettext("分期合计%(sum)s元，现在还没付的是%(left)s元，改到相等")
                % {"sum": money.yuan(total), "left": money.yuan(left)}
            )
        return text


@dataclass(frozen=True)
class PlanInstalments:
    """The plan replaces an earlier one; each part has its clock, and the parts count from what is paid now."""

    def apply(self, change: Change) -> None:
        case = change.case
        clocks.drop(case, d.INSTALMENT, change.on)
        case.instalments.filter(replaced_on=None).update(replaced_on=change.on)
        expected = case.paid_fen
        for number, part in enumerate(read(change.facts["plan"]), start=1):
            expected += part.amount_fen
            case.instalments.create(
                number=number, due_on=part.due_on, amount_fen=part.amount_fen, paid_up_to_fen=expected
            )
            clocks.start(case, d.INSTALMENT, change.on, set_due_on=part.due_on, cause=f"part-{number}")

    def __str__(self) -> str:
        return f"▶{d.INSTALMENT.code}（每期）"


@dataclass(frozen=True)
class DropPlan:
    """The plan counts no longer: what is owed is looked into anew."""

    def apply(self, change: Change) -> None:
        change.case.instalments.filter(replaced_on=None).update(replaced_on=change.on)

    def __str__(self) -> str:
        return "✕分期计划"


def payments_arrived(case: Case, on: date) -> None:
    """The clocks of the parts that are covered by what is paid now are met."""
    for part in current(case):
        if case.paid_fen >= part.paid_up_to_fen:
            clocks.meet(case, d.INSTALMENT, on, cause=f"part-{part.number}")


def current(case: Case) -> Sequence[Any]:
    """The parts of the plan in force, in order; from the prefetched rows where the page has them."""
    return [part for part in case.instalments.all() if part.replaced_on is None]
