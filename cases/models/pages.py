"""What people chose for their own pages, who has a case open, and what was taken out of the site as a file."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from cases.models.case import Case


class Density(models.TextChoices):
    NORMAL = "", _("标准")
    COMPACT = "compact", _("紧凑")


class Preference(models.Model):
    """One person's choices. Who never chose anything has no row."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="preference")
    density = models.CharField(_("行距"), max_length=8, choices=Density.choices, blank=True)
    single_letters = models.BooleanField(_("单个字母的快捷键"), default=True)
    columns = models.JSONField(_("列表的列"), default=list, blank=True)
    rows = models.PositiveSmallIntegerField(_("每页行数"), null=True, blank=True)
    guide_done = models.BooleanField(_("上手清单已收起"), default=False)
    guide_ticks = models.JSONField(_("上手清单里做过的"), default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.user}"


class SavedView(models.Model):
    """A view of the work list under a name of one's own. ``query`` holds known filter keys only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("名称"), max_length=20)
    query = models.CharField(max_length=1000, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("视图")
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Somebody had the case open at that moment; ``is_acting`` while a step was being filled in."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    is_acting = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_age")]

    def __str__(self) -> str:
        return f"{self.user} {self.case}"


class Export(models.Model):
    """One file of cases that left the site: who, what for, which cases in which view."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("导出时间"))
    purpose = models.CharField(_("用途"), max_length=200)
    query = models.CharField(max_length=1000, blank=True)
    case_count = models.PositiveIntegerField(_("件数"))
    sha256 = models.CharField(max_length=64)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("导出记录")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d %H:%M}"
