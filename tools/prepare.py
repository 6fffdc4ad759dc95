"""Bring the data of this checkout up to date: database, static files, reference data, demo cases.

`./run` calls it before it serves. Everything here may be repeated; a second run changes nothing.

    .venv/bin/python -m tools.prepare
"""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from config.profile import settings_module


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
    try:
        django.setup()
        migrate()
        collect_static_files()
        load_data()
    except SystemCheckError as error:
        sys.exit(f"{error}\n\n设置没有通过检查。请按上面的提示改正 .env 或环境变量。")
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(f"\n{error}")
    except OperationalError as error:
        sys.exit(f"\n数据库用不了：{error}\n请检查 DATABASE_URL 和数据库服务。")


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("正在更新数据库结构", flush=True)
    call_command("migrate", interactive=False, verbosity=0)


def collect_static_files() -> None:
    """The folder of static files holds what the sources hold; skipped while no source has changed."""
    state = static_state()
    stamp = settings.VAR_DIR / "static-state"
    if stamp.is_file() and stamp.read_text() == state and Path(settings.STATIC_ROOT).is_dir():
        return
    print("正在收集静态文件", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state)


def static_state() -> str:
    """A digest over name, size and time of every static file of every app."""
    digest = hashlib.sha256(repr(settings.STORAGES).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_data() -> None:
    """Reference data is current; a demo site without a single case gets the small demo set."""
    print("正在载入基础数据", flush=True)
    call_command("load_reference", verbosity=0)
    cases = apps.get_model("cases", "Case")._base_manager
    if settings.DEMO and not cases.exists():
        print("正在写入演示案件", flush=True)
        call_command("seed_demo", size="small")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\n已中断。")
