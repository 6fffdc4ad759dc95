"""Issued documents, their prints and their service."""

import uuid
from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from cases.fields import EncryptedTextField
from cases.models import Case, Party, TimelineEvent
from documents import catalogue


class DocumentQuerySet(models.QuerySet["Document"]):
    def valid(self) -> "DocumentQuerySet":
        """Those that were not voided."""
        return self.filter(state=Document.State.ISSUED)


class Document(models.Model):
    """One document, frozen when it was issued: its text never changes, its number is never given again.

    ``term_on`` is the day the text sets for whoever receives it, where it sets one.

    ``html`` is the whole source of the PDF. ``pdf_*`` are empty until the PDF was made; ``render_error`` holds the
    class of the last failure while there is none.
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("有效")
        VOID = "void", _("作废")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("编号机构"))
    kind = models.CharField(_("文书种类"), max_length=8)
    title = models.CharField(_("标题"), max_length=60)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    series = models.CharField(max_length=32, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    n = models.PositiveIntegerField(null=True, editable=False)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ISSUED)

    issued_on = models.DateField(_("签发日期"))
    issued_at = models.DateTimeField(_("签发时间"))
    term_on = models.DateField(_("文书写明的期限"), null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    event = models.ForeignKey(TimelineEvent, models.PROTECT, null=True, blank=True, related_name="documents")
    addressee = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="documents")
    addressee_name = models.CharField(_("送达对象"), max_length=200, blank=True)

    html = EncryptedTextField(editable=False)
    text_sha256 = models.CharField(max_length=64, editable=False)
    template_version = models.CharField(max_length=16, editable=False)

    pdf_name = models.CharField(max_length=60, blank=True, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pdf_size = models.PositiveIntegerField(null=True, editable=False)
    rendered_at = models.DateTimeField(null=True, editable=False)
    render_error = models.CharField(max_length=80, blank=True, editable=False)

    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField(_("作废理由"), max_length=200, blank=True)

    objects = models.Manager.from_queryset(DocumentQuerySet)()

    class Meta:
        verbose_name = verbose_name_plural = _("文书")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "year", "n"],
                condition=Q(n__isnull=False),
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=Q(series="", year__isnull=True, n__isnull=True)
                | (~Q(series="") & ~Q(number="") & Q(year__isnull=False, n__isnull=False)),
                name="document_series_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(state="void", voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="document_void_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(pdf_name="", pdf_sha256="", pdf_size__isnull=True, rendered_at__isnull=True)
                | (
                    ~Q(pdf_name="") & ~Q(pdf_sha256="") & Q(pdf_size__isnull=False, rendered_at__isnull=False)
                ),
                name="document_pdf_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["case", "kind"], name="document_case_kind")]

    def __str__(self) -> str:
        return f"《{self.title}》{self.number}"

    @property
    def spec(self) -> catalogue.Kind:
        """The row of the catalogue."""
        return catalogue.kind(self.kind)

    @property
    def is_void(self) -> bool:
        return self.state == self.State.VOID

    @property
    def has_pdf(self) -> bool:
        return bool(self.pdf_name)

    def text_is_intact(self) -> bool:
        """Whether the frozen text is still the one that was hashed when the document was issued."""
        return sha256(self.html.encode()).hexdigest() == self.text_sha256

    def get_absolute_url(self) -> str:
        return reverse("documents:show", args=[self.public_id])


class DocumentPrint(models.Model):
    """One handing-out of the PDF to a printer. The first is the original, later ones are 补打."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="prints")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("打印时间"))
    is_reprint = models.BooleanField(_("补打"))
    event = models.OneToOneField(TimelineEvent, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("打印记录")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.document} {'补打' if self.is_reprint else '打印'}"


class ServiceRecord(models.Model):
    """How and when a document reached one party, and what proves it. Clocks that run from service start here."""

    class Method(models.TextChoices):
        DIRECT = "direct", _("直接送达")
        MAIL = "mail", _("邮寄送达")
        LEFT = "left", _("留置送达")
        POSTED = "posted", _("张贴送达")
        ELECTRONIC = "electronic", _("电子送达")
        ANNOUNCEMENT = "announcement", _("公告送达")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="service")
    party = models.ForeignKey(Party, models.PROTECT, related_name="service")
    method = models.CharField(_("送达方式"), max_length=16, choices=Method.choices)
    served_on = models.DateField(_("送达日期"))
    receiver = models.CharField(_("签收人"), max_length=60, blank=True)
    proof = models.TextField(_("送达证明"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("送达记录")
        ordering = ["served_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "party"],
                condition=Q(superseded_at__isnull=True),
                name="service_once_per_document_and_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.party} {self.served_on}"
