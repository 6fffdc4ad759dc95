"""Pages on a database full of cases: queries and times, as JSON on the output.

    DATABASE_URL=… .venv/bin/python -m benchmarks.pages

`benchmarks.load` starts it, once for each number of cases. Requests go through the whole site in this process, so
that the network adds nothing.
"""

import json
import os
import sys
from importlib import import_module
from typing import Any

import django

from config.profile import settings_module


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
    django.setup()
    # Both need the models, hence not at the top.
    scenarios, timing = import_module("benchmarks.scenarios"), import_module("benchmarks.timing")
    found: dict[str, Any] = {}
    for name, request in scenarios.scenarios():
        found[name] = timing.measured(request).as_json()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
