"""The fixed environment of a test run: keys nobody uses, a data folder that vanishes with the process."""

import atexit
import base64
import os
import shutil
import tempfile

VAR_DIR = tempfile.mkdtemp(prefix="huxin-test-")
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)


def _key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


os.environ.update(
    HUXIN_SECRET_KEY="only-for-tests-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    HUXIN_FIELD_KEYS=f"t2:{_key('f')},t1:{_key('e')}",
    HUXIN_INDEX_KEY=_key("i"),
    HUXIN_AUDIT_KEY=_key("a"),
    HUXIN_VAR_DIR=VAR_DIR,
    REDIS_URL="",
)
