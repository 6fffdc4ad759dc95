"""People of a case go on to another agency, by their own consent; the two cases stay strangers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import User
from cases.models import Case, Party, TimelineEvent
from cases.services.acting import append, perform
from cases.workflow.registry import workflow_for
from cases.workflow.table import Referral, StepRefused


def refer(
    *,
    case: Case,
    kind: str,
    parties: Sequence[Party],
    by: User,
    version: int,
    key: str,
    consent: Mapping[str, Any],
    allowed: Callable[[Case], None],
) -> TimelineEvent:
    """A case of the kind is opened for these people of the case, whose record says so and who consented how.

    What goes along is up to the kind (`Workflow.on_referral`). One transaction; the same key again returns the first
    event. ``allowed`` raises when the person may not do it. Raises StepRefused, StaleVersion, KeyReused,
    Case.DoesNotExist.
    """
    workflow = workflow_for(kind)

    def do(locked: Case) -> TimelineEvent:
        if workflow.on_referral is None:
            raise StepRefused([_("“%(kind)s”不接收转交") % {"kind": workflow.label}])
        opened = workflow.on_referral(Referral(locked, tuple(parties), by, f"r{key}"[:64], dict(consent)))
        return append(
            locked,
            by,
            kind=TimelineEvent.Kind.STEP,
            step=f"refer_{kind}",
            label=_("转%(kind)s") % {"kind": workflow.label},
            source=locked.state,
            facts={
                "people": "、".join(party.name for party in parties),
                "receipt_no": opened.receipt_no,
                **{name: str(value) for name, value in consent.items() if value},
            },
        )

    payload = [case.pk, kind, [party.pk for party in parties], {n: str(v) for n, v in consent.items()}]
    return perform(
        case=case,
        by=by,
        version=version,
        key=key,
        action=f"refer:{kind}",
        payload=payload,
        do=do,
        allowed=allowed,
    )
