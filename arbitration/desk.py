"""What lies on whose desk: the disputes that wait for a role, and those that a tribunal has."""

from django.db.models import Exists, OuterRef, Q

from agencies.models import User
from agencies.rights import Right
from arbitration.people import TRIBUNAL
from arbitration.states import State
from cases.models import Assignment

OF_THE_TRIBUNAL = (
    State.REPLY_PERIOD,
    State.ENTRUSTED_MEDIATION,
    State.AWAITING_HEARING,
    State.IN_HEARING,
    State.TRIBUNAL_MEDIATION,
    State.DELIBERATING,
    State.SUSPENDED,
)
OF_THE_CLERK = (
    State.CONSTITUTING,
    State.AWAITING_HEARING,
    State.DECIDED,
    State.SERVING,
    State.CLOSED,
    State.EFFECTIVE,
    State.WITHDRAWN,
    State.DEEMED_WITHDRAWN,
    State.REVOKED,
    State.TERMINATED,
)


def rows_for(user: User) -> Q:
    """Cases whose next step is this role's; a tribunal's are its own people's."""
    held = Assignment.objects.filter(case=OuterRef("pk"), user=user, until=None, duty__in=TRIBUNAL)
    waiting = {
        Right.RECEIVE_DISPUTE: Q(state__in=[State.RECEIVED, State.CORRECTING, State.PRE_MEDIATION]),
        Right.HEAD_INSTITUTE: Q(state__in=[State.FOR_APPROVAL, State.ACCEPTED, State.FOR_SIGNATURE]),
        Right.RECORD_HEARING: Q(state__in=OF_THE_CLERK),
        Right.ARBITRATE: Q(state__in=OF_THE_TRIBUNAL) & Q(Exists(held)),
    }
    found = Q(pk__in=[])
    for right, rows in waiting.items():
        if user.has_right(right):
            found |= rows
    return found
