"""The material of a case 材料: what was handed in, as files."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from cases.models.case import Case


class AttachmentKind(models.TextChoices):
    """What a piece of material is."""

    CONTRACT = "contract", _("合同")
    ATTENDANCE = "attendance", _("考勤")
    PAYSLIP = "payslip", _("工资条")
    BANK = "bank", _("银行流水")
    IOU = "iou", _("欠条/结算单")
    CHAT = "chat", _("聊天记录")
    BADGE = "badge", _("工作证")
    PHOTO = "photo", _("照片视频")
    REAL_NAME = "real_name", _("实名制记录")
    WITNESS = "witness", _("证人")
    IDENTITY = "identity", _("身份证明")
    SERVICE = "service", _("送达证明")
    MEANS = "means", _("经济状况证明")
    OTHER = "other", _("其他")


KEPT_IN_OFFICE = frozenset({AttachmentKind.MEANS})
"""What nobody outside the very office that has the case reads, not even those above it. 法律援助法第二十一条."""


class FileType(models.TextChoices):
    """What a file may be; everything else is refused when it is handed in (`cases.uploads`)."""

    JPEG = "image/jpeg", "JPG"
    PNG = "image/png", "PNG"
    PDF = "application/pdf", "PDF"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def current(self) -> "AttachmentQuerySet":
        """Those that were not removed."""
        return self.filter(removed_at=None)

    def open_to(self, *, is_own: bool) -> "AttachmentQuerySet":
        """Those that may be read, by people of the case's own office or by others who read the file."""
        return self if is_own else self.exclude(kind__in=KEPT_IN_OFFICE)


class Attachment(models.Model):
    """One file of a case. A removed one keeps its row and its file, but is handed out no more.

    ``sha256`` is of the file as it is kept and checked at each reading; ``received_sha256`` is of what was handed in:
    pictures are drawn anew, so the two differ for them. ``stored_name`` says nothing about the content.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("材料种类"), max_length=12, choices=AttachmentKind.choices)
    name = models.CharField(_("文件名"), max_length=120)
    is_original = models.BooleanField(_("原件"))
    source = models.CharField(_("来源"), max_length=100, blank=True)
    pages = models.PositiveSmallIntegerField(_("页数"))

    content_type = models.CharField(max_length=20, choices=FileType.choices, editable=False)
    size = models.PositiveIntegerField(_("大小"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    received_sha256 = models.CharField(max_length=64, editable=False)
    stored_name = models.CharField(max_length=32, unique=True, editable=False)

    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("收件人"))
    uploaded_at = models.DateTimeField(_("收到时间"))
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(_("删除时间"), null=True, blank=True)
    removal_reason = models.CharField(_("删除理由"), max_length=200, blank=True)

    objects = models.Manager.from_queryset(AttachmentQuerySet)()

    class Meta:
        verbose_name = verbose_name_plural = _("材料")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removal_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
                name="attachment_removal_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=FileType.values), name="attachment_type_is_allowed"
            ),
            models.CheckConstraint(condition=Q(size__gt=0, pages__gt=0), name="attachment_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def is_picture(self) -> bool:
        return self.content_type != FileType.PDF

    @property
    def short_hash(self) -> str:
        """Enough of the hash to compare two files by eye."""
        return self.sha256[:12]

    def get_absolute_url(self) -> str:
        return reverse("cases:file_page", args=[self.case.public_id, self.public_id])
