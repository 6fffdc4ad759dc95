"""What the law asks of a complaint and the file does not hold yet. No receipt waits for it; acceptance should.

若干规定第十四条: name, sex, age, occupation, address and contact of the complainant; name, address and legal
representative of the respondent; the facts; the claims. Sex and age come with the number of the card.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from cases.forms import DayField, SpokenCharField
from cases.models import Case, Party, TimelineEvent
from cases.services import editing
from cases.services.acting import append, perform
from inspection.states import State

BEFORE_ACCEPTANCE = (State.REGISTERED, State.CORRECTING)


@dataclass(frozen=True)
class Missing:
    """One thing that is missing; ``name`` is the field of `ParticularsForm` where it can be filled in."""

    sentence: str
    name: str


def missing(case: Any) -> list[Missing]:
    """What is missing, in the order of the form; empty once the complaint was accepted or is over.

    Reads parties with their person and employer, and claims: prefetch them.
    """
    if case.state not in BEFORE_ACCEPTANCE:
        return []
    workers = [party for party in case.parties.all() if party.person_id]
    units = [party for party in case.parties.all() if party.employer_id]
    without_address = [p for p in workers if not p.person.address]
    without_job = without_occupation(case, workers)
    found = []
    if without_address:
        found.append(
            Missing(_counted(_("住址"), without_address, workers), f"address_{without_address[0].pk}")
        )
    if without_job:
        found.append(Missing(_counted(_("职业或工种"), without_job, workers), f"job_{without_job[0].pk}"))
    for party in units:
        if not party.employer.address:
            found.append(Missing(_("单位地址"), f"unit_address_{party.pk}"))
        if not party.employer.legal_representative:
            found.append(Missing(_("法定代表人或负责人"), f"representative_{party.pk}"))
    if case.complaint.signed_on is None:
        found.append(Missing(_("投诉人在登记表上签名"), "signed_on"))
    return found


def without_occupation(case: Any, workers: Iterable[Party]) -> list[Party]:
    """The workers none of whose claims names a job."""
    known = {claim.worker_id for claim in case.claims.all() if claim.job}
    return [party for party in workers if party.pk not in known]


def _counted(label: str, lacking: list[Party], workers: list[Party]) -> str:
    """住址 · 住址（3人）."""
    return label if len(workers) == 1 else _("%(label)s（%(n)d人）") % {"label": label, "n": len(lacking)}


class ParticularsForm(forms.Form):
    """The particulars of a complaint: what is missing about its workers, what can change about its units."""

    use_required_attribute = False

    signed_on = DayField(label=gettext_lazy("登记表签名日期"), required=False, past_only=True)

    def __init__(self, data: Any = None, *, case: Any) -> None:
        super().__init__(data)
        self.case = case
        self.fields["signed_on"].initial = case.complaint.signed_on
        workers = [party for party in case.parties.all() if party.person_id]
        without_job = {party.pk for party in without_occupation(case, workers)}
        for party in case.parties.all():
            if party.employer_id:
                self._add(f"unit_address_{party.pk}", _("%(name)s地址"), party, 160, party.employer.address)
                held = party.employer.legal_representative
                self._add(f"representative_{party.pk}", _("%(name)s法定代表人或负责人"), party, 50, held)
        for party in workers:
            if not party.person.address:
                self._add(f"address_{party.pk}", _("%(name)s的住址"), party, 160, "")
            if party.pk in without_job:
                self._add(f"job_{party.pk}", _("%(name)s的职业或工种"), party, 40, "")

    def _add(self, name: str, label: str, party: Party, most: int, initial: str) -> None:
        text = label % {"name": party.name}
        self.fields[name] = SpokenCharField(label=text, max_length=most, required=False, initial=initial)


def save_particulars(
    *, case: Case, by: User, version: int, key: str, values: dict[str, Any]
) -> TimelineEvent:
    """The people and units have these particulars, and the event says what changed. Empty texts change nothing.

    Raises PermissionDenied, StaleVersion, KeyReused, Case.DoesNotExist.
    """

    def do(locked: Any) -> TimelineEvent:
        if not editing.may_edit(by, locked):
            raise PermissionDenied(_("这件案子现在不能修改，或不由你办理"))
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for party in locked.parties.select_related("person", "employer"):
            _fill_in(party, values, before, after)
        if values.get("signed_on") and values["signed_on"] != locked.complaint.signed_on:
            before["signed_on"], after["signed_on"] = locked.complaint.signed_on, values["signed_on"]
            locked.complaint.signed_on = values["signed_on"]
            locked.complaint.save(update_fields=["signed_on"])
        return append(
            locked,
            by,
            kind=TimelineEvent.Kind.EDIT,
            step="edit",
            label=_("补齐当事人信息"),
            before=before,
            after=after,
        )

    return perform(
        case=case,
        by=by,
        version=version,
        key=key,
        action="particulars",
        payload=[case.pk, _plain(values)],
        do=do,
    )


def _plain(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value}


def _fill_in(party: Party, values: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    """What was typed about one party stands in the registry; old and new go to the record."""
    columns = [("person", "address", "address"), ("employer", "unit_address", "address")]
    columns.append(("employer", "representative", "legal_representative"))
    for owner_name, field, column in columns:
        owner, new = getattr(party, owner_name), values.get(f"{field}_{party.pk}")
        if owner is None or not new or getattr(owner, column) == new:
            continue
        label = f"{owner._meta.get_field(column).verbose_name}（{party.name}）"
        before[label], after[label] = getattr(owner, column), new
        setattr(owner, column, new)
        owner.version += 1
        owner.save(update_fields=[column, "version"])
    job = values.get(f"job_{party.pk}")
    if job and party.claims.filter(job="").update(job=job):
        label = _("工种（%(name)s）") % {"name": party.name}
        before[label], after[label] = "", job
