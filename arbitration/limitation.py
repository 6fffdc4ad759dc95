"""The limitation period 仲裁时效: computed and shown, never a reason not to accept. 劳动争议调解仲裁法第二十七条."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from arbitration import deadlines as d
from arbitration.states import PAY_FOR_WORK, InterruptionKind
from calendars.services import reckoned


@dataclass(frozen=True)
class Limitation:
    """When the right to apply lapses, and from which facts; ``ends_on`` is None where no year runs yet."""

    rule: str
    article: str
    from_on: date | None
    ends_on: date | None
    reason: str
    is_over: bool = False


def limitation(case: Any, on: date) -> Limitation:
    """What the file gives: wages have no year while the employment lasts, every interruption starts it anew.

    ``is_over`` is meant for the day on which the application was received, and warns only.
    """
    dispute = case.dispute
    interrupted = [row for row in case.interruptions.all() if row.on <= on]
    last = max(interrupted, key=lambda row: row.on, default=None)
    pay_only = all(claim.type in PAY_FOR_WORK for claim in case.dispute_claims.all())
    if pay_only and dispute.employment_ended_on is None:
        return Limitation(
            d.LIMITATION_WAGES.code,
            d.LIMITATION_WAGES.law,
            None,
            None,
            _("拖欠劳动报酬，劳动关系还没有终止，不受一年限制"),
        )
    start = dispute.employment_ended_on if pay_only else dispute.right_known_on or dispute.employment_ended_on
    rule, reason = (
        (d.LIMITATION_WAGES, _("从劳动关系终止之日起算"))
        if pay_only
        else (d.LIMITATION, _("从知道或者应当知道权利被侵害之日起算"))
    )
    if last is not None and (start is None or last.on >= start):
        rule = d.LIMITATION_COMPLAINT if last.kind == InterruptionKind.COMPLAINT else d.LIMITATION_INTERRUPTED
        start, reason = (
            last.on,
            _("%(act)s中断，从%(day)s重新起算")
            % {
                "act": last.get_kind_display(),
                "day": last.on,
            },
        )
    if start is None:
        return Limitation(rule.code, rule.law, None, None, _("还没有登记起算的日期"))
    ends_on = reckoned(rule, start).due_on
    return Limitation(rule.code, rule.law, start, ends_on, reason, is_over=case.received_on > ends_on)


def days_left(case: Any, on: date) -> int | None:
    """Days until the year is over for who is not accepted yet; None where none runs or the case is accepted."""
    if case.filed_on is not None:
        return None
    ends_on = limitation(case, on).ends_on
    return None if ends_on is None else (ends_on - on).days
