"""What lies on whose desk: the mediations that wait for a role. Those of one mediator are there by their duty."""

from django.db.models import Q

from agencies.models import User
from agencies.rights import Right
from arbitration.mediation.states import State


def rows_for(user: User) -> Q:
    """Cases whose next step is this role's."""
    waiting = {
        Right.RECEIVE_DISPUTE: Q(state=State.INQUIRY)
        | Q(state=State.REVIEW_CONFIRMED, mediation__paper_signed_on=None),
        Right.MEDIATE: Q(state=State.SEEKING_CONSENT),
        Right.ARBITRATE: Q(state=State.UNDER_REVIEW),
    }
    found = Q(pk__in=[])
    for right, rows in waiting.items():
        if user.has_right(right):
            found |= rows
    return found
