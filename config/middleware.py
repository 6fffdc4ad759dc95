"""What happens around every view: request id, headers, session, language, sign-in, rule of entry."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from agencies import sessions
from agencies.access import CASE, PUBLIC, SIGNED_IN
from config.log import request_id
from config.route_rules import rule_of

GetResponse = Callable[["SiteRequest"], HttpResponse]
log = logging.getLogger("huxin.request")

REQUEST_ID_HEADER = "X-Request-ID"
# A page that asks again by itself sends this header; such a request does not count as somebody being there.
POLL_HEADER = "Huxin-Poll"
MAY_BEFORE_NEW_PASSWORD = frozenset({"agencies:password", "agencies:logout", "agencies:language"})


class SiteRequest(HttpRequest):
    """What the middleware below leaves on a request. For the reader and the type checker: none is ever made."""

    request_id: str
    session_ended: bool
    signed_in_id: int | None
    htmx: HtmxDetails
    LANGUAGE_CODE: str
    resolver_match: Any


class RequestMiddleware:
    """Each request has an id of ours in the log and in its answer, and leaves one line: route and ids, no address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex
        token = request_id.set(request.request_id)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response[REQUEST_ID_HEADER] = request.request_id
            _log_request(request, response, started)
            return response
        finally:
            request_id.reset(token)


def _log_request(request: SiteRequest, response: HttpResponse, started: float) -> None:
    if request.resolver_match is None and response.status_code < 400:
        return  # a static file
    log.info(
        "request",
        extra={
            "method": request.method if request.method in ("GET", "POST", "HEAD") else "other",
            "route": request.resolver_match.route if request.resolver_match else "",
            "status": response.status_code,
            "ms": round((time.monotonic() - started) * 1000),
            "user_id": getattr(request, "signed_in_id", None),
        },
    )


class BodyLimitMiddleware:
    """A body larger than the page may take is answered 413 before it is read, whoever sends it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.UPLOAD_BODY_LIMIT if request.path.endswith("/files/") else settings.BODY_LIMIT
        if not length.isdigit() or int(length) > limit:
            sentence = translation.gettext("一次传的内容太大，分几次传，每次不超过%(n)d MB") % {
                "n": limit // 2**20
            }
            return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class HeadersMiddleware:
    """Nothing the site computes is kept by a browser or proxy, and no page may use camera, microphone or place."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store, private"
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class SessionLifetimeMiddleware:
    """A session ends after 30 minutes without anybody there and 12 hours after the sign-in, whichever comes first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        request.session_ended = False
        if request.user.is_authenticated:
            if sessions.has_ended(request.session):
                logout(request)
                request.session_ended = True
            elif POLL_HEADER not in request.headers:
                sessions.mark_seen(request.session)
            request.signed_in_id = request.user.pk
        return self.get_response(request)


class LanguageMiddleware:
    """Chinese, unless the person (before signing in: the browser's cookie) chose another language of the site.

    What the browser would prefer is ignored: shared machines rarely say what their user reads.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response


def chosen_language(request: SiteRequest) -> str:
    """The code of the language in which to answer."""
    offered = dict(settings.LANGUAGES)
    if request.user.is_authenticated and request.user.language in offered:
        return request.user.language
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return cookie if cookie in offered else settings.LANGUAGE_CODE


class SignInMiddleware(LoginRequiredMiddleware):
    """Only public views are served to strangers; who must change the password first sees nothing else."""

    def process_view(
        self, request: Any, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        rule = rule_of(view_func)
        if rule in (None, PUBLIC):
            return None  # RouteRuleMiddleware answers 404 where there is no rule
        if not request.user.is_authenticated:
            return self.handle_no_permission(request, view_func)
        name = request.resolver_match.view_name
        if request.user.must_change_password and name not in MAY_BEFORE_NEW_PASSWORD:
            return _send_to(request, resolve_url("agencies:password"))
        return None

    def handle_no_permission(self, request: Any, view_func: Any) -> Any:
        query = {"ended": "1"} if request.session_ended else {}
        if page := _page_to_return_to(request):
            query["next"] = page
        address = resolve_url(settings.LOGIN_URL)
        return _send_to(request, f"{address}?{urlencode(query)}" if query else address)


def _page_to_return_to(request: SiteRequest) -> str:
    if request.htmx:
        return request.htmx.current_url_abs_path or ""
    return request.get_full_path() if request.method == "GET" else ""


def _send_to(request: SiteRequest, address: str) -> HttpResponse:
    """A redirect of the whole page, also when only a part of it was asked for."""
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


class RouteRuleMiddleware:
    """A view is served under the rule it carries: 404 without a rule, 403 without the right.

    ``case:`` rules are enforced where the case is known; here they ask for a signed-in person.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: SiteRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> None:
        rule = rule_of(view_func)
        if rule is None:
            raise Http404
        if rule == PUBLIC:
            return
        if not request.user.is_authenticated:
            raise PermissionDenied
        if rule != SIGNED_IN and not rule.startswith(CASE) and not request.user.has_right(rule):
            raise PermissionDenied
