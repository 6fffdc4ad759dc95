"""The one rule of who may do what on which case.

`CaseQuerySet.visible_to` is its form for lists; a test holds both equal.
"""

from collections.abc import Iterable

from agencies.models import User
from agencies.rights import Right, Sight
from cases.models import Case
from cases.models.case import granted
from cases.workflow.table import Actor

VIEW = "view"
READ = "read"

# Acts of people who see a case only because it was shared with them or their agency.
BY_REPLY_GRANT = frozenset({Right.REPLY_TASK, Right.POLICE_REPLY})
GUEST_RIGHTS = frozenset({Right.REPLY_TASK, Right.POLICE_REPLY, Right.REPRESENT, Right.VIEW_CASES})


def can_see(user: User, case: Case) -> bool:
    """Whether the person may know that the case exists."""
    if not getattr(user, "is_authenticated", False) or not user.is_active or user.sight == Sight.NONE:
        return False
    if case.seen_by == user.pk:
        return True
    return is_inside(user, case) or Case.objects.filter(granted(user), pk=case.pk).exists()


def is_inside(user: User, case: Case) -> bool:
    """Whether the case belongs to the person's own agency, or below it where the role sees down the tree."""
    if user.sight == Sight.TREE:
        return user.agency.covers(case.agency)
    return user.sight == Sight.OWN and case.agency_id == user.agency_id


def is_own(user: User, case: Case) -> bool:
    """Whether the person works in the very agency that has the case: some things nobody above it reads."""
    return is_inside(user, case) and case.agency_id == user.agency_id


def can(user: User, right: str, case: Case) -> bool:
    """Whether the person may do that kind of act on this case: sight, the role's right, and no recusal.

    ``VIEW`` is knowing that the case exists and what was shared; ``READ`` is the whole file, for the people of the
    agency and those above it.
    """
    if not can_see(user, case):
        return False
    if right == VIEW:
        return True
    if right == READ:
        return is_inside(user, case)
    if not user.has_right(right):
        return False
    if not is_inside(user, case) and not _is_guest_act(user, right, case):
        return False
    return not any(row.user_id == user.pk for row in case.recusals.all())


def _is_guest_act(user: User, right: str, case: Case) -> bool:
    """Whether who sees the case by a grant may do this: some acts need a grant of their own, which ends with them."""
    if right not in GUEST_RIGHTS:
        return False
    return (
        right not in BY_REPLY_GRANT or Case.objects.filter(granted(user, "reply_case"), pk=case.pk).exists()
    )


def may_act(user: User, actors: Iterable[Actor], case: Case) -> bool:
    """Whether the person is one of the actors of a row on this case."""
    return any(can(user, actor.right, case) and _holds_duty(user, actor, case) for actor in actors)


def _holds_duty(user: User, actor: Actor, case: Case) -> bool:
    if not actor.duties:
        return True
    return any(row.user_id == user.pk and row.duty in actor.duties for row in current_assignments(case))


def current_assignments(case: Case) -> list:
    """The assignments that last, lead first; from the prefetched rows where the page has them."""
    return [row for row in case.assignments.all() if row.until is None]
