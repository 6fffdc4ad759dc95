"""What lies on whose desk: the complaints that wait for a person without a proposal naming them."""

from django.db.models import Q

from agencies.models import User
from agencies.rights import Right
from inspection.co_handling import waiting_for_a_ruling
from inspection.states import State


def rows_for(user: User) -> Q:
    """Complaints whose next step is this role's, beyond own cases and proposals to decide."""
    waiting = {
        Right.INTAKE: Q(state__in=[State.REGISTERED, State.CORRECTING]),
        Right.HEAD: Q(state=State.FILING),
        Right.POLICE_REPLY: Q(state=State.POLICE_PENDING),
        Right.LEGAL_REVIEW: Q(
            state=State.PRE_NOTICE,
            complaint__legal_review_needed=True,
            complaint__legal_review_passed_on=None,
        ),
        Right.DEPUTY: waiting_for_a_ruling(),
        Right.BUREAU: Q(state=State.PRE_NOTICE, is_major=True, complaint__discussed_on=None),
    }
    found = Q(pk__in=[])
    for right, rows in waiting.items():
        if user.has_right(right):
            found |= rows
    return found
