"""The numbers of the figures of labour disputes."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from arbitration.mediation.states import Outcome as Ending
from arbitration.models import Award
from arbitration.states import AwardForm, Finality, Outcome
from reports.definitions import A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, M1, M2, M3
from reports.parts.part import (
    DENOMINATOR,
    GAP,
    NUMERATOR,
    Condition,
    Part,
    Parts,
    carried_over,
    closed_by_due_day,
    closed_in_period,
    filed_in_period,
    handled_in_period,
    overdue,
    still_open,
)
from reports.periods import Period

LANE_DAYS = 30
"""Calendar days after acceptance within which a case of the lane is meant to be closed."""

AGREED = (Ending.AGREED, Ending.REVIEW, Ending.COURT)
"""How a mediation ended that succeeded: agreed, and confirmed by the committee or the court where asked."""


def _transferred(at: Period) -> Q:
    return closed_in_period(at) & Q(outcome_then=Outcome.TRANSFER)


def _closed(at: Period) -> Q:
    """Closed in any way except by passing it on to another committee."""
    return closed_in_period(at) & ~Q(outcome_then=Outcome.TRANSFER)


def _accepted(at: Period) -> Q:
    return handled_in_period(at) & filed_in_period(at)


def _closed_of_accepted(at: Period) -> Q:
    return filed_in_period(at) & Q(closed_then__lte=at.as_of) & ~Q(outcome_then=Outcome.TRANSFER)


def _on_time(at: Period) -> Q:
    return _closed(at) & (closed_by_due_day() | Q(due_then__isnull=True))


def _late(at: Period) -> Q:
    return _closed(at) & Q(closed_then__gt=F("due_then"))


def _reconciled(at: Period) -> Q:
    return closed_in_period(at) & Q(outcome_then=Outcome.WITHDRAW, dispute__is_reconciled=True)


def _settled(at: Period) -> Q:
    return _reconciled(at) | (closed_in_period(at) & Q(outcome_then=Outcome.MEDIATE))


def _agreed(at: Period) -> Q:
    """An agreement was made, also one that was broken later and went on to arbitration; or a settlement."""
    broken_later = Q(outcome_then=Ending.TO_ARBITRATION, mediation__failed_on__isnull=True)
    settled = Q(outcome_then=Ending.WITHDRAWN, mediation__is_reconciled=True)
    agreed = Q(outcome_then__in=AGREED) | (broken_later & Q(mediation__agreed_on__isnull=False)) | settled
    return closed_in_period(at) & agreed


def _soon(at: Period) -> Q:
    return _closed(at) & Q(closed_then__lte=F("filed_then") + timedelta(days=LANE_DAYS))


def awards_in(at: Period) -> Q:
    """Whether an award was made in the period."""
    return Q(made_on__range=(at.from_on, at.as_of))


FINAL = Q(finality=Finality.FINAL)
"""The award is final for the employer."""


def _with_award(kind: Q) -> Condition:
    return lambda at: Q(
        Exists(Award.objects.filter(awards_in(at) & kind, form=AwardForm.AWARD, case=OuterRef("pk")))
    )


def _in_lane(condition: Condition) -> Condition:
    return lambda at: condition(at) & Q(is_priority=True)


_STOCK: dict[str, Part] = {
    "opening": Part(_("期初未结"), carried_over),
    "filed": Part(_("本期受理"), _accepted),
    DENOMINATOR: Part(_("应结"), handled_in_period),
    NUMERATOR: Part(_("本期结案"), _closed),
    GAP: Part(_("期末未结"), still_open),
    "suspended": Part(_("期末未结中现为中止"), lambda at: still_open(at) & Q(is_suspended=True)),
    "transferred": Part(_("本期移出"), _transferred),
}
_COHORT: dict[str, Part] = {
    NUMERATOR: Part(_("本期受理且已结案"), _closed_of_accepted),
    DENOMINATOR: Part(_("本期受理"), filed_in_period),
    GAP: Part(_("本期受理未结案"), lambda at: filed_in_period(at) & still_open(at)),
}
_ON_TIME: dict[str, Part] = {
    NUMERATOR: Part(_("按期结案"), _on_time),
    DENOMINATOR: Part(_("本期结案"), _closed),
    GAP: Part(_("超期结案"), _late),
    "stopped": Part(_("按期结案中期限停止计算的"), lambda at: _closed(at) & Q(due_then__isnull=True)),
}
_OVERDUE: dict[str, Part] = {NUMERATOR: Part(_("超期未结"), overdue)}


def _of_lane(parts: dict[str, Part]) -> dict[str, Part]:
    return {name: Part(part.label, _in_lane(part.condition)) for name, part in parts.items()}


PARTS: Parts = {
    A1.id: _STOCK,
    A2.id: _COHORT,
    A3.id: _ON_TIME,
    A4.id: _OVERDUE,
    A5.id: {
        NUMERATOR: Part(_("调解、和解"), _settled),
        DENOMINATOR: Part(_("本期结案"), _closed),
        "reconciled": Part(_("和解后撤回"), _reconciled),
    },
    A6.id: {
        NUMERATOR: Part(_("有终局裁决书的案件"), _with_award(FINAL)),
        DENOMINATOR: Part(_("有裁决书的案件"), _with_award(Q())),
    },
    A7.id: _of_lane(_STOCK),
    A8.id: _of_lane(_COHORT),
    A9.id: _of_lane(_ON_TIME),
    A10.id: _of_lane(_OVERDUE),
    A11.id: {DENOMINATOR: Part(_("本期结案"), _in_lane(_closed))},
    A12.id: {
        NUMERATOR: Part(_("30日内结案"), _in_lane(_soon)),
        DENOMINATOR: Part(_("本期结案"), _in_lane(_closed)),
    },
    A13.id: {
        NUMERATOR: Part(_("本期受理、请求金额的"), lambda at: filed_in_period(at) & Q(claimed_fen__gt=0)),
        DENOMINATOR: Part(_("本期受理"), filed_in_period),
        "group": Part(_("本期受理的集体争议"), lambda at: filed_in_period(at) & Q(is_group=True)),
    },
    A14.id: {
        NUMERATOR: Part(_("本期结案、确定金额的"), lambda at: _closed(at) & Q(confirmed_fen__gt=0)),
        DENOMINATOR: Part(_("本期结案"), _closed),
        "group": Part(_("本期结案的集体争议"), lambda at: _closed(at) & Q(is_group=True)),
    },
    M1.id: {
        NUMERATOR: Part(_("达成协议、和解"), _agreed),
        DENOMINATOR: Part(_("本期结束"), closed_in_period),
    },
    M2.id: {
        "opening": Part(_("期初未结"), carried_over),
        "filed": Part(_("本期受理"), _accepted),
        DENOMINATOR: Part(_("应结"), handled_in_period),
        NUMERATOR: Part(_("本期结束"), closed_in_period),
        GAP: Part(_("期末未结"), still_open),
    },
    M3.id: {
        NUMERATOR: Part(
            _("按期结束"),
            lambda at: closed_in_period(at) & (closed_by_due_day() | Q(due_then__isnull=True)),
        ),
        DENOMINATOR: Part(_("本期结束"), closed_in_period),
        GAP: Part(_("超期结束"), lambda at: closed_in_period(at) & Q(closed_then__gt=F("due_then"))),
    },
}
