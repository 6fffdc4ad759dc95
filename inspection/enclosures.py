"""Papers that go along with a request to another authority 附件, and those that come back with its answer.

Who was asked sees exactly these papers of the file and no other, as long as the request is theirs. The rule of sight
is `tasks_visible_to`; every list, page and file of requests starts from it.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.models import Attachment, Case, FileType, Task, TaskState
from cases.models.tasks import TaskQuerySet
from cases.services.evidence import Piece, add_evidence
from documents.catalogue import hidden_kinds
from documents.models import Document

FILE, DOCUMENT = "f", "d"


def tasks_visible_to(user: User) -> TaskQuerySet:
    """The requests to the person's agency, unless withdrawn, and those of the cases whose whole file they read."""
    found = Q(case__in=Case.objects.readable_by(user))
    if user.has_right(Right.REPLY_TASK):
        shared = Case.objects.visible_to(user)
        found |= Q(receiver=user.agency_id, withdrawn_at=None, case__in=shared)
    return Task.objects.filter(found)


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    def standing(self) -> "EnclosureQuerySet":
        """Those whose paper may still be handed out: neither removed from the file nor void."""
        return self.exclude(attachment__removed_at__isnull=False).exclude(document__state=Document.State.VOID)

    def with_papers(self) -> "EnclosureQuerySet":
        """With what a page says of them; one query."""
        return self.select_related("attachment", "document", "added_by__agency").defer("document__html")


class Enclosure(models.Model):
    """One paper that goes with a request, or with its answer: a piece of material or a document of the case."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="enclosures")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    with_reply = models.BooleanField(_("随答复附上"), default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("附上时间"))

    objects = models.Manager.from_queryset(EnclosureQuerySet)()

    class Meta:
        verbose_name = verbose_name_plural = _("协办附件")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attachment__isnull=True) ^ Q(document__isnull=True),
                name="enclosure_is_file_or_document",
            ),
            models.UniqueConstraint(fields=["task", "attachment"], name="enclosure_file_once"),
            models.UniqueConstraint(fields=["task", "document"], name="enclosure_document_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.attachment or self.document)

    @property
    def is_picture(self) -> bool:
        return self.attachment is not None and self.attachment.content_type != FileType.PDF


# What may be enclosed


def papers_of(case: Case) -> list[tuple[str, str]]:
    """What of the file may go along with a request: code and name of every document and piece of material.

    What nobody outside the office reads is not among them.
    """
    secret = hidden_kinds(is_own=False, reviews=False)
    documents = Document.objects.valid().filter(case=case).exclude(kind__in=secret).defer("html")
    papers = [(f"{DOCUMENT}:{each.public_id}", str(each)) for each in documents]
    return papers + [
        (f"{FILE}:{each.public_id}", f"{each.get_kind_display()}：{each.name}")
        for each in case.attachments.current().open_to(is_own=False)
    ]


def enclose(task: Task, codes: Iterable[str], *, by: User) -> None:
    """The papers with these codes go along with the request. Call it inside the act's transaction."""
    chosen = [code.partition(":")[::2] for code in codes]
    files = [key for kind, key in chosen if kind == FILE]
    documents = [key for kind, key in chosen if kind == DOCUMENT]
    rows: list[dict[str, Any]] = [
        {"document": each}
        for each in Document.objects.valid().filter(case=task.case, public_id__in=documents).order_by("pk")
    ]
    rows += [
        {"attachment": each}
        for each in task.case.attachments.current().filter(public_id__in=files).order_by("pk")
    ]
    for row in rows:
        Enclosure.objects.get_or_create(
            task=task, **row, defaults={"added_by": by, "added_at": timezone.now()}
        )


# With the answer


def may_add(user: User, task: Task) -> bool:
    """Whether the person may still add papers to the answer: somebody of the agency that was asked, before it."""
    return (
        task.state == TaskState.ASKED
        and task.receiver_id == user.agency_id
        and policies.can(user, Right.REPLY_TASK, task.case)
    )


def add_to_reply(*, task: Task, by: User, key: str, pieces: Sequence[Piece]) -> list[Attachment]:
    """The files stand in the material of the case and with the answer; the same key again changes nothing.

    Raises as `add_evidence` does; PermissionDenied when the request does not wait for this person's agency.
    """

    def allowed(user: User, _case: Case) -> None:
        if not may_add(user, Task.objects.select_related("case__agency").get(pk=task.pk)):
            raise PermissionDenied(_now("这项任务不等你单位答复，不能再附材料"))

    with transaction.atomic():
        rows = add_evidence(case=task.case, by=by, key=key, pieces=pieces, allowed=allowed)
        for row in rows:
            given = {"with_reply": True, "added_by": by, "added_at": row.uploaded_at}
            Enclosure.objects.get_or_create(task=task, attachment=row, defaults=given)
    return rows
