"""材料: files come to a case and are removed from it.

Neither raises the version of the case, as printing a document does not: material arrives while colleagues fill in
their steps, and no field of theirs is about it. The lock and the record are the same as for every other act.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from cases import idempotency, policies, uploads
from cases.models import Attachment, AttachmentKind, Case, TimelineEvent
from cases.models.files import KEPT_IN_OFFICE
from cases.services.acting import append_aside, lock
from cases.services.editing import may_edit
from cases.uploads import Stored
from cases.workflow.table import StepRefused

SHORTEST_LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Piece:
    """One file that was taken in, and what it is."""

    stored: Stored
    kind: str
    is_original: bool
    source: str = ""


def add_evidence(
    *,
    case: Case,
    by: User,
    key: str,
    pieces: Sequence[Piece],
    allowed: Callable[[User, Case], None] | None = None,
) -> list[Attachment]:
    """The files belong to the case and its record says so; the same key again returns the first rows.

    ``allowed`` raises when the person may not hand anything in; usually that is for those who may edit the case.

    The files of a repetition and of a refused act are gone from the disk. Only when the commit itself fails they stay,
    because its outcome is not known; `sweep_files` looks later.

    Raises PermissionDenied for people who may not edit the case, StepRefused beyond the number of files a case may
    hold, KeyReused, Case.DoesNotExist.
    """
    given = [piece.stored for piece in pieces]
    payload = [
        case.pk,
        [[p.stored.received_sha256, p.stored.name, p.kind, p.is_original, p.source] for p in pieces],
    ]
    act: dict[str, Any] = {"user": by, "key": key, "action": "add_evidence", "payload": payload}
    with transaction.atomic():
        try:
            locked = _locked(case, by)
            if answer := idempotency.recall(**act):
                uploads.discard(given)
                return _rows(answer["files"])
            (allowed or _require_editor)(by, locked)
            _require_room(locked, len(pieces))
            rows = [_row(locked, by, piece) for piece in pieces]
            _record(locked, by, "add_evidence", _("收到材料"), rows, note=_said(rows))
            idempotency.remember(**act, answer={"files": [str(row.public_id) for row in rows]})
        except BaseException:
            uploads.discard(given)
            raise
    return rows


def remove_evidence(*, attachment: Attachment, by: User, key: str, reason: str) -> Attachment:
    """The file is handed out no more; row, file and reason stay. The same key again changes nothing.

    Raises as `add_evidence`, and StepRefused without a reason or for one that was removed before.
    """
    payload = [attachment.pk, reason]
    act: dict[str, Any] = {"user": by, "key": key, "action": "remove_evidence", "payload": payload}
    with transaction.atomic():
        locked = _locked(attachment.case, by)
        current = Attachment.objects.get(pk=attachment.pk)
        if idempotency.recall(**act):
            return current
        _require_editor(by, locked)
        if current.is_removed:
            raise StepRefused([_("这份材料已经删除")])
        if not reason.strip():
            raise StepRefused([_("还没填删除理由")])
        current.removed_at, current.removed_by = timezone.now(), by
        current.removal_reason = reason.strip()[:200]
        current.save(update_fields=["removed_at", "removed_by", "removal_reason"])
        note = f"{_name(current)}：{current.removal_reason}"
        _record(locked, by, "remove_evidence", _("删除材料"), [current], note=note)
        idempotency.remember(**act, answer={"files": [str(current.public_id)]})
    return current


def room_left(case: Case) -> int:
    """How many more files the case may hold. Removed ones count: they are still kept."""
    return max(0, settings.EVIDENCE_FILES_PER_CASE - case.attachments.count())


def _locked(case: Case, by: User) -> Case:
    locked = lock(case)
    if not policies.can_see(by, locked):
        raise Case.DoesNotExist
    return locked


def _require_editor(by: User, case: Case) -> None:
    if not may_edit(by, case):
        raise PermissionDenied(_("这件案子现在不能收材料、删材料，或不由你办理"))


def _require_room(case: Case, wanted: int) -> None:
    if not wanted:
        raise StepRefused([_("还没选要上传的文件")])
    if wanted > room_left(case):
        raise StepRefused([no_room(case)])


def no_room(case: Case) -> str:
    """Why no more files are taken."""
    most = settings.EVIDENCE_FILES_PER_CASE
    return _("一件案子最多存%(most)d份材料（已删除的也算），还能收%(left)d份") % {
        "most": most,
        "left": room_left(case),
    }


def _row(case: Case, by: User, piece: Piece) -> Attachment:
    stored = piece.stored
    return Attachment.objects.create(
        case_id=case.pk,
        kind=piece.kind,
        name=stored.name,
        is_original=piece.is_original,
        source=piece.source,
        pages=stored.pages,
        content_type=stored.content_type,
        size=stored.size,
        sha256=stored.sha256,
        received_sha256=stored.received_sha256,
        stored_name=stored.stored_name,
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )


def _rows(public_ids: list[str]) -> list[Attachment]:
    return list(Attachment.objects.filter(public_id__in=public_ids))


def _said(rows: Sequence[Attachment]) -> str:
    """合同2份：a.jpg、b.jpg; all rows are of one kind or each says its own."""
    kinds = list(dict.fromkeys(row.kind for row in rows))
    return "；".join(_said_of(kind, [_name(row) for row in rows if row.kind == kind]) for kind in kinds)


def _name(row: Attachment) -> str:
    """How the record, which more people read than the file, names it: what is kept in the office has no name there."""
    return str(AttachmentKind(row.kind).label) if row.kind in KEPT_IN_OFFICE else row.name


def _said_of(kind: str, names: list[str]) -> str:
    shown = {"kind": AttachmentKind(kind).label, "n": len(names), "names": "、".join(names)}
    return _("%(kind)s%(n)d份：%(names)s") % shown


def _record(
    case: Case, by: User, step: str, label: str, rows: Sequence[Attachment], *, note: str
) -> TimelineEvent:
    """The act stands in the case's record with names, kinds and hashes."""
    return append_aside(
        case,
        by,
        kind=TimelineEvent.Kind.EDIT,
        step=step,
        label=label,
        source=case.state,
        note=note,
        facts={"files": [_fact(row) for row in rows]},
    )


def _fact(row: Attachment) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "name": _name(row),
        "kind": row.kind,
        "sha256": row.sha256,
        "received_sha256": row.received_sha256,
    }


# Files and rows that lost each other


@dataclass(frozen=True)
class Swept:
    """What a sweep found: how many files without a row were removed, and the rows whose file is gone."""

    removed: int
    missing: list[Attachment]


def sweep_files() -> Swept:
    """Files that no row knows are gone once they are an hour old; rows without their file are named.

    An upload that was cut off leaves such files. Running it twice, or beside uploads, does no harm.
    """
    now = timezone.now().timestamp()
    old = [
        path for path in uploads.kept_files() if now - path.lstat().st_mtime > SHORTEST_LIFE.total_seconds()
    ]
    known = set(Attachment.objects.values_list("stored_name", flat=True))
    lost = [path for path in old if path != uploads.path_of(path.name) or path.name not in known]
    for path in lost:
        path.unlink(missing_ok=True)
    rows = Attachment.objects.select_related("case").order_by("pk")
    missing = [row for row in rows.iterator() if not uploads.path_of(row.stored_name).is_file()]
    return Swept(len(lost), missing)
