"""The means statement of a case is written anew; the record says that, never what."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.models import Case, TimelineEvent
from cases.services import perform
from cases.services.acting import append
from legal_aid.services import Means, save_means


def edit_means(*, case: Case, by: User, version: int, key: str, means: Means) -> TimelineEvent:
    """What the applicant says of income and property stands beside the case.

    Raises PermissionDenied, StaleVersion, KeyReused, Case.DoesNotExist.
    """

    def do(locked: Case) -> TimelineEvent:
        rights = (Right.RECEIVE_AID, Right.REVIEW_AID)
        if not locked.is_open or not any(policies.can(by, right, locked) for right in rights):
            raise PermissionDenied
        statement = save_means(case=locked, means=means)
        return append(
            locked,
            by,
            kind=TimelineEvent.Kind.EDIT,
            step="means",
            label=_("登记经济困难状况说明"),
            source=locked.state,
            facts={"version": statement.version},
        )

    return perform(
        case=case, by=by, version=version, key=key, action="means", payload=[case.pk, repr(means)], do=do
    )
