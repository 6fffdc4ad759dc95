"""Trying the site out on one machine: `./run` writes the keys, demo accounts are welcome, no TLS."""

from config.settings.base import *

DEMO = True
DEBUG = environment.flag("HUXIN_DEBUG")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
LOG_LEVEL = environment.text("HUXIN_LOG_LEVEL", "WARNING").upper()
LOGGING = logging_config(level=LOG_LEVEL)

# Files are served from where they are edited; nothing need be collected first.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
