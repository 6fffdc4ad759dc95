"""Papers of a case bound into one file for the police or the court 案卷材料: made once, kept, recorded.

《行政执法机关移送涉嫌犯罪案件的规定》第六条 and 《行政强制法》第五十五条 say what goes along; which papers these
are, the inspectors choose.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.rights import Right
from cases import idempotency, policies, uploads
from cases.models import Case, TimelineEvent
from cases.services.acting import append_aside, lock
from cases.workflow.table import StepRefused
from documents import pdf
from documents.binding import PDF, Bound, Paper, bind
from documents.models import Document
from inspection import deadlines as d
from inspection.enclosures import DOCUMENT, papers_of
from inspection.liability import Text

log = logging.getLogger("huxin.documents")
MOST = 120


class Purpose(models.TextChoices):
    """Whom the papers are for."""

    POLICE = "police", _("移送公安")
    COURT = "court", _("申请法院强制执行")


@dataclass(frozen=True)
class Kind:
    """What a purpose makes of the file: after which step, its title, its receiver, its article."""

    step: str
    title: str
    law: str
    needs: Text


KINDS = {
    Purpose.POLICE: Kind(
        "transfer_to_police",
        "涉嫌犯罪案件移送材料",
        f"{d.TRANSFER}第六条",
        _("还没有办理“移送公安”，不能装订移送材料"),
    ),
    Purpose.COURT: Kind(
        "enforce",
        "申请强制执行材料",
        f"{d.COERCION}第五十五条",
        _("还没有办理“催告、申请强制执行”，不能装订申请材料"),
    ),
}


class BundleDamaged(Exception):
    """The file is not what was bound. Nothing is handed out."""


class Bundle(models.Model):
    """One bound file: what it holds, page by page and hash by hash, and the hash of the whole."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="bundles")
    purpose = models.CharField(_("用途"), max_length=8, choices=Purpose.choices)
    contents = models.JSONField(_("目录"), default=list)
    pages = models.PositiveIntegerField(_("页数"))
    stored_name = models.CharField(max_length=60, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("装订人"))
    made_at = models.DateTimeField(_("装订时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("装订的材料")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{KINDS[Purpose(self.purpose)].title} {self.case.number}"

    @property
    def file_name(self) -> str:
        return f"{self}.pdf"


def purposes_of(case: Case) -> list[Purpose]:
    """For whom papers may be bound: what the steps taken on the case allow."""
    names = {kind.step for kind in KINDS.values()}
    taken = set(
        case.timeline.filter(kind=TimelineEvent.Kind.STEP, step__in=names).values_list("step", flat=True)
    )
    return [purpose for purpose in Purpose if KINDS[purpose].step in taken]


def may_bind(user: User, case: Case) -> bool:
    return policies.can(user, Right.ISSUE_DOCUMENT, case)


def make_bundle(*, case: Case, by: User, key: str, purpose: Purpose, codes: Sequence[str]) -> Bundle:
    """The papers are bound, kept, and the case's record says which; the same key again returns the first file.

    Slow: binds outside the transaction. Raises PermissionDenied for people who do not do the paperwork, StepRefused
    with sentences, Unbindable, RenderingFailed, DocumentDamaged, FileDamaged, KeyReused, Case.DoesNotExist.
    """
    payload = [case.pk, purpose, list(codes)]
    act: dict[str, Any] = {"user": by, "key": key, "action": "make_bundle", "payload": payload}
    if not policies.can_see(by, case):
        raise Case.DoesNotExist
    if answer := idempotency.recall(**act):
        return Bundle.objects.get(public_id=answer["bundle"])
    _require(case, by, purpose, codes)
    papers = [_paper(case, code) for code in codes]
    bound = bind(papers, _cover(case, purpose))
    with transaction.atomic():
        locked = lock(case)
        _require(locked, by, purpose, codes)
        if answer := idempotency.recall(**act):
            return Bundle.objects.get(public_id=answer["bundle"])
        bundle = _keep(locked, by, purpose, bound)
        _record(locked, by, bundle)
        idempotency.remember(**act, answer={"bundle": str(bundle.public_id)})
    return bundle


def _require(case: Case, by: User, purpose: Purpose, codes: Sequence[str]) -> None:
    if not may_bind(by, case):
        raise PermissionDenied(_now("这件案子的材料不由你装订"))
    if purpose not in purposes_of(case):
        raise StepRefused([str(KINDS[purpose].needs)])
    if not codes:
        raise StepRefused([_now("还没选要装订的材料")])
    if len(codes) > MOST:
        raise StepRefused([_now("一次最多装订%(most)d份，分几册装订") % {"most": MOST}])
    if not set(codes) <= {code for code, _name in papers_of(case)}:
        raise StepRefused([_now("选的材料或文书已经删除、作废，重新选")])


def _paper(case: Case, code: str) -> Paper:
    kind, _sep, key = code.partition(":")
    if kind == DOCUMENT:
        document = Document.objects.select_related("case__agency", "issued_by").get(case=case, public_id=key)
        return Paper(str(document), PDF, pdf.pdf_of(document))
    file = case.attachments.current().get(public_id=key)
    title = f"{file.get_kind_display()}：{file.name}"
    return Paper(title, file.content_type, uploads.read(file.stored_name, file.sha256))


def _cover(case: Case, purpose: Purpose) -> dict[str, Any]:
    """What the cover says: nothing that changes from one day to the next."""
    kind, police = KINDS[purpose], Agency.objects.filter(code="police").first()
    units = [party.name for party in case.parties.select_related("employer").filter(role="respondent")]
    to = str(police or "") if purpose == Purpose.POLICE else "　　　　　　人民法院"
    return {
        "title": kind.title,
        "law": kind.law,
        "to": to,
        "office": str(case.agency),
        "number": case.number,
        "parties": "、".join(units) or case.respondent_name,
    }


def _keep(case: Case, by: User, purpose: Purpose, bound: Bound) -> Bundle:
    stored = pdf.store(bound.content)
    return Bundle.objects.create(
        case_id=case.pk,
        purpose=purpose,
        contents=[asdict(entry) for entry in bound.entries],
        pages=bound.pages,
        stored_name=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        made_by=by,
        made_at=timezone.now(),
    )


def _record(case: Case, by: User, bundle: Bundle) -> None:
    hashes = [entry["sha256"] for entry in bundle.contents]
    label = _now("装订%(title)s") % {"title": KINDS[Purpose(bundle.purpose)].title}
    append_aside(
        case,
        by,
        kind=TimelineEvent.Kind.DOCUMENT,
        step="make_bundle",
        label=label,
        source=case.state,
        note=_now("%(n)d份，共%(pages)d页") % {"n": len(hashes), "pages": bundle.pages},
        facts={"bundle": str(bundle.public_id), "sha256": bundle.sha256, "papers": hashes},
    )


def content_of(bundle: Bundle) -> bytes:
    """The bytes as they were bound. BundleDamaged when they are gone or others."""
    path = pdf.folder() / bundle.stored_name
    content = path.read_bytes() if path.is_file() else b""
    if sha256(content).hexdigest() != bundle.sha256:
        log.error("bundle_damaged", extra={"bundle_id": bundle.pk})
        raise BundleDamaged(bundle.stored_name)
    return content
