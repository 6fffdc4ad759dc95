"""The clue, the log of attempts to reach the person who reported it, and its record.

The record is a table of its own rather than the timeline of a case: a clue is no case, never counts as one, and most
clues end without one. It is append-only by the triggers that protect the timeline too (`cases.triggers`), and a state
moves only together with version and record. It carries no chained MAC: what a clue leads to is a complaint, whose own
record begins with the registration and is chained from there.
"""

import uuid
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from agencies import code_lists
from agencies.models import Agency, Town, User
from agencies.rights import Sight
from cases.fields import BlindIndexField, EncryptedTextField
from cases.models import Case
from cases.workflow.table import Change
from inspection.clues import table
from inspection.clues.forms import ContactMethod, Verdict
from inspection.clues.table import ClueState
from inspection.states import Channel

MANY_WORKERS = 10


class ClueQuerySet(models.QuerySet["Clue"]):
    """Filters of clues. Every list, count and page starts from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """The clues of the person's agency, and of those below it where the role sees down the tree. Nobody else's."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        if user.sight == Sight.TREE:
            return self.filter(agency__path__startswith=user.agency.path)
        return self.filter(agency_id=user.agency_id) if user.sight == Sight.OWN else self.none()

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def locked(self) -> Self:
        """The rows are held until the transaction ends; only the clue itself, never what it joins."""
        return self.select_for_update(of=("self",))


class Clue(FSMModelMixin, models.Model):
    """One inbound item. It never counts as a case; the same item of a channel exists once.

    ``received_at`` is when the office took it in, ``dispatched_at`` when the platform sent it: time limits run from
    the sending. ``pending_…`` hold a step that waits for the head; the facts are as typed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = FSMField(default=ClueState.CLUE_NEW, choices=ClueState.choices, max_length=16, protected=True)
    clue_no = models.CharField(_("线索编号"), max_length=60, blank=True)
    channel = models.CharField(_("来源"), max_length=12, choices=Channel.choices)
    external_no = models.CharField(_("外部编号"), max_length=60, blank=True)
    received_at = models.DateTimeField(_("收到时间"))
    dispatched_at = models.DateTimeField(_("派发时间"), null=True, blank=True)

    reporter_name = models.CharField(_("反映人"), max_length=50, blank=True)
    reporter_phone = EncryptedTextField(_("反映人电话"), blank=True)
    reporter_phone_index = BlindIndexField(source="reporter_phone", scope="phone")
    reporter_phone_tail = BlindIndexField(source="reporter_phone", scope="phone", last=4)
    reporter_id_number = EncryptedTextField(_("反映人证件号码"), blank=True)
    reporter_id_number_index = BlindIndexField(source="reporter_id_number", scope="id_number")
    reporter_id_number_tail = BlindIndexField(source="reporter_id_number", scope="id_number", last=4)
    employer_name = models.CharField(_("用人单位"), max_length=120, blank=True)
    site = models.CharField(_("工程项目或地点"), max_length=160, blank=True)
    town = models.ForeignKey(Town, models.PROTECT, null=True, blank=True, verbose_name=_("用工镇街"))
    amount_fen = models.BigIntegerField(_("反映金额（分）"), null=True, blank=True)
    worker_count = models.PositiveIntegerField(_("涉及人数"), default=1)
    job = models.CharField(_("工种"), max_length=40, blank=True)
    from_month = models.CharField(_("欠薪起始月"), max_length=7, blank=True)
    to_month = models.CharField(_("欠薪截止月"), max_length=7, blank=True)
    content = models.TextField(_("反映内容"))
    raw_text = EncryptedTextField(_("平台原文"), blank=True)
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核查人")
    )

    is_public_project = models.BooleanField(_("政府或国企项目"), default=False)
    threatens_harm = models.BooleanField(_("扬言极端行为"), default=False)
    threatens_blocking = models.BooleanField(_("堵路、集体上访"), default=False)
    hot_at = models.DateTimeField(_("列为紧急的时间"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("上报时间"), null=True, blank=True)
    escalated_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    escalated_to = models.CharField(_("向谁报告"), max_length=120, blank=True)

    extension_days = models.PositiveSmallIntegerField(_("延期（工作日）"), default=0)
    extension_reason = models.CharField(_("延期理由"), max_length=640, blank=True)
    due_on = models.DateField(_("办结期限"), null=True, blank=True, editable=False)

    pending_step = models.CharField(max_length=48, blank=True)
    pending_facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    pending_note = models.TextField(blank=True)
    proposed_at = models.DateTimeField(_("报批时间"), null=True, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    verdict = models.CharField(_("核处结论"), max_length=12, choices=Verdict.choices, blank=True)
    result = models.TextField(_("核处情况"), blank=True)
    reply = models.TextField(_("答复平台"), blank=True)
    transferred_to = models.CharField(_("转办单位"), max_length=120, blank=True)
    complaint = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="clues")
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    version = models.PositiveIntegerField(default=1, editable=False)
    audit_length = models.PositiveIntegerField(default=0, editable=False)

    objects = models.Manager.from_queryset(ClueQuerySet)()

    class Meta:
        verbose_name = verbose_name_plural = _("线索")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "channel", "external_no"],
                condition=~Q(external_no=""),
                name="clue_once_per_channel",
            ),
            models.UniqueConstraint(
                fields=["agency", "clue_no"], condition=~Q(clue_no=""), name="clue_no_once_per_agency"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="clue_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(escalated_at__isnull=True, escalated_by__isnull=True)
                | Q(escalated_at__isnull=False, escalated_by__isnull=False),
                name="clue_escalated_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(proposed_at__isnull=True, proposed_by__isnull=True, pending_step="")
                | (Q(proposed_at__isnull=False, proposed_by__isnull=False) & ~Q(pending_step="")),
                name="clue_proposed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state="CLUE_NEW") | ~Q(verdict="") | Q(complaint__isnull=False),
                name="clue_closed_has_verdict",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "closed_at", "due_on"], name="clue_work_list"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_channel_display(self) -> str:  # type: ignore[no-redef]  # the district's words
        return code_lists.label("channel", self.channel)

    def get_verdict_display(self) -> str:  # type: ignore[no-redef]  # the district's words
        return code_lists.label("verdict", self.verdict)

    @property
    def number(self) -> str:
        """The office's own number, the channel's where there is none."""
        return self.clue_no or f"{self.get_channel_display()} {self.external_no}"

    @property
    def title(self) -> str:
        """Who reports whom, as far as it is known."""
        return f"{self.reporter_name or _('匿名反映')}：{self.employer_name or _('单位不详')}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def state_label(self) -> str:
        return str(ClueState(self.state).label)

    @property
    def hot_reasons(self) -> list[str]:
        """Why the clue is urgent, in words; empty when it is not. 《劳动保障监察条例》第十四条."""
        reasons = [
            (self.is_public_project, _("政府或国企项目")),
            (self.worker_count >= MANY_WORKERS, _("十人以上")),
            (self.threatens_harm, _("扬言极端行为")),
            (self.threatens_blocking, _("堵路、集体上访")),
        ]
        return [str(words) for holds, words in reasons if holds]

    def get_absolute_url(self) -> str:
        return reverse("inspection:clue", args=[self.public_id])

    @table.CLOSE_CLUE.transition
    def close_clue(self, change: Change) -> None:
        """线索办结 with one verdict."""
        self.verdict = change.facts["verdict"]
        self.transferred_to = change.facts["transferred_to"]
        self.result, self.reply = change.facts["result"], change.facts["reply"]

    @table.TRANSFER_CLUE.transition
    def transfer_clue(self, change: Change) -> None:
        """转办: another authority carries on, the person knows where."""
        self.verdict = Verdict.ELSEWHERE
        self.transferred_to = change.facts["transferred_to"]
        self.result, self.reply = change.facts["result"], change.facts["reply"]

    @table.CONTACT_CLUE.transition
    def contact_clue(self, change: Change) -> None:
        """记录联系: one more attempt stands in the log."""
        named = ("at", "method", "reached", "result")
        self.contacts.create(by=change.by, **{name: change.facts[name] for name in named})

    @table.EXTEND_CLUE.transition
    def extend_clue(self, change: Change) -> None:
        """延期: counted on from the original start."""
        self.extension_days = change.facts["days"]
        basis = change.facts["approval"]
        self.extension_reason = change.facts["reason"] + (f"（{basis}）" if basis else "")

    @table.REPORT_CLUE.transition
    def report_clue(self, change: Change) -> None:
        """上报: the urgent clue is known where it must be known."""
        self.escalated_at, self.escalated_by = change.at, change.by
        self.escalated_to = change.facts["told"]

    @table.CONVERT_CLUE.transition
    def convert_clue(self, change: Change) -> None:
        """转为投诉: the complaint carries on."""
        self.complaint = change.facts["complaint"]

    @table.JOIN_CLUE.transition
    def join_clue(self, change: Change) -> None:
        """并入: a case that is there already carries on."""
        self.complaint = change.facts["complaint"]
        self.verdict, self.result = change.facts["verdict"], change.facts["result"]


class ClueContact(models.Model):
    """One attempt to reach the person: when, how, by whom, with what result."""

    clue = models.ForeignKey(Clue, models.PROTECT, related_name="contacts")
    at = models.DateTimeField(_("联系时间"))
    method = models.CharField(_("联系方式"), max_length=8, choices=ContactMethod.choices)
    reached = models.BooleanField(_("联系上了"))
    result = models.CharField(_("联系结果"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("联系记录")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.clue} {self.at:%Y-%m-%d %H:%M}"


class ClueEvent(models.Model):
    """One act on one clue, for ever. Numbers of persons stand in it masked."""

    class Kind(models.TextChoices):
        ARRIVAL = "arrival", _("登记")
        STEP = "step", _("办理")
        PROPOSAL = "proposal", _("报批")
        RETURN = "return", _("退回")
        EDIT = "edit", _("修改")
        READ = "read", _("查看敏感信息")
        REFUSED = "refused", _("未能办理")

    clue = models.ForeignKey(Clue, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    step = models.CharField(max_length=48)
    label = models.CharField(max_length=80)
    at = models.DateTimeField(_("记录时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=50)
    by_role = models.CharField(max_length=32)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField()
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("线索办理记录")
        ordering = ["-seq"]
        constraints = [models.UniqueConstraint(fields=["clue", "seq"], name="clue_event_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.label}"
