"""Tests: fixed keys, a quick hasher, everything in a temporary folder. ``DATABASE_URL`` picks the database."""

from config.databases import SQLITE_ENGINE
from config.settings import throwaway  # noqa: F401  sets the environment before base reads it
from config.settings.base import *

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
OUTBOX_SINK = VAR_DIR / "sink"
LOGGING = logging_config(strict=True)  # a line with personal data is an error here, not a blank

if DATABASES["default"]["ENGINE"] == SQLITE_ENGINE:
    # A file, because threads must see each other's rows. Power cuts are no concern of tests.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
