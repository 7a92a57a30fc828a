"""Django's PostgreSQL backend with two additions: settings that travel with each transaction, and the embedded server.

Django loads this as the engine `batik_registry.postgresql`.
"""

from collections.abc import Mapping
from typing import Any

from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.backends.postgresql import base

from batik_registry import postgres
from batik_registry.postgresql.transaction import transaction_settings

#: How near two words must be to count as spellings of one: Brama, Bharama and Barama are 0.5 apart. Set with the
#: connection because PostgreSQL's indexed operator takes it from nowhere else.
SIMILAR_WORDS = "-c pg_trgm.word_similarity_threshold=0.45"


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        """Start the embedded server when this is the first connection to it, then connect as usual."""
        params = super().get_connection_params()
        params["options"] = f"{params.get('options', '')} {SIMILAR_WORDS}".strip()
        root = params.pop("embedded_root", None)
        if root is None:
            return params
        return params | {"host": str(postgres.ensure_running(root, self._database_to_create()).socket_dir)}

    def _database_to_create(self) -> str | None:
        """The named database comes into being on first use; test databases are made by Django's test runner."""
        name: str | None = self.settings_dict["NAME"]
        return None if name and name.startswith(TEST_DATABASE_PREFIX) else name

    def _set_autocommit(self, autocommit: bool) -> None:
        """Begin a transaction with the settings of the moment (who acts, why), so that they end with it."""
        super()._set_autocommit(autocommit)
        settings = transaction_settings.get()
        if not autocommit and settings:
            self.apply_transaction_settings(settings)

    def apply_transaction_settings(self, settings: Mapping[str, str]) -> None:
        calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
        self.connection.execute(f"SELECT {calls}", [part for item in settings.items() for part in item])
