"""Starts the site once per weakening, each in a process of its own, and says how that ended.

Reads a JSON object from standard input: name of the case → {"environment": {…}, "lines": "…"}; the lines follow the
production settings. Writes a JSON object: name → {"code": exit code, "output": what the process printed}. The libraries
are loaded once, before the processes part; settings and apps are not.
"""

import importlib
import json
import os
import sys
import tempfile
import traceback
import types
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured

LIBRARIES = (
    "PIL.Image",
    "celery.app",
    "cryptography.hazmat.primitives.ciphers.aead",
    "django.core.handlers.wsgi",
    "django.db.models",
    "django.forms",
    "environ",
    "fontTools.ttLib",
    "kombu",
    "puremagic",
    "pypdf",
    "pypinyin",
    "redis",
)
WEAKENED = "weakened_settings"


def outcome(case: dict[str, Any]) -> dict[str, Any]:
    """Exit code and output of a child that was started under the weakened configuration."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            become(case, output.fileno())
        _child, status = os.waitpid(child, 0)
        output.seek(0)
        return {"code": os.waitstatus_to_exitcode(status), "output": output.read().decode()}


def become(case: dict[str, Any], output: int) -> NoReturn:
    """This process is the site under that configuration, as far as importing its application goes."""
    code = 1
    try:
        for stream in (1, 2):
            os.dup2(output, stream)
        code = start(case)
    finally:
        sys.stderr.flush()
        os._exit(code)


def start(case: dict[str, Any]) -> int:
    """What the web server does: 0 when the application may serve, 3 when it was refused."""
    os.environ.update(case["environment"])
    try:
        os.environ["DJANGO_SETTINGS_MODULE"] = weakened(case["lines"])
        importlib.import_module("config.wsgi")
    except (ImproperlyConfigured, SystemExit):
        traceback.print_exc()
        return 3
    return 0


def weakened(lines: str) -> str:
    """The name of a settings module that holds the production settings and then the lines."""
    if not lines:
        return "config.settings.production"
    module = types.ModuleType(WEAKENED)
    sys.modules[WEAKENED] = module
    exec(f"from config.settings.production import *\n{lines}", vars(module))
    return WEAKENED


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    for library in LIBRARIES:
        importlib.import_module(library)
    json.dump({name: outcome(case) for name, case in json.load(sys.stdin).items()}, sys.stdout)
