"""How background work is carried: Redis in production, files below the data folder when there is no Redis.

Nothing may depend on a message arriving. What must happen stands in the outbox table; a message only wakes
the relay earlier than the sweep of the next minute would.
"""

from pathlib import Path
from typing import Any

# An attempt that takes longer is ended, so that one hanging effect cannot hold the others up.
SOFT_LIMIT_SECONDS = 60
HARD_LIMIT_SECONDS = 90


def broker_url(redis_url: str) -> str:
    """Where messages go."""
    return redis_url or "filesystem://localhost"


def broker_options(redis_url: str, *, var_dir: Path) -> dict[str, Any]:
    """How they go there; makes the folders the file broker needs."""
    if redis_url:
        return {
            "visibility_timeout": 2 * HARD_LIMIT_SECONDS,  # longer than any task, or it would run twice
            "socket_connect_timeout": 1,
            "socket_timeout": 2,
        }
    messages, control = var_dir / "queue" / "messages", var_dir / "queue" / "control"
    for folder in (messages, control):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "data_folder_in": str(messages),
        "data_folder_out": str(messages),
        "control_folder": str(control),
        "polling_interval": 0.2,  # the default of one second starves beat
    }
