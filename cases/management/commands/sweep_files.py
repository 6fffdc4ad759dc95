"""Remove files of material that no row knows, and name the rows whose file is gone."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from cases.services.evidence import sweep_files


class Command(BaseCommand):
    help = "清理中断的上传留下的文件（满一小时、没有登记的）；有登记而文件不在的逐条列出，以非零状态退出"

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep_files()
        for row in swept.missing:
            self.stderr.write(
                f"{row.case.number} 材料{row.public_id}：文件不在了，从备份恢复{row.stored_name}"
            )
        self.stdout.write(f"清理了{swept.removed}个没有登记的文件，{len(swept.missing)}份材料缺文件")
        if swept.missing:
            sys.exit(1)
