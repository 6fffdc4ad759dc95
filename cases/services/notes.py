"""备注: a remark in the record of a case. It moves nothing, so nobody's open page becomes stale by it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rights import Right
from cases import idempotency, policies
from cases.models import Case, TimelineEvent
from cases.services.acting import append_aside, lock
from cases.workflow.table import StepRefused

LONGEST = 1000
WRITERS = (
    Right.INTAKE,
    Right.INVESTIGATE,
    Right.HEAD,
    Right.LEGAL_REVIEW,
    Right.DEPUTY,
    Right.BUREAU,
    Right.MEDIATE,
    Right.ARBITRATE,
    Right.RECORD_HEARING,
    Right.HEAD_INSTITUTE,
    Right.CHAIR_COMMITTEE,
    Right.RECEIVE_AID,
    Right.REVIEW_AID,
    Right.DIRECT_AID,
)


def may_note(user: User, case: Case) -> bool:
    """Whether the person may write in the record: whoever acts on cases of the office, also after they ended."""
    return policies.can(user, policies.READ, case) and any(
        policies.can(user, right, case) for right in WRITERS
    )


def add_note(*, case: Case, by: User, key: str, text: str) -> TimelineEvent:
    """The remark stands in the record; the same key again returns the first event.

    Raises PermissionDenied, StepRefused for an empty or too long text, KeyReused, Case.DoesNotExist.
    """
    text = text.replace("\x00", "").strip()
    payload = [case.pk, text]
    with transaction.atomic():
        locked = lock(case)
        if not policies.can_see(by, locked):
            raise Case.DoesNotExist
        if answer := idempotency.recall(user=by, key=key, action="note", payload=payload):
            return TimelineEvent.objects.get(pk=answer["event"])
        if not may_note(by, locked):
            raise PermissionDenied(_("这件案子的备注由办理机构的承办人员写"))
        if not text:
            raise StepRefused([_("还没填备注")])
        if len(text) > LONGEST:
            raise StepRefused([_("备注最多写%(most)d个字") % {"most": LONGEST}])
        event = append_aside(
            locked,
            by,
            kind=TimelineEvent.Kind.NOTE,
            step="note",
            label=_("备注"),
            source=locked.state,
            note=text,
        )
        idempotency.remember(user=by, key=key, action="note", payload=payload, answer={"event": event.pk})
    return event
