"""Settings common to every profile. The environment is read here and nowhere else; `.env.example` explains it."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment
from config.databases import database
from config.log import logging_config
from config.profile import PROJECT_DIR
from config.queue import HARD_LIMIT_SECONDS, SOFT_LIMIT_SECONDS, broker_options, broker_url

BASE_DIR = PROJECT_DIR
VAR_DIR = Path(environment.text("HUXIN_VAR_DIR", str(BASE_DIR / "var"))).resolve()

# Profile: the others start from the strict values here and say what they loosen.
DEBUG = False
DEMO = False  # a banner on every page, demo accounts allowed
HARDENED = False  # weak configuration stops web, worker and beat; see config.checks

# Secrets and keys. Missing ones are refused by config.checks, in every profile.
SECRET_KEY = environment.text("HUXIN_SECRET_KEY")
FIELD_KEYS = environment.named_keys("HUXIN_FIELD_KEYS")
INDEX_KEY = environment.key("HUXIN_INDEX_KEY")
AUDIT_KEY = environment.key("HUXIN_AUDIT_KEY")

# Applications, from the outside in. Our own go down the layers; `config` brings commands and checks.
INSTALLED_APPS = [
    "config.apps.SiteConfig",
    "reports",
    "inspection",
    "arbitration",
    "arbitration.mediation",
    "legal_aid",
    "documents",
    "cases",
    "notifications",
    "calendars",
    "agencies",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_fsm",
    "guardian",
    "django_htmx",
    "csp",
]

# The order matters: what must be on every answer stands outside, what needs the person stands inside.
MIDDLEWARE = [
    "config.middleware.RequestMiddleware",
    "config.middleware.BodyLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.SessionLifetimeMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.SignInMiddleware",
    "config.middleware.RouteRuleMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.frame",
            ],
        },
    },
]

DATABASES = {"default": database(environment.text("DATABASE_URL"), var_dir=VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "config.backends.PeopleBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "agencies:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "agencies:login"
# Proxies whose X-Forwarded-For is believed; everybody else is taken for what the connection says.
TRUSTED_PROXIES = environment.words("HUXIN_TRUSTED_PROXIES")

# Sessions stand in the database, so that ending one ends it everywhere.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "huxin_session"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "huxin_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Scripts and styles come from files of ours; a page that shows a document for printing loosens
# `frame-ancestors`.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's style sheet holds small pictures
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Limits of one request: a grid of 400 workers with 20 columns, a handful of files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
BODY_LIMIT = 8 * 1024 * 1024  # of any request; refused before a byte of it is read
UPLOAD_BODY_LIMIT = 256 * 1024 * 1024  # of a page that takes files
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 9000
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # up to here the page itself says how many are taken at once
EVIDENCE_FILE_BYTES = 20 * 1024 * 1024
EVIDENCE_FILES_PER_REQUEST = 50
EVIDENCE_FILES_PER_CASE = 500
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# guardian holds grants on single cases across agencies, nothing else.
ANONYMOUS_USER_NAME = None

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LANGUAGE_COOKIE_NAME = "huxin_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"
FONT_DIR = BASE_DIR / "documents" / "fonts"

# A folder that receives each delivered notification as one file; for trials and tests.
OUTBOX_SINK = Path(sink) if (sink := environment.text("HUXIN_OUTBOX_SINK")) else None

LOG_LEVEL = environment.text("HUXIN_LOG_LEVEL", "INFO").upper()
LOGGING = logging_config(level=LOG_LEVEL)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # nothing is mailed yet

# Background work
REDIS_URL = environment.text("REDIS_URL")
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(REDIS_URL, var_dir=VAR_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = SOFT_LIMIT_SECONDS
CELERY_TASK_TIME_LIMIT = HARD_LIMIT_SECONDS
CELERY_TASK_DEFAULT_QUEUE = "huxin"
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "outbox": {"task": "notifications.tasks.sweep", "schedule": 60.0, "options": {"expires": 55}},
    "anchor": {"task": "cases.tasks.anchor", "schedule": 60.0, "options": {"expires": 55}},
    "sessions": {"task": "config.tasks.clear_sessions", "schedule": 3600.0, "options": {"expires": 3500}},
    "files": {"task": "cases.tasks.sweep_files", "schedule": 3600.0, "options": {"expires": 3500}},
    "rules": {"task": "cases.tasks.begin_settings", "schedule": 3600.0, "options": {"expires": 3500}},
    "sweep": {"task": "cases.tasks.sweep", "schedule": 3600.0, "options": {"expires": 3500}},
}

# Numbers: prefix of the agency, type character, year, counter. 〔〕 and no leading zeros: GB/T 9704-2012 7.2.5.
NUMBER_PATTERNS = {
    "receipt": "{prefix}登〔{year}〕{n}号",
    "case": "{prefix}案〔{year}〕{n}号",
    "document": "{prefix}{char}〔{year}〕{n}号",
    "clue": "{prefix}线〔{year}〕{n}号",
    "aid_case": "{prefix}民字〔{year}〕第{n}号",
    "document:legal_aid": "{prefix}{char}〔{year}〕第{n}号",
    "arbitration_case": "{prefix}案字〔{year}〕第{n}号",
    "document:arbitration": "{prefix}{char}〔{year}〕第{n}号",
    "mediation_case": "铜劳调字〔{year}〕第{n}号",
    "document:mediation": "铜劳调{char}〔{year}〕第{n}号",
}

# From when on a complaint is proposed as a major case 重大案件, which is discussed collectively. No rule fixes these.
MAJOR_FROM_WORKERS = 30
MAJOR_FROM_YUAN = 500_000

# In whose name awards are made, and the courts that their last paragraph names: where both sides sue, and where an
# employer asks to set a final award aside.
ARBITRATION_COMMITTEE = environment.text("HUXIN_COMMITTEE", "重庆市铜梁区劳动人事争议仲裁委员会")
DISTRICT_COURT = environment.text("HUXIN_DISTRICT_COURT", "重庆市铜梁区人民法院")
INTERMEDIATE_COURT = environment.text("HUXIN_INTERMEDIATE_COURT", "重庆市第一中级人民法院")

# Whose day's minimum wage a final award is measured by: of the award ("award"), or of the application ("application").
FINAL_AWARD_WAGE_OF = environment.text("HUXIN_FINAL_AWARD_WAGE_OF", "award")

# "Five days before the hearing" may count the fifth day itself; 1 asks for five clear days between notice and hearing.
HEARING_CLEAR_DAYS = environment.flag("HUXIN_HEARING_CLEAR_DAYS")

# The heads of every case's record are written here, apart from the database; put it on another disk in production.
AUDIT_ANCHOR_DIR = Path(environment.text("HUXIN_AUDIT_ANCHOR_DIR", str(VAR_DIR / "anchors")))
