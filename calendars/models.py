"""The working-day calendar in versions, and what the office has set where the law leaves a length open.

Rows are only ever added: a date that was computed names the version it was computed with, and that version
stays readable for ever.
"""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendars.rules import Unit
from calendars.working_days import DayKind


class Kind(models.TextChoices):
    """What a day of the calendar is; `calendars.working_days.DayKind` for the database."""

    WORKDAY = DayKind.WORKDAY.value, _("上班（调休）")
    REST = DayKind.REST.value, _("放假")
    STATUTORY = DayKind.STATUTORY.value, _("法定节假日")


class UnitChoice(models.TextChoices):
    """`calendars.rules.Unit` for the database."""

    WORKING_DAYS = Unit.WORKING_DAYS.value, _("工作日")
    CALENDAR_DAYS = Unit.CALENDAR_DAYS.value, _("自然日")
    MONTHS = Unit.MONTHS.value, _("月")
    YEARS = Unit.YEARS.value, _("年")
    HOURS = Unit.HOURS.value, _("小时")


class CalendarVersion(models.Model):
    """The whole calendar as it stood after one edit."""

    number = models.PositiveIntegerField(_("版本"), unique=True)
    official_years = models.JSONField(_("已公布放假安排的年份"))
    digest = models.CharField(
        max_length=64, editable=False
    )  # of years and days: the same days, the same digest
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("修改人"),
    )  # none: delivered with the system
    reason = models.CharField(_("理由"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("工作日历版本")
        ordering = ["-number"]
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="calendar_version_from_one")]

    def __str__(self) -> str:
        return f"{self.number}"


class CalendarDay(models.Model):
    """One day of a version that departs from Monday to Friday."""

    version = models.ForeignKey(CalendarVersion, models.CASCADE, related_name="days", verbose_name=_("版本"))
    date = models.DateField(_("日期"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("节日"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("日历中的日子")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["version", "date"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class RuleSetting(models.Model):
    """The office's own length of a time limit, from a day on. Empty fields leave what the catalogue says."""

    code = models.CharField(_("期限编号"), max_length=16)
    length = models.PositiveSmallIntegerField(_("长度"))
    unit = models.CharField(_("单位"), max_length=16, choices=UnitChoice.choices)
    extension = models.PositiveSmallIntegerField(
        _("最多延长"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    pausable = models.BooleanField(_("中止时停止计算"), null=True, blank=True)
    strict = models.BooleanField(_("往前推算时按净日"), null=True, blank=True)
    valid_from = models.DateField(_("生效日期"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("修改人")
    )
    changed_at = models.DateTimeField(_("修改时间"))
    reason = models.CharField(_("依据和理由"), max_length=200)
    moved = models.PositiveIntegerField(_("重算的期限"), default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("期限设置")
        ordering = ["code", "-valid_from", "-pk"]
        indexes = [models.Index(fields=["code", "valid_from"], name="rule_setting_code")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rule_setting_has_reason"),
            models.CheckConstraint(
                condition=Q(extension=None) | Q(extension__gte=1), name="rule_setting_extension_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.length} {self.get_unit_display()}"
