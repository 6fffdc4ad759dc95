"""Many cases at once: which were chosen, the change of inspectors for each, and its way back."""

from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rights import Role
from cases import policies, services
from cases.idempotency import KeyReused
from cases.models import Case, Duty, IdempotencyRecord
from cases.workflow.table import StepRefused
from cases.worklist import WorkList

MOST = 200
STEP = "change_inspectors"
UNDO_SECONDS = 600
_SALT = "cases.bulk.reassign"


@dataclass(frozen=True)
class Chosen:
    """The cases that were ticked, in the order of the list, with the version at which each was seen."""

    cases: list[Case]
    versions: dict[UUID, int]

    def version_of(self, case: Case) -> int:
        return self.versions.get(case.public_id, case.version)


def chosen(work: WorkList, picked: list[str], *, every: bool, most: int = MOST) -> Chosen:
    """The cases that were ticked (``uuid`` or ``uuid:version``), or every case of the list; one more than ``most``
    at the most. Of those that this person may read the whole file.
    """
    versions = dict(filter(None, map(_tick, picked)))
    readable = Case.objects.readable_by(work.user)
    if every:
        rows = work.cases().filter(pk__in=readable.values("pk"))
    else:
        rows = work.in_order(readable.filter(public_id__in=list(versions)[: most + 1]))
    return Chosen(list(_with_people(rows)[: most + 1]), {key: n for key, n in versions.items() if n})


def _tick(text: str) -> tuple[UUID, int] | None:
    name, _colon, version = text.partition(":")
    try:
        return UUID(name), int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    except ValueError:
        return None


def _with_people(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("agency", "town", "handler").prefetch_related("assignments__user")


def inspectors_for(user: User) -> QuerySet[User]:
    """The people who can be given cases: active inspectors of the offices below this person."""
    return User.objects.filter(
        agency__path__startswith=user.agency.path, role=Role.INSPECTOR, is_active=True
    ).order_by("display_name", "pk")


# Reassignment


@dataclass(frozen=True)
class Done:
    """What came of one case: its event's version, or the sentences why nothing was changed."""

    case: Case
    reasons: tuple[str, ...] = ()
    undo: tuple[str, int, int, int] | None = None

    @property
    def is_done(self) -> bool:
        return not self.reasons


def reassign(
    found: Chosen, *, by: User, key: str, lead: User | None, second: User | None, reason: str
) -> list[Done]:
    """Each case has the new lead or second inspector, or says why not; each is an act of its own.

    None leaves the person as it is. The same key again changes nothing and answers the same.
    """
    return [_reassign(found, case, by, key, lead, second, reason) for case in found.cases]


def _reassign(
    found: Chosen, case: Case, by: User, key: str, lead: User | None, second: User | None, reason: str
) -> Done:
    held = {row.duty: row.user for row in policies.current_assignments(case)}
    facts = {
        "lead": (lead or held.get(Duty.LEAD)),
        "second": (second or held.get(Duty.SECOND)),
    }
    before = (held.get(Duty.LEAD), held.get(Duty.SECOND))
    act = uuid5(NAMESPACE_URL, f"{key}:{case.public_id}").hex
    if facts["lead"] and facts["lead"] == facts["second"]:
        sentence = _("%(name)s已经在本案里，主办和协办要两个人，两位一起选")
        return Done(case, (sentence % {"name": facts["lead"]},))
    if before == (facts["lead"], facts["second"]):
        again = IdempotencyRecord.objects.filter(user=by, key=act).exists()
        return Done(case) if again else Done(case, (_("主办、协办本来就是这两个人"),))
    return _change(case, by, found.version_of(case), act, facts, reason, before)


def _change(
    case: Case,
    by: User,
    version: int,
    key: str,
    facts: dict[str, User | None],
    reason: str,
    before: tuple[User | None, User | None],
) -> Done:
    row = case.workflow.by_name.get(STEP)
    if row is None:
        return Done(case, (_("这一类案件不能这样改派"),))
    if not policies.may_act(by, row.by, case):
        return Done(case, (_("这件案子不由你改派"),))
    keys: dict[str, Any] = {name: person.pk for name, person in facts.items() if person}
    try:
        event = services.advance(
            case=case,
            step=STEP,
            by=by,
            version=version,
            key=key,
            reason=reason,
            **keys,
        )
    except StepRefused as refusal:
        services.record_refusal(
            case=case, by=by, step=STEP, label=str(row.label), reasons=list(refusal.reasons)
        )
        return Done(case, tuple(refusal.reasons))
    except (services.StaleVersion, KeyReused) as stale:
        return Done(case, (str(stale),))
    except (PermissionDenied, Case.DoesNotExist):
        return Done(case, (_("这件案子不由你改派"),))
    lead, second = before
    undo = (case.public_id.hex, event.version, lead.pk, second.pk) if lead and second else None
    return Done(case, undo=undo)


def undo_token(by: User, done: list[Done]) -> str:
    """What takes the changes back, for ten minutes and for this person only; empty when there is nothing."""
    rows = [each.undo for each in done if each.undo]
    return signing.dumps({"by": by.pk, "rows": rows}, salt=_SALT, compress=True) if rows else ""


def undo(token: str, *, by: User) -> list[Done] | None:
    """Each case has its inspectors back, as an act of its own, unless somebody changed it since.

    None when the token is too old or somebody else's.
    """
    try:
        content: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return None
    if content["by"] != by.pk:
        return None
    rows = {UUID(row[0]): row[1:] for row in content["rows"]}
    people = {
        person.pk: person
        for person in User.objects.filter(pk__in=[key for row in rows.values() for key in row[1:]])
    }
    cases = _with_people(Case.objects.readable_by(by).filter(public_id__in=rows))
    return [_give_back(case, by, rows[case.public_id], people) for case in cases]


def _give_back(case: Case, by: User, row: list[int], people: dict[int, User]) -> Done:
    version, lead, second = row
    facts: dict[str, User | None] = {"lead": people.get(lead), "second": people.get(second)}
    key = uuid5(NAMESPACE_URL, f"undo:{case.public_id}:{version}").hex
    return _change(case, by, version, key, facts, _("撤销改派"), (None, None))
