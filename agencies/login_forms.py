"""Forms for signing in and changing one's password."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agencies.models import User
from agencies.throttle import Attempt, client_address, count_attempt, forgive

MAX_PASSWORD_LENGTH = 512


def normalise_password(password: str) -> str:
    """One canonical string, the same from every keyboard; use it wherever a password is set."""
    return unicodedata.normalize("NFKC", password)


class PasswordField(forms.CharField):
    """A password in its canonical form."""

    widget = forms.PasswordInput

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, max_length=MAX_PASSWORD_LENGTH, **options)

    def to_python(self, value: Any) -> str:
        return normalise_password(super().to_python(value) or "")


class LoginForm(forms.Form):
    """Checks name and password after the attempt was counted; then the person is in ``user``."""

    username = forms.CharField(
        label=_("账号"),
        max_length=150,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages={"required": _("请填写账号")},
    )
    password = PasswordField(
        label=_("密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("请填写密码")},
    )

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(data)
        self.request = request
        self.user: User | None = None
        self.attempt: Attempt | None = None

    @property
    def remaining(self) -> int | None:
        """How many attempts are left after a failed one; None before the first."""
        return self.attempt.remaining if self.attempt and not self.user else None

    @property
    def is_locked(self) -> bool:
        """Whether this attempt was not judged."""
        return self.attempt is not None and not self.attempt.is_judged

    def clean_username(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["username"]).strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        who = {"name": data["username"], "address": client_address(self.request)}
        self.attempt = count_attempt(**who)
        if not self.attempt.is_judged:
            raise refusal(self.attempt)
        user = authenticate(self.request, username=data["username"], password=data["password"])
        if not isinstance(user, User):
            raise refusal(self.attempt)
        forgive(**who)
        self.user = user
        return data


def refusal(attempt: Attempt) -> ValidationError:
    """What to say of an attempt that failed. Never whether the name or the password was wrong; minutes rounded up."""
    numbers = {"remaining": attempt.remaining, "minutes": -(-attempt.window_seconds // 60)}
    if attempt.remaining:
        return ValidationError(
            ngettext_lazy(
                "账号或密码不对，还可以试%(remaining)d次",
                "账号或密码不对，还可以试%(remaining)d次",
                "remaining",
            ),
            code="failed",
            params=numbers,
        )
    return ValidationError(
        ngettext_lazy(
            "账号或密码错误次数太多，请%(minutes)d分钟后再试",
            "账号或密码错误次数太多，请%(minutes)d分钟后再试",
            "minutes",
        ),
        code="locked",
        params=numbers,
    )


class PasswordForm(forms.Form):
    """A new password against the old one, entered twice, held to the rules of the site."""

    old_password = PasswordField(
        label=_("现在的密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new_password = PasswordField(
        label=_("新密码"),
        help_text=_("至少10个字，不能全是数字，不能和账号相近，也不能是常见密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password_again = PasswordField(
        label=_("再输一遍新密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(data)
        self.request = request
        self.user: User = request.user  # type: ignore[assignment]

    def clean_old_password(self) -> str:
        """Counted like a sign-in: an open session must not help in guessing."""
        old = self.cleaned_data["old_password"]
        who = {"name": self.user.username, "address": client_address(self.request)}
        attempt = count_attempt(**who)
        if not attempt.is_judged:
            raise refusal(attempt)
        if not self.user.check_password(old):
            raise ValidationError(_("现在的密码不对"))
        forgive(**who)
        return old

    def clean_new_password(self) -> str:
        new = self.cleaned_data["new_password"]
        password_validation.validate_password(new, self.user)
        if new == self.cleaned_data.get("old_password"):
            raise ValidationError(_("新密码要和现在的不一样"))
        return new

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        again = data.get("new_password_again")
        if data.get("new_password") and again and data["new_password"] != again:
            self.add_error("new_password_again", _("两次输入的新密码不一样"))
        return data


class LanguageForm(forms.Form):
    """One of the languages of the site."""

    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)
