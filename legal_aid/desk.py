"""What lies on whose desk: the legal-aid cases that wait for a role, and those a lawyer has."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from agencies.models import User
from agencies.rights import Right
from legal_aid.states import State

SOON = timedelta(days=7)


def rows_for(user: User) -> Q:
    """Cases whose next step is this role's."""
    urgent = Q(state=State.APPLIED, aid__limit_on__lt=timezone.localdate() + SOON)
    waiting = {
        Right.RECEIVE_AID: Q(state__in=[State.CONSULTATION, State.CORRECTING]),
        Right.REVIEW_AID: Q(
            state__in=[
                State.APPLIED,
                State.CROSS_REGION_CHECK,
                State.FIRM_ASSIGNED,
                State.CONCLUDED,
                State.FILE_CHECK,
            ]
        )
        | Q(state=State.UNDER_REVIEW, aid__reviewed_on=None)
        | Q(state=State.TERMINATED, aid__concluded_on=None)
        | Q(state=State.SUBSIDY, aid__subsidy_paid_on__isnull=False)
        | Q(state=State.ARCHIVED, aid__concluded_on__isnull=False),
        Right.DIRECT_AID: Q(state__in=[State.GRANTED, State.REPLACING, State.URGENT_AID])
        | Q(state=State.UNDER_REVIEW, aid__reviewed_on__isnull=False)
        | Q(state=State.SUBSIDY, aid__subsidy_paid_on=None)
        | urgent,
        Right.DECIDE_OBJECTION: Q(state=State.OBJECTION),
        Right.REPRESENT: Q(state__in=[State.LAWYER_NAMED, State.ENGAGED, State.IN_PROGRESS]),
    }
    found = Q(pk__in=[])
    for right, rows in waiting.items():
        if user.has_right(right):
            found |= rows
    return found
