"""Agencies, towns and people."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.login_models import LoginCounter
from agencies.rights import Role, RoleSpec, Sight, spec

__all__ = ["Absence", "Agency", "CodeItem", "LoginCounter", "SettingChange", "Town", "User"]


class Agency(models.Model):
    """A body that handles or supports cases. ``path`` holds the codes from the root down, so a subtree is a prefix."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, unique=True, editable=False)
    region = models.CharField(_("行政区划代码"), max_length=12, default="500151")
    phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    document_prefix = models.CharField(_("文号机关代字"), max_length=20, blank=True)
    group = models.OneToOneField(Group, models.PROTECT, related_name="agency", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("机构")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    def covers(self, other: "Agency") -> bool:
        """Whether the other agency is this one or below it."""
        return other.path.startswith(self.path)


class TownQuerySet(models.QuerySet["Town"]):
    def in_use(self, keep: int | None = None) -> "TownQuerySet":
        """The towns a form offers; ``keep`` is the one that stands in the record already, retired or not."""
        return self.filter(models.Q(in_use=True) | models.Q(pk=keep))


class Town(models.Model):
    """A street 街道 or town 镇 of the district, as a place of work. One that is retired stays on its cases."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    in_use = models.BooleanField(_("使用"), default=True)

    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("镇街")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with one role in one agency. No account is a superuser: rights come from `agencies.rights` alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="staff", verbose_name=_("机构"))
    role = models.CharField(_("角色"), max_length=32, choices=Role.choices)
    display_name = models.CharField(_("姓名"), max_length=50)
    licence_no = models.CharField(_("执法证号"), max_length=40, blank=True)
    licence_until = models.DateField(_("执法证有效期至"), null=True, blank=True)
    office_phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    language = models.CharField(_("界面语言"), max_length=10, default="zh-hans")
    must_change_password = models.BooleanField(_("下次登录改密码"), default=False)
    is_demo = models.BooleanField(_("演示账号"), default=False, editable=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_no_superuser"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @cached_property
    def duty(self) -> RoleSpec:
        """The row of the role table that holds for this person."""
        return spec(self.role, self.agency.code)

    @property
    def sight(self) -> Sight:
        return self.duty.sight

    def has_right(self, right: str) -> bool:
        """Whether the role holds that kind of act at all; on which case is `cases.policies.can`."""
        return self.is_active and right in self.duty.rights

    def has_valid_licence(self, on: date) -> bool:
        """Whether the person holds an enforcement licence 执法证 valid on the day. 行政处罚法第四十二条."""
        return bool(self.licence_no) and (self.licence_until is None or self.licence_until >= on)


class Absence(models.Model):
    """Days on which a person is away and who stands in; both ends included."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputises", null=True, blank=True)
    from_on = models.DateField(_("开始"))
    to_on = models.DateField(_("结束"))
    reason = models.CharField(_("事由"), max_length=80, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = _("请假")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="absence_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.from_on}–{self.to_on}"


class CodeItem(models.Model):
    """One code of a list as the district has set it; a code without a row is as the program delivers it.

    Rows are never deleted: what cases hold stays readable, a code that is out of use is only offered no more.
    """

    list = models.CharField(_("字典"), max_length=24)
    code = models.CharField(_("代码"), max_length=12)
    label = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(_("顺序"))
    in_use = models.BooleanField(_("使用"), default=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("字典条目")
        ordering = ["list", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="code_once_per_list")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class SettingChange(models.Model):
    """Who changed which setting, when, from what to what. Rows are only ever added (`cases.triggers`).

    ``before`` and ``after`` are what people saw: names of columns and values in words; no password, no case.
    """

    class Area(models.TextChoices):
        CALENDAR = "calendar", _("工作日历")
        RULE = "rule", _("时限规则")
        CODES = "codes", _("字典")
        PERSON = "person", _("用户与角色")
        ABSENCE = "absence", _("缺勤")
        AGENCY = "agency", _("机构")
        LEGAL_AID = "legal_aid", _("法律援助")

    made_at = models.DateTimeField(_("时间"), db_default=Now())
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("修改人"))
    area = models.CharField(_("类别"), max_length=12, choices=Area.choices)
    key = models.CharField(
        max_length=80
    )  # which setting of the area: a rule's code, an account, a list and its code
    subject = models.CharField(_("对象"), max_length=120)
    act = models.CharField(_("改动"), max_length=40)
    before = models.JSONField(_("原来"), default=dict)
    after = models.JSONField(_("现在"), default=dict)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+"
    )  # whose people it concerns
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("设置修改记录")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["area", "key"], name="setting_change_of")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Column, old, new: one line for each column that changed; empty where there was or is nothing."""
        columns = [*self.before, *(name for name in self.after if name not in self.before)]
        return [(name, self.before.get(name, ""), self.after.get(name, "")) for name in columns]
