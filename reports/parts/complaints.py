"""The numbers of the figures of complaints."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from calendars.services import current_calendar
from calendars.working_days import WorkingCalendar
from inspection.states import ClosingCode
from reports.definitions import AGE, GROUP, K1, K2, K3, K6, K8, OVERDUE, PRIORITY_TIME
from reports.facts import payments_in
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


def _reopened_in_period(at: Period) -> Q:
    return Q(reopened_then__range=(at.from_on, at.as_of))


def _closed_as(code: ClosingCode) -> Condition:
    return lambda at: closed_in_period(at) & Q(outcome_then=code)


def _due_in_period(at: Period) -> Q:
    return Q(due_then__range=(at.from_on, at.as_of))


def _paid_in_period(at: Period) -> Q:
    return Q(Exists(payments_in(at).filter(case=OuterRef("pk"))))


def _open_for(least: int, most: int | None = None) -> Condition:
    """Open, with that many working days since the filing, the day of filing not counted."""

    def condition(at: Period) -> Q:
        calendar = current_calendar()
        filed = Q(filed_then__lte=_latest_start(at.as_of, least, calendar)) if least else Q()
        if most is not None:
            filed &= Q(filed_then__gt=_latest_start(at.as_of, most + 1, calendar))
        return still_open(at) & filed

    return condition


def _latest_start(until: date, days: int, calendar: WorkingCalendar) -> date:
    """The last day after which so many working days lie, the end included."""
    start = until
    while calendar.working_days_between(start, until) < days:
        start -= timedelta(days=1)
    return start


def _due_on_last_day(at: Period) -> Q:
    return Q(due_then=at.as_of)


def _closed_on_time(at: Period) -> Q:
    return _due_in_period(at) & closed_by_due_day()


def _not_closed_on_time(at: Period) -> Q:
    return _due_in_period(at) & (Q(closed_then__isnull=True) | Q(closed_then__gt=F("due_then")))


PARTS: Parts = {
    K1.id: {
        "opening": Part(_("期初未结"), carried_over),
        "filed": Part(_("本期立案"), lambda at: handled_in_period(at) & filed_in_period(at)),
        DENOMINATOR: Part(_("应办"), handled_in_period),
        NUMERATOR: Part(_("本期办结"), closed_in_period),
        GAP: Part(_("期末未结"), still_open),
        "suspended": Part(_("期末未结中现为中止"), lambda at: still_open(at) & Q(is_suspended=True)),
        "withdrawn": Part(_("本期办结中撤回投诉"), _closed_as(ClosingCode.WITHDRAWN)),
        "unfounded": Part(_("本期办结中事实不成立"), _closed_as(ClosingCode.CANCELLED_UNFOUNDED)),
        "reopened": Part(_("本期恢复办理"), lambda at: handled_in_period(at) & _reopened_in_period(at)),
    },
    K2.id: {
        NUMERATOR: Part(_("本期立案且已办结"), lambda at: filed_in_period(at) & Q(closed_then__lte=at.as_of)),
        DENOMINATOR: Part(_("本期立案"), filed_in_period),
        GAP: Part(_("本期立案未办结"), lambda at: filed_in_period(at) & still_open(at)),
    },
    K3.id: {
        NUMERATOR: Part(_("按期办结"), _closed_on_time),
        DENOMINATOR: Part(_("本期到期"), _due_in_period),
        GAP: Part(_("到期未按期办结"), _not_closed_on_time),
        "due_today": Part(_("截止日到期、未办结"), lambda at: _due_on_last_day(at) & still_open(at)),
    },
    K6.id: {NUMERATOR: Part(_("本期有工资到账"), _paid_in_period)},
    K8.id: {DENOMINATOR: Part(_("本期办结"), closed_in_period)},
    OVERDUE.id: {NUMERATOR: Part(_("超期在办"), overdue)},
    PRIORITY_TIME.id: {
        DENOMINATOR: Part(
            _("本期办结的农民工优先案件"), lambda at: closed_in_period(at) & Q(is_priority=True)
        )
    },
    GROUP.id: {
        NUMERATOR: Part(_("在办群体案件"), lambda at: still_open(at) & Q(is_group=True)),
        "filed": Part(_("本期立案的群体案件"), lambda at: filed_in_period(at) & Q(is_group=True)),
        "closed": Part(_("本期办结的群体案件"), lambda at: closed_in_period(at) & Q(is_group=True)),
    },
    AGE.id: {
        NUMERATOR: Part(_("在办"), still_open),
        "upto15": Part(_("立案后0—15个工作日"), _open_for(0, 15)),
        "upto30": Part(_("立案后16—30个工作日"), _open_for(16, 30)),
        "upto60": Part(_("立案后31—60个工作日"), _open_for(31, 60)),
        "over60": Part(_("立案后60个工作日以上"), _open_for(61)),
    },
}
