"""Counters of failed sign-ins, and of readings of what is kept from plain sight."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginCounter(models.Model):
    """Attempts under one name, or from one address, or readings by one person, within the running window.

    ``key`` is an HMAC, because people type passwords into the name field. ``window_ends`` is in seconds since
    1970, so that one SQL statement can compare it on every database.
    """

    class Scope(models.TextChoices):
        NAME = "name", _("账号")
        ADDRESS = "address", _("地址")
        READING = "reading", _("查看号码")

    scope = models.CharField(max_length=8, choices=Scope.choices)
    key = models.CharField(max_length=64)
    attempts = models.PositiveIntegerField()
    window_ends = models.BigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = _("登录计数")
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="login_counter_once_per_scope_and_key"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.attempts}"
