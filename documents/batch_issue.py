"""The same kind of document for many cases: what can be issued for which of them, and issuing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.forms import FactsForm
from cases.idempotency import KeyReused
from cases.models import Case, IdempotencyRecord
from cases.services import StaleVersion, record_refusal
from cases.workflow.table import StepRefused
from documents import catalogue, context, selectors, services
from documents.catalogue import Kind
from documents.models import Document

MOST = 100
_UNTYPED = "—"


@dataclass(frozen=True)
class Prospect:
    """One case of the batch: the sentences why it gets no document of the kind; none when it does."""

    case: Case
    reasons: tuple[str, ...] = ()
    document: Document | None = None

    @property
    def is_open(self) -> bool:
        return not self.reasons


def form_class(kind: Kind) -> type[FactsForm] | None:
    """The form that asks once for what stands in every document of the batch; None when nothing is asked."""
    form = context.form_for(kind.id)
    return form if form is not None and issubclass(form, FactsForm) else None


def kinds() -> dict[str, Kind]:
    """The kinds that can be issued together, by their codes: nothing is asked that differs from case to case."""
    return {kind.id: kind for kind in catalogue.KINDS if kind.ready and _fits_many(kind)}


def _fits_many(kind: Kind) -> bool:
    form = context.form_for(kind.id)
    return context.has_builder(kind.id) and (form is None or getattr(form, "fits_many", False))


def offered(cases: Sequence[Case], by: User) -> list[tuple[Kind, list[Prospect]]]:
    """The kinds that at least one of the cases can have now, the most cases first; two queries for any number.

    Whether a document can be made of what the case holds is only known from `tried`.
    """
    tracks = {case.kind for case in cases}
    wanted = [kind for kind in kinds().values() if kind.track in tracks]
    rows = zip(wanted, judged(cases, wanted, by), strict=True)
    possible = [(kind, row) for kind, row in rows if any(each.is_open for each in row)]
    return sorted(possible, key=lambda each: -sum(one.is_open for one in each[1]))


def judged(cases: Sequence[Case], wanted: Sequence[Kind], by: User) -> list[list[Prospect]]:
    """For each kind every case in order, with the reasons against a document of the kind."""
    reasons = selectors.reasons_against(cases, wanted)
    return [[_prospect(case, kind, by, reasons) for case in cases] for kind in wanted]


def tried(found: Sequence[Prospect], kind: Kind, by: User) -> list[Prospect]:
    """The same cases after a document was made for each and thrown away: what a case still lacks is said before."""
    return [_tried(each, kind, by) if each.is_open else each for each in found]


def _tried(prospect: Prospect, kind: Kind, by: User) -> Prospect:
    try:
        services.preview(prospect.case, kind.id, by, _as_proposed(prospect.case, kind, by))
    except StepRefused as refusal:
        return Prospect(prospect.case, tuple(refusal.reasons))
    return prospect


def _as_proposed(case: Case, kind: Kind, by: User) -> dict[str, Any]:
    """What the form proposes, and a dash for what is still to be typed."""
    asked = form_class(kind)
    form = asked(None, case=case, by=by) if asked else None
    fields = form.fields.items() if form is not None else ()
    return {name: (form and form.get_initial_for_field(field, name)) or _UNTYPED for name, field in fields}


def _prospect(case: Case, kind: Kind, by: User, reasons: dict[tuple[int, str], list[str]]) -> Prospect:
    if not policies.can(by, Right.ISSUE_DOCUMENT, case):
        return Prospect(case, (_("这件案子的文书不由你开具"),))
    if kind.track != case.kind:
        return Prospect(case, (_("这一类案件没有《%(title)s》") % {"title": kind.title},))
    return Prospect(case, tuple(reasons[case.pk, kind.id]))


def issue(
    found: Sequence[Prospect],
    kind: Kind,
    *,
    by: User,
    key: str,
    versions: dict[UUID, int],
    data: Any,
) -> list[Prospect]:
    """Each open case has its document, as an act and a transaction of its own, or says why not.

    ``data`` is what was typed into the form of the kind; each case judges it. The same key again issues nothing anew.
    """
    keys = {each.case.pk: uuid5(NAMESPACE_URL, f"{key}:{each.case.public_id}").hex for each in found}
    known = set(
        IdempotencyRecord.objects.filter(user=by, key__in=keys.values()).values_list("key", flat=True)
    )
    return [
        _issued(each.case, kind, by, keys[each.case.pk], versions, data)
        if each.is_open or keys[each.case.pk] in known
        else each
        for each in found
    ]


def _issued(case: Case, kind: Kind, by: User, key: str, versions: dict[UUID, int], data: Any) -> Prospect:
    asked = form_class(kind)
    form = asked(data, case=case, by=by) if asked else None
    if form is not None and not form.is_valid():
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return Prospect(case, tuple(sentences))
    try:
        document = services.issue_by_hand(
            case=case,
            kind=kind.id,
            by=by,
            version=versions.get(case.public_id, case.version),
            key=key,
            facts=form.cleaned_data if form is not None else {},
        )
    except StepRefused as refusal:
        label = _("开具《%(title)s》") % {"title": kind.title}
        record_refusal(case=case, by=by, step="issue_document", label=label, reasons=refusal.reasons)
        return Prospect(case, tuple(refusal.reasons))
    except (StaleVersion, KeyReused) as stale:
        return Prospect(case, (str(stale),))
    except (PermissionDenied, Case.DoesNotExist):
        return Prospect(case, (_("这件案子的文书不由你开具"),))
    return Prospect(case, document=document)
