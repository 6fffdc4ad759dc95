"""A second complaint about the same employer or site joins the one that is being dealt with.

The second complaint stays as it was registered, void, with its receipt number, and points to the other. Its workers
and what they claim are copied to the other, so that every sum there is confirmed, ordered and paid with the rest. Its
material goes over: it proves what is looked into there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import OperationalError
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from cases.models import Attachment, Case, CaseKind, CaseQuerySet, Claim, Party, PartyRole, TimelineEvent
from cases.services.acting import append, differences, snapshot
from cases.workflow.table import Change, StepRefused
from inspection.states import State
from notifications.services import notify

GROUP_FROM = 10  # workers; also the criminal line, 法释〔2013〕3号
REPRESENTATIVES_FROM, MOST_REPRESENTATIVES = 5, 5  # 若干规定第十二条
JOINABLE = (State.REGISTERED, State.CORRECTING, State.FILING, State.INVESTIGATING)


def joinable(case: Case) -> CaseQuerySet:
    """The complaints of the agency that this one may join: same unit or same site, and no order made yet."""
    units = case.parties.filter(employer__isnull=False).values("employer")
    same = Q(respondent_name=case.respondent_name) | Q(
        pk__in=Party.objects.filter(employer__in=units).values("case")
    )
    if case.project_id:
        same |= Q(project_id=case.project_id)
    found = Case.objects.of_kind(CaseKind.INSPECTION).filter(
        same, agency_id=case.agency_id, state__in=JOINABLE
    )
    return found.exclude(pk=case.pk)


@dataclass(frozen=True)
class MergeInto:
    """The workers and claims of the complaint stand in the other case as well, and its lead inspector is told.

    Claims of a worker whose months the other case has already are not taken twice; one that overlaps only in part is
    taken whole, and what is owed is confirmed there. Representatives stay what they are while there are five at the
    most; for whom there is no room is said in the record. Who asked for secrecy has it there as well. StepRefused when
    the other case went on meanwhile, or somebody is acting on it at this very moment.
    """

    def apply(self, change: Change) -> None:
        source, target = change.case, _hold(change.facts["into"])
        before = snapshot(target)
        target.version += 1
        people, claims = _take_over(source, target, change)
        files = list(source.attachments.current())
        source.attachments.current().update(case=target)
        target.worker_count += len(people)
        target.claimed_fen += sum(claim.owed_fen for claim in claims)
        target.is_priority = target.is_priority or source.is_priority
        target.is_group = target.is_group or target.worker_count >= GROUP_FROM
        _keep_secret(source, target)
        old, new = differences(before, snapshot(target))
        event = append(
            target,
            change.by,
            kind=TimelineEvent.Kind.EDIT,
            step="joined",
            label=_("并入投诉%(number)s") % {"number": source.receipt_no},
            source=target.state,
            note=_said(_without_room(source, people), files),
            facts={
                "receipt_no": source.receipt_no,
                "workers": len(people),
                "claims": len(claims),
                "files": [{"name": file.name, "sha256": file.sha256} for file in files],
            },
            before=old,
            after=new,
        )
        target.save()
        _tell_lead(source, target, event)

    def __str__(self) -> str:
        return "并入"


def _hold(case: Case) -> Case:
    """The other case, locked at once or not at all: two complaints that join each other never wait for each other.

    StepRefused when it went on meanwhile.
    """
    rows = case.workflow.model.objects.select_related("agency")
    try:
        held: Case = rows.select_for_update(of=("self",), nowait=True).get(pk=case.pk)
    except OperationalError:
        raise StepRefused([_("有人正在办理%(number)s，稍后再并入") % {"number": case.number}]) from None
    if held.state not in JOINABLE:
        sentence = _("%(number)s已经是“%(state)s”，不能再并入")
        raise StepRefused([sentence % {"number": held.number, "state": held.state_label}])
    return held


def _tell_lead(source: Case, target: Case, event: TimelineEvent) -> None:
    if target.handler:
        title = _("%(number)s 并入了投诉%(receipt)s")
        notify(
            recipient=target.handler,
            kind="joined",
            title=title % {"number": target.number, "receipt": source.receipt_no},
            url=target.get_absolute_url(),
            key=f"joined:{event.pk}",
        )


def _keep_secret(source: Case, target: Case) -> None:
    """Documents of the other case name nobody to the unit when one of the two complaints asked for that."""
    if source.complaint.identity_withheld and not target.complaint.identity_withheld:
        target.complaint.identity_withheld = True
        target.complaint.save(update_fields=["identity_withheld"])


def _without_room(source: Case, people: list[Party]) -> list[str]:
    """The names of those who were representatives and are none in the other case."""
    were = source.parties.filter(role=PartyRole.WORKER, is_representative=True).select_related("person")
    kept = {party.person_id for party in people if party.is_representative}
    new = {party.person_id for party in people}
    return [party.name for party in were if party.person_id in new - kept]


def _said(without_room: list[str], files: list[Attachment]) -> str:
    """What the numbers of the entry do not say."""
    sentences = []
    if without_room:
        names = _("、").join(without_room)
        most = {"most": MOST_REPRESENTATIVES, "names": names}
        sentences.append(_("代表已满%(most)d名，%(names)s并入后不再是代表") % most)
    if files:
        sentences.append(_("材料%(n)d份随案并入") % {"n": len(files)})
    return _("；").join(sentences)


def _take_over(source: Case, target: Case, change: Change) -> tuple[list[Party], list[Claim]]:
    """The people who are new in the target, and the claims that were copied."""
    workers = {party.person_id: party for party in target.parties.filter(role=PartyRole.WORKER)}
    room = MOST_REPRESENTATIVES - sum(party.is_representative for party in workers.values())
    last = target.parties.filter(role=PartyRole.WORKER).aggregate(last=Max("position"))["last"] or 0
    coming = list(source.parties.filter(role=PartyRole.WORKER).prefetch_related("claims"))
    unknown = [party for party in coming if party.person_id not in workers]
    speakers = [party.person_id for party in unknown if party.is_representative][: max(0, room)]
    new = Party.objects.bulk_create(
        Party(
            case=target,
            role=PartyRole.WORKER,
            person_id=party.person_id,
            position=last + number,
            is_representative=party.person_id in speakers,
            added_on=change.on,
            reason=_("并入%(number)s") % {"number": source.receipt_no},
        )
        for number, party in enumerate(unknown, start=1)
    )
    workers |= {party.person_id: party for party in new}
    there: dict[int, list[Claim]] = {}
    for claim in target.claims.all():
        there.setdefault(claim.worker_id, []).append(claim)
    copies = [
        _copy(claim, target, workers[party.person_id])
        for party in coming
        for claim in party.claims.all()
        if not _covered(claim, there.get(workers[party.person_id].pk, ()))
    ]
    return new, Claim.objects.bulk_create(copies)


def _covered(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether every month of the claim is claimed there already; months that are not would be lost otherwise."""
    return any(o.from_month <= claim.from_month and claim.to_month <= o.to_month for o in others)


def _copy(claim: Claim, target: Case, worker: Party) -> Claim:
    return Claim(
        case=target,
        worker=worker,
        job=claim.job,
        from_month=claim.from_month,
        to_month=claim.to_month,
        pay_basis=claim.pay_basis,
        due_fen=claim.due_fen,
        already_paid_fen=claim.already_paid_fen,
        owed_fen=claim.owed_fen,
    )
