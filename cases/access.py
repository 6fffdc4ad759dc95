"""Who can see a case, since when and why; why one person can or cannot.

Says in words what `cases.policies` and `CaseQuerySet.visible_to` decide; a test holds them equal.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.rights import Role, Sight
from cases import policies
from cases.models import Case, CaseShare


@dataclass(frozen=True)
class Insiders:
    """People of one role in one agency who see the case without anybody's doing."""

    agency: Agency
    role: str
    names: tuple[str, ...]
    why: str


def insiders(case: Case) -> list[Insiders]:
    """Those of the agency that has the case and above it, the nearest first."""
    above = [agency.pk for agency in Agency.objects.all() if agency.covers(case.agency)]
    staff = User.objects.filter(agency__in=above, is_active=True).select_related("agency")
    groups: dict[tuple[int, str], list[User]] = {}
    for user in staff.order_by("-agency__path", "role", "pk"):
        if policies.is_inside(user, case):
            groups.setdefault((user.agency_id, user.role), []).append(user)
    return [_group(case, people) for people in groups.values()]


def _group(case: Case, people: list[User]) -> Insiders:
    first = people[0]
    own = first.agency_id == case.agency_id
    why = _("案件由本机构办理") if own else _("是%(agency)s的上级机构") % {"agency": case.agency.short_name}
    names = tuple(str(user) for user in people)
    return Insiders(first.agency, str(Role(first.role).label), names, why)


def shares(case: Case) -> list[CaseShare]:
    """Every share that the case ever had, the lasting ones first."""
    rows = CaseShare.objects.filter(case=case).select_related("agency", "user", "by")
    return sorted(rows, key=lambda row: (row.ended_at is not None, row.since))


def explain(user: User, case: Case) -> tuple[bool, str]:
    """Whether the person sees the case, and the reason in one sentence."""
    sees = policies.can_see(user, case)
    if not user.is_active:
        return sees, _("%(user)s的账号已停用") % {"user": user}
    if user.sight == Sight.NONE:
        return sees, _("%(role)s不看案件内容") % {"role": Role(user.role).label}
    if policies.is_inside(user, case):
        own = user.agency_id == case.agency_id
        text = (
            _("案件由%(agency)s办理，%(user)s在该机构")
            if own
            else _("%(user)s在%(agency)s的上级机构，能看下属机构的案件")
        )
        return sees, text % {"agency": case.agency.short_name, "user": user}
    standing = [row for row in shares(case) if row.ended_at is None and _is_for(row, user)]
    if sees and standing:
        return sees, _("因“%(reason)s”共享给%(receiver)s，从%(day)s起%(act)s") % {
            "reason": standing[0].get_reason_display(),
            "receiver": standing[0].receiver,
            "day": f"{timezone.localtime(standing[0].since):%Y-%m-%d %H:%M}",
            "act": _("可以办理") if standing[0].may_act else _("只能查看"),
        }
    if sees:
        return sees, _("有一条没有写明缘由的授权，核对授权表")
    return sees, _("案件由%(agency)s办理，没有共享给%(user)s或%(own)s") % {
        "agency": case.agency.short_name,
        "user": user,
        "own": user.agency.short_name,
    }


def _is_for(row: CaseShare, user: User) -> bool:
    if row.user_id is not None:
        return row.user_id == user.pk
    return row.agency_id == user.agency_id and user.sight != Sight.PERSONAL
