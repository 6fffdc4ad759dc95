"""The real office. `config.checks` stops web, worker and beat when anything here was weakened."""

from config.settings.base import *

HARDENED = True
ALLOWED_HOSTS = environment.words("HUXIN_ALLOWED_HOSTS")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-huxin_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-huxin_csrf"
LANGUAGE_COOKIE_SECURE = True
