"""Who reads what the sides offered each other 让步: the mediator of the case and the head of the institute.

Nobody else: not the arbitrators who may have to decide, not the other people of the institute, nobody above it.
What was said in mediation must not be held against a party later. The minutes are kept from the same people by
`documents.catalogue.Secrecy`.
"""

from typing import Any

from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.models import Duty


def may_read(user: User, case: Any) -> bool:
    """Whether the person reads offers and minutes of the case."""
    return policies.can(user, Right.HEAD_INSTITUTE, case) or is_mediator(user, case)


def is_mediator(user: User, case: Any) -> bool:
    """Whether the person mediates this very case: only they put offers down."""
    if not policies.can(user, Right.MEDIATE, case):
        return False
    held = policies.current_assignments(case)
    return any(row.user_id == user.pk and row.duty == Duty.MEDIATOR for row in held)
