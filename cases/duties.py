"""What a person leaves behind when their account is closed: told as numbers only, to who sees no case."""

from agencies.models import User
from agencies.people import OpenDuties
from agencies.rights import Right
from cases.models import Assignment, Task


def open_duties(user: User) -> OpenDuties:
    """Open cases the person is named on, and unanswered requests to their agency that nobody else there may answer."""
    named = Assignment.objects.filter(user=user, until=None, case__ended_on=None)
    return OpenDuties(cases=named.values("case").distinct().count(), tasks=_left_alone(user))


def _left_alone(user: User) -> int:
    if not user.has_right(Right.REPLY_TASK):
        return 0
    colleagues = User.objects.filter(agency=user.agency_id, is_active=True).exclude(pk=user.pk)
    if any(colleague.has_right(Right.REPLY_TASK) for colleague in colleagues.select_related("agency")):
        return 0
    return Task.objects.asked().filter(receiver=user.agency_id, case__ended_on=None).count()
