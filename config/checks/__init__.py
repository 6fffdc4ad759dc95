"""Weak configuration does not start.

`keys` holds in every profile. The others are deployment checks: they run with ``check --deploy`` and, in a
hardened profile, at the start of web, worker and beat (`config.startup`). A message names the setting, never
its value.
"""

from config.checks import database, keys, machine, queue, web

__all__ = ["database", "keys", "machine", "queue", "web"]
