"""Which settings a process runs with. Knows nothing of Django, so that every entry point can ask first."""

import os
from pathlib import Path

import environ

PROJECT_DIR = Path(__file__).resolve().parent.parent
PROFILES = ("production", "dev", "test")


def settings_module() -> str:
    """The dotted name of the settings for ``HUXIN_PROFILE``; production when it is not set.

    Loads ``.env`` first; what the environment already holds wins. Stops the process on an unknown profile.
    """
    load_environment_file()
    profile = os.environ.get("HUXIN_PROFILE") or "production"
    if profile not in PROFILES:
        raise SystemExit(f"HUXIN_PROFILE must be one of {', '.join(PROFILES)}.")
    return f"config.settings.{profile}"


def environment_file() -> Path:
    """Where the environment file is looked for: ``HUXIN_ENV_FILE``, else ``.env`` beside manage.py."""
    return Path(os.environ.get("HUXIN_ENV_FILE") or PROJECT_DIR / ".env")


def load_environment_file() -> None:
    """Every variable of the environment file that was not set already is set, when there is such a file."""
    path = environment_file()
    if path.is_file():
        environ.Env.read_env(path)
