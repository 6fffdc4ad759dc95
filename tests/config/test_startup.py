"""Weak configuration does not start: one weakening at a time, in processes of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.config.office import PROJECT, SECONDS, close_office, free_port, new_key, open_office, unprivileged

pytestmark = pytest.mark.prepares_much

COMMITTED = "django-insecure-k3y8w2q9x7v5m1n4b6c0z!a@s#d$f%g^h&j*l(p)o_i-u+y=t"
ONE_KEY = new_key()

# What is weakened, and what the refusal must name.
BY_ENVIRONMENT = {
    "secret missing": ({"HUXIN_SECRET_KEY": ""}, "SECRET_KEY"),
    "secret short": ({"HUXIN_SECRET_KEY": "aZ3kq9"}, "HUXIN_SECRET_KEY"),
    "secret repeated": ({"HUXIN_SECRET_KEY": "0123456789abcdefg" * 4}, "HUXIN_SECRET_KEY"),
    "secret default": ({"HUXIN_SECRET_KEY": COMMITTED}, "HUXIN_SECRET_KEY"),
    "hosts missing": ({"HUXIN_ALLOWED_HOSTS": ""}, "HUXIN_ALLOWED_HOSTS"),
    "hosts open": ({"HUXIN_ALLOWED_HOSTS": "*"}, "HUXIN_ALLOWED_HOSTS"),
    "hosts half open": ({"HUXIN_ALLOWED_HOSTS": "huxin.example.cn,.example.cn"}, "HUXIN_ALLOWED_HOSTS"),
    "field key missing": ({"HUXIN_FIELD_KEYS": ""}, "HUXIN_FIELD_KEYS"),
    "field key short": ({"HUXIN_FIELD_KEYS": "k1:c2hvcnQ="}, "HUXIN_FIELD_KEYS"),
    "field key not base64": ({"HUXIN_FIELD_KEYS": "k1:not base64!"}, "HUXIN_FIELD_KEYS"),
    "field key id twice": ({"HUXIN_FIELD_KEYS": f"k1:{new_key()},k1:{new_key()}"}, "HUXIN_FIELD_KEYS"),
    "index key missing": ({"HUXIN_INDEX_KEY": ""}, "HUXIN_INDEX_KEY"),
    "index key not random": (
        {"HUXIN_INDEX_KEY": "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="},
        "HUXIN_INDEX_KEY",
    ),
    "audit key missing": ({"HUXIN_AUDIT_KEY": ""}, "HUXIN_AUDIT_KEY"),
    "one key for two purposes": ({"HUXIN_INDEX_KEY": ONE_KEY, "HUXIN_AUDIT_KEY": ONE_KEY}, "HUXIN_INDEX_KEY"),
    "redis open to the network": ({"REDIS_URL": "redis://10.1.2.3:6379/0"}, "REDIS_URL"),
    "unknown database": ({"DATABASE_URL": "mysql://u:p@127.0.0.1/x"}, "DATABASE_URL"),
    "database away": ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:9/x"}, "DATABASE_URL"),
}
BY_SETTING = {
    "debug": ("DEBUG = True", "DEBUG"),
    "demo": ("DEMO = True", "DEMO"),
    "no TLS redirect": ("SECURE_SSL_REDIRECT = False", "SECURE_SSL_REDIRECT"),
    "session cookie without TLS": ("SESSION_COOKIE_SECURE = False", "SESSION_COOKIE_SECURE"),
    "csrf cookie without TLS": ("CSRF_COOKIE_SECURE = False", "CSRF_COOKIE_SECURE"),
    "session cookie for scripts": ("SESSION_COOKIE_HTTPONLY = False", "SESSION_COOKIE_HTTPONLY"),
    "session cookie for all sites": ("SESSION_COOKIE_SAMESITE = 'None'", "SESSION_COOKIE_SAMESITE"),
    "no HSTS": ("SECURE_HSTS_SECONDS = 0", "SECURE_HSTS_SECONDS"),
    "short HSTS": ("SECURE_HSTS_SECONDS = 3600", "SECURE_HSTS_SECONDS"),
    "sniffing": ("SECURE_CONTENT_TYPE_NOSNIFF = False", "SECURE_CONTENT_TYPE_NOSNIFF"),
    "no csrf": ("MIDDLEWARE = [name for name in MIDDLEWARE if 'Csrf' not in name]", "CsrfViewMiddleware"),
    "no sign-in": ("MIDDLEWARE = [name for name in MIDDLEWARE if 'SignIn' not in name]", "SignInMiddleware"),
    "no rules": (
        "MIDDLEWARE = [name for name in MIDDLEWARE if 'RouteRule' not in name]",
        "RouteRuleMiddleware",
    ),
    "inline scripts": (
        "CONTENT_SECURITY_POLICY = {'DIRECTIVES': {'default-src': [\"'self'\", \"'unsafe-inline'\"]}}",
        "CONTENT_SECURITY_POLICY",
    ),
    "framing": ("X_FRAME_OPTIONS = 'SAMEORIGIN'", "X_FRAME_OPTIONS"),
    "pickle in tasks": ("CELERY_ACCEPT_CONTENT = ['json', 'pickle']", "CELERY_ACCEPT_CONTENT"),
    "pickle sent": ("CELERY_TASK_SERIALIZER = 'pickle'", "CELERY_TASK_SERIALIZER"),
    "pickle in sessions": ("SESSION_SERIALIZER = 'x.PickleSerializer'", "SESSION_SERIALIZER"),
    "tasks lost with the worker": ("CELERY_TASK_ACKS_LATE = False", "CELERY_TASK_ACKS_LATE"),
    "console mail": ("EMAIL_BACKEND = 'django.core.mail.backends.console.EmailBackend'", "EMAIL_BACKEND"),
    "quick hasher": (
        "PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']",
        "PASSWORD_HASHERS",
    ),
    "any password": ("AUTH_PASSWORD_VALIDATORS = []", "AUTH_PASSWORD_VALIDATORS"),
    "media among static files": ("MEDIA_ROOT = STATIC_ROOT / 'media'", "MEDIA_ROOT"),
    "sqlite deferred": ("DATABASES['default']['OPTIONS']['transaction_mode'] = 'DEFERRED'", "IMMEDIATE"),
    "sqlite not durable": (
        "DATABASES['default']['OPTIONS']['init_command'] = 'PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL'",
        "synchronous=FULL",
    ),
    "sqlite without WAL": (
        "DATABASES['default']['OPTIONS']['init_command'] = 'PRAGMA journal_mode=DELETE;PRAGMA synchronous=FULL'",
        "journal_mode=WAL",
    ),
}


@pytest.fixture(scope="module")
def office():
    opened = open_office()
    yield opened
    close_office(opened)


def assert_refused(result, named, values=()):
    assert result.returncode != 0
    assert named in result.stderr
    assert _printed(values, result.stdout + result.stderr) == []


def _printed(values, output):
    return [value for value in values if len(value) > 5 and value in output]


def test_strong_configuration_has_no_warning(office):
    result = office.manage("check", "--deploy", "--fail-level", "WARNING")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (0 silenced).\n"


@pytest.fixture(scope="module")
def outcomes(office):
    """How the start ended under each weakening, and under none."""
    cases = {"none": {"environment": {}, "lines": ""}}
    for name, (environment, _named) in BY_ENVIRONMENT.items():
        cases[name] = {"environment": environment, "lines": ""}
    for name, (lines, _named) in BY_SETTING.items():
        cases[name] = {"environment": {}, "lines": lines}
    return office.weaken(cases)


def test_strong_configuration_starts(outcomes):
    assert outcomes["none"] == {"code": 0, "output": ""}


@pytest.mark.parametrize("case", BY_ENVIRONMENT)
def test_weak_environment_is_refused(outcomes, case):
    environment, named = BY_ENVIRONMENT[case]

    assert outcomes[case]["code"] == 3
    assert named in outcomes[case]["output"]
    assert _printed(environment.values(), outcomes[case]["output"]) == []


@pytest.mark.parametrize("case", BY_SETTING)
def test_weak_setting_is_refused(outcomes, case):
    _lines, named = BY_SETTING[case]

    assert outcomes[case]["code"] == 3
    assert named in outcomes[case]["output"]


def test_missing_migrations_are_refused(office):
    database = f"sqlite:///{office.folder}/var/empty.sqlite3"

    assert_refused(office.run("-c", "import config.wsgi", DATABASE_URL=database), "migrations are missing")


def test_demo_accounts_are_refused(office):
    _shell(office, CREATE_DEMO_ACCOUNT)
    try:
        assert_refused(office.run("-c", "import config.wsgi"), "demo accounts")
    finally:
        _shell(office, "from agencies.models import User; User.objects.all().delete()")


CREATE_DEMO_ACCOUNT = """
from agencies.models import Agency
from agencies.services import create_user, load_agencies
load_agencies()
create_user(username="window01", agency=Agency.objects.get(code="inspection"), role="window", display_name="x",
            password=None, is_demo=True)
"""


def _shell(office, code):
    done = office.manage("shell", "--verbosity", "0", "-c", code)
    assert done.returncode == 0, done.stderr


def test_network_filesystem_is_refused(office):
    table = office.folder / "mountinfo"
    table.write_text(f"36 35 98:0 / {office.folder} rw,noatime - nfs4 server:/export rw\n")

    result = office.run("-c", "import config.wsgi", weak=f"MOUNT_TABLE = {str(table)!r}")

    assert_refused(result, "network filesystem")


@pytest.mark.parametrize("mode, folder", [(0o644, "."), (0o660, "."), (0o600, "var")])
def test_loose_key_file_is_refused(office, mode, folder):
    file = office.folder / folder / "keys.env"
    file.write_text("HUXIN_LOG_LEVEL=INFO\n")
    file.chmod(mode)
    try:
        assert_refused(office.run("-c", "import config.wsgi", HUXIN_ENV_FILE=str(file)), "HUXIN_ENV_FILE")
    finally:
        file.unlink()


def test_root_is_refused(office):
    """Somebody who is not root cannot become it: they pretend for this one process."""
    pretend = "import os; os.geteuid = lambda: 0; import config.wsgi"

    assert_refused(office.run("-c", pretend), "must not run as root")


@pytest.mark.parametrize(
    "process, case",
    [("web", "audit key missing"), ("worker", "secret short"), ("beat", "hosts open")],
)
def test_web_worker_and_beat_are_refused_alike(office, process, case):
    """Which weaknesses are found is tried above; here each of the three programs asks at all."""
    environment, named = BY_ENVIRONMENT[case]

    result = getattr(office, process)(**environment)

    assert result.returncode == 3
    assert_refused(result, named, environment.values())


def test_production_is_the_profile_when_none_is_named(office):
    result = office.run("-c", "from config.profile import settings_module; print(settings_module())")

    assert result.stdout == "config.settings.production\n"


def test_unknown_profile_stops(office):
    assert_refused(office.manage("check", HUXIN_PROFILE="prod"), "HUXIN_PROFILE")


def test_environment_wins_over_the_file(office):
    file = office.folder / "file.env"
    file.write_text("HUXIN_PROFILE=dev\nHUXIN_LOG_LEVEL=ERROR\n")
    show = (
        "import os; from config.profile import settings_module;"
        " print(settings_module(), os.environ['HUXIN_LOG_LEVEL'])"
    )

    result = office.run("-c", show, HUXIN_ENV_FILE=str(file), HUXIN_LOG_LEVEL="DEBUG")

    assert result.stdout == "config.settings.dev DEBUG\n"


def test_strong_web_starts_and_serves_only_over_tls(office):
    port = free_port()
    server = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
    command = [*unprivileged(), *server, "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env=office.environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            _wait_for_answers(port, process)
            plain = _fetch(port, {"Host": "huxin.example.cn"})
            proxied = _fetch(port, {"Host": "huxin.example.cn", "X-Forwarded-Proto": "https"})
            stranger = _fetch(port, {"Host": "evil.example", "X-Forwarded-Proto": "https"})
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.communicate(timeout=SECONDS)

    assert (plain.status, plain.headers["Location"]) == (301, "https://huxin.example.cn/login/")
    assert (proxied.status, stranger.status) == (200, 400)
    assert proxied.headers["Server"] == "web"
    assert proxied.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert proxied.headers["Set-Cookie"].startswith("__Host-huxin_csrf=")
    assert "; Secure" in proxied.headers["Set-Cookie"]


def _wait_for_answers(port, process):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, process.stderr.read()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)


class _KeepRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_request):
        return None


def _fetch(port, headers):
    opener = urllib.request.build_opener(_KeepRedirects)
    request = urllib.request.Request(f"http://127.0.0.1:{port}/login/", headers=headers)
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            return answer
    except urllib.error.HTTPError as answer:
        answer.close()
        return answer
