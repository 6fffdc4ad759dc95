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

__all__ = ["Absence", "Agency", "LoginCounter", "Town", "User"]


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


class Town(models.Model):
    """A street 街道 or town 镇 of the district, as a place of work."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

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
