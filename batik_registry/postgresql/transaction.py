"""PostgreSQL settings that every transaction of the current context begins with (`SET LOCAL`)."""

from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType

NONE: Mapping[str, str] = MappingProxyType({})
transaction_settings: ContextVar[Mapping[str, str]] = ContextVar("transaction_settings", default=NONE)
