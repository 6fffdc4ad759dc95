"""The record of what was done: events, proposals, refusals, keys, drafts, numbers."""

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from cases.fields import EncryptedTextField
from cases.models.case import Case


class TimelineEvent(models.Model):
    """One act on one case, for ever: the timeline and the audit record in one row, chained by MAC (`cases.audit`)."""

    class Kind(models.TextChoices):
        STEP = "step", _("办理")
        PROPOSAL = "proposal", _("报批")
        RETURN = "return", _("退回")
        EDIT = "edit", _("修改")
        NOTE = "note", _("备注")
        DOCUMENT = "document", _("文书")
        READ = "read", _("查看敏感信息")
        REFUSED = "refused", _("未能办理")

    case = models.ForeignKey(Case, models.PROTECT, related_name="timeline")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    step = models.CharField(max_length=48)
    label = models.CharField(max_length=80)
    source = models.CharField(max_length=32, blank=True)
    target = models.CharField(max_length=32, blank=True)
    acted_on = models.DateField(_("办理日期"))
    at = models.DateTimeField(_("记录时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=50)
    by_role = models.CharField(max_length=32)
    by_agency = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField()
    request_id = models.CharField(max_length=40, blank=True)
    key_id = models.CharField(max_length=12)
    mac = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("办理记录")
        ordering = ["-seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.label}"


class Proposal(models.Model):
    """A step proposed by one person for another to take: facts and reasons, the state unchanged."""

    class State(models.TextChoices):
        OPEN = "open", _("待审批")
        TAKEN = "taken", _("已同意")
        RETURNED = "returned", _("已退回")
        LAPSED = "lapsed", _("已失效")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals")
    step = models.CharField(max_length=48)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    note = models.TextField(blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报批事项")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step"], condition=Q(state="open"), name="proposal_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="proposal_decided_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.step


class IdempotencyRecord(models.Model):
    """One unsafe request and what came of it, written with the act itself: the same key never acts twice."""

    key = models.CharField(max_length=64)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    action = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["made_at"], name="idempotency_age")]


class Draft(models.Model):
    """What a person has typed into one form and not yet sent; kept seven days, encrypted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=80)
    content = EncryptedTextField()
    summary = models.CharField(max_length=80, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="draft_once_per_form")]


class NumberSeries(models.Model):
    """The last number given out in one series of one agency and year. Taken inside the act's own transaction."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    series = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "series", "year"], name="number_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency.code} {self.series} {self.year}: {self.last}"


class SearchQuery(models.Model):
    """What somebody searched for, kept apart so that no name or number stands in an address. Encrypted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    text = EncryptedTextField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="search_query_age")]
