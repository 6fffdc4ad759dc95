"""What a browser, or somebody between it and us, could take advantage of."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.urls import NoReverseMatch, reverse

from config.checks.findings import TAG, Findings, weak
from config.navigation import ENTRIES
from config.route_rules import all_routes, is_known

HSTS_SECONDS = 365 * 24 * 60 * 60
NEEDED_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.SessionLifetimeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.SignInMiddleware",
    "config.middleware.RouteRuleMiddleware",
)
MUST_BE_ON = (
    "SECURE_SSL_REDIRECT",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_SECURE",
)
HARMLESS_MAIL = ("smtp.EmailBackend",)


@register(TAG, deploy=True)
def browser_settings_are_strict(**_options: Any) -> list[Error]:
    """Debugging off, hosts named, TLS everywhere, every wall in the middleware."""
    return [*_loose_switches(), *_loose_hosts(), *_loose_headers(), *_loose_accounts()]


@register(TAG, deploy=True)
def routes_have_rules(**_options: Any) -> list[Error]:
    """Every address has a rule of entry that the middleware knows, and every entry of the navigation an address."""
    return [*_routes_without_rule(), *_entries_without_address()]


def _loose_switches() -> Findings:
    if settings.DEBUG:
        yield weak(20, "DEBUG", "must be off")
    if settings.DEMO:
        yield weak(21, "DEMO", "must be off")
    for name in MUST_BE_ON:
        if not getattr(settings, name):
            yield weak(22, name, "must be on")
    for name in NEEDED_MIDDLEWARE:
        if name not in settings.MIDDLEWARE:
            yield weak(23, "MIDDLEWARE", f"{name} is missing")


def _loose_hosts() -> Findings:
    if not settings.ALLOWED_HOSTS:
        yield weak(24, "HUXIN_ALLOWED_HOSTS", "missing")
    if any("*" in host or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        yield weak(24, "HUXIN_ALLOWED_HOSTS", "names of hosts, no patterns")
    if "*" in settings.TRUSTED_PROXIES:
        yield weak(25, "HUXIN_TRUSTED_PROXIES", "addresses of proxies, no patterns")


def _loose_headers() -> Findings:
    if settings.SECURE_HSTS_SECONDS < HSTS_SECONDS:
        yield weak(26, "SECURE_HSTS_SECONDS", "less than one year")
    directives = settings.CONTENT_SECURITY_POLICY.get("DIRECTIVES", {})
    sources = [source for listed in directives.values() if isinstance(listed, list) for source in listed]
    if "default-src" not in directives or any("unsafe" in source or source == "*" for source in sources):
        yield weak(27, "CONTENT_SECURITY_POLICY", "lets foreign or inline scripts run")
    if settings.X_FRAME_OPTIONS != "DENY":
        yield weak(28, "X_FRAME_OPTIONS", "must be DENY")
    if settings.SESSION_COOKIE_SAMESITE not in ("Lax", "Strict"):
        yield weak(29, "SESSION_COOKIE_SAMESITE", "must be Lax or Strict")


def _loose_accounts() -> Findings:
    if not settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher"):
        yield weak(30, "PASSWORD_HASHERS", "the first must be Argon2")
    if not settings.AUTH_PASSWORD_VALIDATORS:
        yield weak(31, "AUTH_PASSWORD_VALIDATORS", "missing")
    if not settings.EMAIL_BACKEND.endswith(HARMLESS_MAIL):
        yield weak(32, "EMAIL_BACKEND", "mail must not go to the console or to files")


def _routes_without_rule() -> Findings:
    for route in all_routes():
        if route.rule is None or not is_known(route.rule):
            yield weak(33, route.route, "an address without a known rule of entry")


def _entries_without_address() -> Findings:
    for entry in ENTRIES:
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            yield weak(34, "config.navigation", f"{entry.url_name} does not exist")
