"""The days that a complaint keeps beside its clocks: hearings and the parts of a plan."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.clocks import lamp_of
from cases.money import yuan
from cases.schedule import Dated
from inspection import deadlines as d

if TYPE_CHECKING:
    from inspection.models import Complaint


def dates_of(complaint: "Complaint") -> Iterator[Dated]:
    """The hearing that was set, and each part that was agreed with its sum and the lamp of its clock."""
    if complaint.hearing_on:
        held = complaint.hearing_held_on
        state = _("%(day)s已举行") % {"day": held} if held else ""
        yield Dated(complaint.hearing_on, _("听证"), state, is_over=bool(held))
    running = {
        clock.cause: clock
        for clock in complaint.case.clocks.all()
        if clock.rule_code == d.INSTALMENT.code and clock.is_running
    }
    for part in complaint.instalments:
        what = _("分期支付第%(n)d期，%(sum)s元") % {"n": part.number, "sum": yuan(part.amount_fen)}
        clock = running.get(f"part-{part.number}")
        lamp = lamp_of(clock, timezone.localdate()) if clock else None
        yield Dated(
            part.due_on, what, _("已付足") if part.is_paid else _("未付足"), lamp, is_over=part.is_paid
        )
