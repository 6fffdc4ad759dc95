"""The process has no more power than it needs, and what is secret lies where nobody serves or copies it."""

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.checks import Error, register

from config.checks.findings import TAG, Findings, weak
from config.profile import environment_file

GROUP_OR_OTHERS_WRITE = stat.S_IWGRP | stat.S_IRWXO


@register(TAG, deploy=True)
def machine_is_closed(**_options: Any) -> list[Error]:
    """Not root; attachments and database out of reach of the static files; the keys apart from the data."""
    return [*_root(), *_served_by_accident(), *_loose_keys(), *_static_files()]


def _root() -> Findings:
    if os.geteuid() == 0:
        yield weak(70, "user", "the site must not run as root")


def _served_by_accident() -> Findings:
    served = [Path(folder).resolve() for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)]
    for name, place in _private_places():
        if any(place.is_relative_to(folder) for folder in served):
            yield weak(71, name, "lies below the static files")


def _private_places() -> list[tuple[str, Path]]:
    places = [("MEDIA_ROOT", Path(settings.MEDIA_ROOT)), ("HUXIN_VAR_DIR", Path(settings.VAR_DIR))]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        places.append(("DATABASE_URL", Path(str(settings.DATABASES["default"]["NAME"]))))
    return [(name, path.resolve()) for name, path in places]


def _loose_keys() -> Findings:
    file = environment_file().resolve()
    if not file.is_file():
        return
    if file.stat().st_mode & GROUP_OR_OTHERS_WRITE:
        yield weak(72, "HUXIN_ENV_FILE", "others than the owner can read or change the keys")
    if any(file.is_relative_to(place) for _name, place in _private_places() if place.is_dir()):
        yield weak(73, "HUXIN_ENV_FILE", "the keys lie in the data folder and would be copied with it")


def _static_files() -> Findings:
    storage: Any = staticfiles_storage
    if isinstance(storage, ManifestFilesMixin) and not storage.hashed_files:
        yield weak(74, "STATIC_ROOT", "no static files there: run collectstatic")
