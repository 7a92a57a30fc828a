"""PostgreSQL settings that every transaction of the current context begins with (`SET LOCAL`)."""

from contextvars import ContextVar

transaction_settings: ContextVar[dict[str, str]] = ContextVar("transaction_settings", default={})
