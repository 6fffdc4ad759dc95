"""How a child process gives up what it does not need before it looks at something untrusted. Plain Python.

Called by the child itself, first thing; what it gave up it cannot get back.
"""

import ctypes
import os
import resource
from pathlib import Path
from typing import Any

_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000
_STARTS_PROCESS = (
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "subprocess.Popen",
)


def limit_resources(*, memory: int, file_size: int, seconds: int) -> None:
    """Address space and written files (bytes), processor time (seconds) and core dumps are bounded from here on."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_network() -> bool:
    """The process has a network of its own without any interface, where the kernel lets it; whether it does.

    Raises OSError where the kernel begins and does not finish.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        Path("/proc/self", name).write_text(text)
    return True


def refuse_outside(event: str, _arguments: Any) -> None:
    """An audit hook: no socket and no program from here, whatever a library tries."""
    if event.startswith("socket.") or event in _STARTS_PROCESS:
        raise PermissionError(event)
