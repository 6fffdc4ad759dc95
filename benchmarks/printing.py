"""How long a PDF takes the product, beside WeasyPrint alone on the same text.

    DATABASE_URL=… .venv/bin/python -m benchmarks.printing

`benchmarks.load` starts it. Both print the newest documents of a few kinds in turns, warm: the product through its
confined child, the other with the same fonts in this process, with nothing around it.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import django
from django.apps import apps
from django.conf import settings

from config.profile import settings_module
from documents.render_child import Printer
from documents.rendering import renderer

NO_SYSTEM_FONTS = "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig></fontconfig>"
KINDS = ("D04", "D18", "D36")
WARM_UP = 3
RUNS = 30
BATCH = 100


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
    django.setup()
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write(NO_SYSTEM_FONTS)
        file.flush()
        os.environ["FONTCONFIG_FILE"] = file.name  # the library reads it when it is loaded
        plain = Printer(settings.FONT_DIR).pdf
    product = renderer(settings.FONT_DIR).pdf
    texts = {kind: newest(kind) for kind in KINDS}
    found: dict[str, Any] = {}
    for kind, text in texts.items():
        for _ in range(WARM_UP):
            if product(text) != plain(text):
                sys.exit(f"{kind}: the product and WeasyPrint alone print different files")
        pairs = [(seconds(product, text), seconds(plain, text)) for _ in range(RUNS)]
        found[kind] = {
            "product": statistics.median(each[0] for each in pairs),
            "plain": statistics.median(each[1] for each in pairs),
        }
    mixed = [texts[KINDS[number % len(KINDS)]] for number in range(BATCH)]
    found["batch"] = {
        "product": sum(seconds(product, text) for text in mixed),
        "plain": sum(seconds(plain, text) for text in mixed),
    }
    json.dump(found, sys.stdout)


def newest(kind: str) -> str:
    documents = apps.get_model("documents", "Document").objects
    return documents.filter(kind=kind).latest("pk").html


def seconds(pdf: Callable[[str], bytes], text: str) -> float:
    started = time.perf_counter()
    pdf(text)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
