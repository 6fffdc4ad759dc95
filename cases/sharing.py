"""Rights follow events: an act shares a case, its end takes the acting away, its revocation takes everything.

The guardian grants are what `policies.can` and `visible_to` ask; the rows of `CaseShare` say why they are there. Call
these inside the act's transaction on the locked case.
"""

from datetime import datetime

from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from agencies.models import Agency, User
from cases.models import Case, CaseGroupGrant, CaseShare, CaseUserGrant, ShareReason

VIEW, REPLY = "view_case", "reply_case"


def share(
    case: Case, receiver: Agency | User, *, reason: ShareReason, by: User, at: datetime, source: str = ""
) -> CaseShare:
    """The agency or person sees the case and may act on what was sent to it; once per reason and source."""
    found = _of(case, receiver).filter(reason=reason, source=source, ended_at=None).first()
    if found is None:
        found = CaseShare.objects.create(
            case=case, reason=reason, source=source, since=at, by=by, **_named(receiver)
        )
    elif found.finished_at:
        found.finished_at = None
        found.save(update_fields=["finished_at"])
    _grant(case, receiver, VIEW)
    _grant(case, receiver, REPLY)
    return found


def finish(
    case: Case, receiver: Agency | User, *, reason: ShareReason, at: datetime, source: str = ""
) -> None:
    """What the receiver got the case for is done: it still reads, and acts only where another reason lasts."""
    rows = _of(case, receiver).filter(reason=reason, source=source, finished_at=None, ended_at=None)
    rows.update(finished_at=at)
    if not any(row.may_act for row in _of(case, receiver)):
        _take_away(case, receiver, REPLY)


def revoke(
    case: Case, receiver: Agency | User, *, reason: ShareReason, at: datetime, source: str = ""
) -> None:
    """The reason is gone and with it the sight, unless the receiver has the case for another one."""
    _of(case, receiver).filter(reason=reason, source=source, ended_at=None).update(ended_at=at)
    left = list(_of(case, receiver).filter(ended_at=None))
    if not any(row.may_act for row in left):
        _take_away(case, receiver, REPLY)
    if not left:
        _take_away(case, receiver, VIEW)


def _named(receiver: Agency | User) -> dict[str, Agency | User]:
    return {"agency": receiver} if isinstance(receiver, Agency) else {"user": receiver}


def _of(case: Case, receiver: Agency | User) -> QuerySet[CaseShare]:
    return CaseShare.objects.filter(case=case, **_named(receiver))


def _permission(codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label="cases", codename=codename)


def _grant(case: Case, receiver: Agency | User, codename: str) -> None:
    permission = _permission(codename)
    if isinstance(receiver, Agency):
        CaseGroupGrant.objects.get_or_create(
            content_object_id=case.pk, group_id=receiver.group_id, permission=permission
        )
    else:
        CaseUserGrant.objects.get_or_create(content_object_id=case.pk, user=receiver, permission=permission)


def _take_away(case: Case, receiver: Agency | User, codename: str) -> None:
    permission = _permission(codename)
    if isinstance(receiver, Agency):
        rows = CaseGroupGrant.objects.filter(content_object_id=case.pk, group_id=receiver.group_id)
        rows.filter(permission=permission).delete()
    else:
        own = CaseUserGrant.objects.filter(content_object_id=case.pk, user=receiver)
        own.filter(permission=permission).delete()
