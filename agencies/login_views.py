"""Signing in and out, the password, the language."""

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies import sessions
from agencies.access import PUBLIC, SIGNED_IN, rule
from agencies.login_forms import LanguageForm, LoginForm, PasswordForm

log = logging.getLogger("huxin.login")


@rule(PUBLIC)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The only place where a password opens a session; it gets a new id and both its clocks start."""
    if request.user.is_authenticated:
        return redirect(_next_page(request))
    form = LoginForm(data=request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        login(request, form.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        sessions.begin(request.session)
        log.info("signed_in", extra={"user_id": form.user.pk})
        return redirect(_next_page(request))
    if form.attempt:
        log.warning("sign_in_refused", extra={"judged": form.attempt.is_judged})
    context = {
        "form": form,
        "remaining": form.remaining,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "ended": "ended" in request.GET,
    }
    return render(request, "registration/login.html", context, status=_status(form))


def _status(form: LoginForm) -> int:
    if form.is_locked:
        return 429
    return 422 if form.errors else 200


@rule(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session is gone from the database."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@rule(SIGNED_IN)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """The person has a new password; every other session of theirs ends with the old one."""
    form = PasswordForm(data=request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        user = form.user
        user.set_password(form.cleaned_data["new_password"])
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        update_session_auth_hash(request, user)
        log.info("password_changed", extra={"user_id": user.pk})
        messages.success(request, _("密码已修改"))
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "must_change": request.user.must_change_password}
    return render(
        request, "registration/password_change_form.html", context, status=422 if form.errors else 200
    )


@rule(PUBLIC)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The chosen language holds for this person, and in this browser before signing in."""
    response = redirect(_next_page(request))
    form = LanguageForm(request.POST)
    if form.is_valid():
        language = form.cleaned_data["language"]
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


def _next_page(request: HttpRequest) -> str:
    """The page asked for in ``next`` when it is one of ours, else the start page."""
    page = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
