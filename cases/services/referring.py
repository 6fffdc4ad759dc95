"""People of a case go on to another agency, by their own consent; the two cases stay strangers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from cases.models import Case, Party, Referral, TimelineEvent
from cases.services.acting import append, perform
from cases.services.referrals import district_received_on
from cases.workflow.registry import workflow_for
from cases.workflow.table import Referral as People
from cases.workflow.table import StepRefused


def refer(
    *,
    case: Case,
    kind: str,
    parties: Sequence[Party],
    by: User,
    version: int,
    key: str,
    consent: Mapping[str, Any],
    basis: str,
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
        opened = workflow.on_referral(People(locked, tuple(parties), by, f"r{key}"[:64], dict(consent)))
        label = _("转%(kind)s") % {"kind": workflow.label}
        _keep(locked, opened, parties, by, consent, reason=label, basis=basis)
        return append(
            locked,
            by,
            kind=TimelineEvent.Kind.STEP,
            step=f"refer_{kind}",
            label=label,
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


def _keep(
    case: Case,
    opened: Case,
    parties: Sequence[Party],
    by: User,
    consent: Mapping[str, Any],
    *,
    reason: str,
    basis: str,
) -> None:
    """The row of a matter that is taken in at once: whoever receives it may not turn it away unread."""
    at = timezone.now()
    row = Referral.objects.create(
        case=case,
        receiver=opened.agency,
        kind=opened.kind,
        reason=reason,
        basis=basis,
        told_on=consent["consent_on"],
        told_how=consent["how"],
        received_on=district_received_on(case),
        sent_by=by,
        sent_at=at,
        accepted_by=by,
        accepted_at=at,
        opened=opened,
    )
    row.people.set(parties)
