"""The site under load: pages on 10,000 and 100,000 cases, registrations at once, PDFs; each line met or not met.

    .venv/bin/python -m benchmarks.load                  10,000 and 100,000 cases
    .venv/bin/python -m benchmarks.load 10000 1000000    other numbers

Starts a PostgreSQL of its own on loopback and fills it with `seed_demo --size stress`; everything lies in a temporary
folder and is gone at the end. Ends with 1 when a target was not met. What the figures mean: docs/performance.md.
"""

import base64
import json
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cluster import create, postgresql

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000)
ROUNDS = 2
Found = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """One line that is to be reached: a number and the most (or the least) it may be."""

    label: str
    value: float
    limit: float
    is_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value >= self.limit if self.is_least else self.value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.is_least else "≤"
        verdict = "met    " if self.met else "NOT MET"
        return f"{verdict}  {self.label}: {self.value:.4g}{self.unit} ({sign} {self.limit:g}{self.unit})"


def main(arguments: list[str]) -> int:
    sizes = sorted({int(each.replace(",", "").replace("_", "")) for each in arguments}) or list(SIZES)
    print(machine(), flush=True)
    found: dict[int, Found] = {}
    with tempfile.TemporaryDirectory(prefix="huxin-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with postgresql(folder) as server:
            sites = {size: prepared(server, folder, size) for size in sizes}
            for _round in range(ROUNDS):  # in turns, so that a busy moment of the machine meets every size
                for size, environment in sites.items():
                    found[size] = quicker(found.get(size), child("pages", environment))
            smallest = sites[sizes[0]]
            printing, registration = child("printing", smallest), child("registration", smallest)
            parts = child("parts", smallest)
    for size, pages in found.items():
        print_pages(size, pages)
    print_printing(printing)
    print_registration(registration)
    print_parts(parts)
    lines = targets(found, printing, registration)
    print("\n== Targets", *lines, sep="\n", flush=True)
    return int(not all(line.met for line in lines))


# Preparing


def prepared(server: str, folder: Path, size: int) -> dict[str, str]:
    """The environment of a site whose database holds so many cases."""
    environment = settings(folder, create(server, f"cases_{size}"))
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "load_reference", "--verbosity", "0")
    started = time.monotonic()
    manage(environment, "seed_demo", "--size", "stress", "--cases", str(size), "--verbosity", "0")
    seeded = time.monotonic()
    manage(environment, "verify_audit", "--verbosity", "0")
    verified = time.monotonic()
    print(
        f"{size:,} cases written in {seeded - started:.0f} s, record verified in {verified - seeded:.0f} s",
        flush=True,
    )
    return environment


def settings(folder: Path, database: str) -> dict[str, str]:
    """A trial site with keys of its own and its files in the folder."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return inherited | {
        "HUXIN_PROFILE": "dev",
        "HUXIN_ENV_FILE": os.devnull,
        "HUXIN_SECRET_KEY": secrets.token_urlsafe(50),
        "HUXIN_FIELD_KEYS": f"k1:{key()}",
        "HUXIN_INDEX_KEY": key(),
        "HUXIN_AUDIT_KEY": key(),
        "HUXIN_VAR_DIR": str(folder / "var"),
        "HUXIN_LOG_LEVEL": "ERROR",
        "DATABASE_URL": database,
    }


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)


def child(module: str, environment: dict[str, str]) -> Found:
    """What the module of this folder measured."""
    command = [sys.executable, "-m", f"benchmarks.{module}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    found: Found = json.loads(done.stdout)
    return found


def quicker(before: Found | None, now: Found) -> Found:
    """For each page the round in which its p95 was lower."""
    if before is None:
        return now
    return {name: min(before[name], line, key=lambda each: each["p95"]) for name, line in now.items()}


# Saying it


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load at the start {load:.1f}"
    )


def print_pages(size: int, found: Found) -> None:
    print(f"\n== {size:,} cases, the quicker of {ROUNDS} rounds")
    print(f"{'':26}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'runs':>6}")
    for name, line in found.items():
        print(f"{name:26}{line['queries']:8}{line['p50']:9.1f}{line['p95']:9.1f}{line['runs']:6}", flush=True)


def print_printing(found: Found) -> None:
    print(f"\n== PDF, warm{'':14}{'product s':>10}{'plain s':>10}{'ratio':>7}")
    for name, line in found.items():
        label = "100 of them in turns" if name == "batch" else name
        ratio = line["product"] / line["plain"]
        print(f"{label:26}{line['product']:10.3f}{line['plain']:10.3f}{ratio:7.2f}")


def print_registration(found: Found) -> None:
    print(f"\n== Registrations at once, {found['clients']} clients, best of {len(found['rounds'])} rounds")
    print(f"{'registration':26}{found['register']:10.1f} a second")
    print(f"{'bare inserts':26}{found['bare']:10.1f} a second")


def print_parts(found: Found) -> None:
    print(f"\n== Parts of a registration, ms{'':11}{'whole':>7}{'worked':>8}{'database':>10}{'queries':>9}")
    for name, line in found.items():
        figures = f"{line['ms']:7.1f}{line['worked']:8.1f}{line['database']:10.1f}{line['queries']:9.0f}"
        print(f"{name:40}{figures}")


# Judging


def targets(found: dict[int, Found], printing: Found, registration: Found) -> list[Target]:
    """Every line that is to be reached."""
    smallest, largest = min(found), max(found)
    lines = []
    for size, pages in found.items():
        lists = {name: line for name, line in pages.items() if name.startswith("list/")}
        queries = [line["queries"] for line in lists.values()]
        of = f"{size:,} cases"
        lines += [
            Target(f"{of}: difference of queries between rows and roles", max(queries) - min(queries), 0),
            Target(f"{of}: queries of the list", max(queries), 12),
            Target(f"{of}: queries of the case page", case_queries(pages), 20),
            Target(f"{of}: queries of the indicators", pages["indicators"]["queries"], 10),
        ]
        found_names = [name for name in pages if name.startswith("search/")]
        lines += [Target(f"{of}: p95 of {name}", pages[name]["p95"], 300, unit=" ms") for name in found_names]
    if largest > smallest:
        for name in (each for each in found[largest] if each.startswith("list/")):
            growth = found[largest][name]["p95"] / found[smallest][name]["p95"]
            lines.append(Target(f"{name}: p95 at {largest:,} over {smallest:,}", growth, 1.5, unit="×"))
    share = registration["register"] / registration["bare"]
    lines.append(Target("registrations over bare inserts", share, 0.5, is_least=True, unit="×"))
    for kind, line in printing.items():
        lines.append(
            Target(f"PDF {kind} over WeasyPrint alone", line["product"] / line["plain"], 1.1, unit="×")
        )
    return lines


def case_queries(pages: Found) -> int:
    return max(line["queries"] for name, line in pages.items() if name.startswith("case/"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
