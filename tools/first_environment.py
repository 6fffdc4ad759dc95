"""Write the environment file of a first start: the dev profile and random keys.

Runs before anything of the product is imported, because the product reads that file when it is imported.

    .venv/bin/python -m tools.first_environment
"""

import base64
import os
import secrets
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent

CONTENT = """\
# 本机试用的设置，由 ./run 在第一次启动时写成。密钥是随机生成的：丢了它们，已加密的内容就读不出来了。
# 各项的说明见 .env.example。
HUXIN_PROFILE=dev
HUXIN_SECRET_KEY={secret}
HUXIN_FIELD_KEYS=k1:{field}
HUXIN_INDEX_KEY={index}
HUXIN_AUDIT_KEY={audit}
"""


def main() -> None:
    """The environment file exists, readable by its owner alone, unless the keys come from the environment."""
    path = Path(os.environ.get("HUXIN_ENV_FILE") or PROJECT_DIR / ".env")
    if path.exists() or os.environ.get("HUXIN_SECRET_KEY"):
        return
    print(f"正在写入 {path.name}（随机密钥，仅本机用户可读）", flush=True)
    content = CONTENT.format(
        secret=secrets.token_urlsafe(50), field=new_key(), index=new_key(), audit=new_key()
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


if __name__ == "__main__":
    main()
