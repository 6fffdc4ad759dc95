"""Where the current act comes from, for the record: set by the request middleware and by tasks."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
