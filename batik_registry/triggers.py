"""Database triggers, declared beside what they serve and installed after every `migrate`.

A trigger depends on the columns that its table has today, so it is not kept in migrations: `install` compares the
definition with the one noted in the trigger's comment and recreates only what differs. See docs/adr/0004.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Provider = Callable[[], Iterable["Trigger"]]
_providers: list[Provider] = []


@dataclass(frozen=True)
class Trigger:
    """One trigger of one table; `body` is PL/pgSQL between BEGIN and END, `when` such as "BEFORE UPDATE"."""

    table: str
    name: str
    when: str
    body: str
    level: str = "ROW"
    referencing: str = ""
    condition: str = ""
    declare: str = ""
    prelude: str = ""  # SQL that the trigger needs beforehand, such as a type
    # The function then runs with its owner's rights: the application may cause the write but not do it itself.
    as_owner: bool = False

    @property
    def function(self) -> str:
        digest = hashlib.sha256(f"{self.table}.{self.name}".encode()).hexdigest()[:8]
        return f"{self.name}_{self.table}"[:50] + f"_{digest}"

    @property
    def sql(self) -> str:
        security = "SECURITY DEFINER SET search_path = public, pg_temp" if self.as_owner else ""
        condition = f"WHEN ({self.condition})" if self.condition else ""
        declare = f"DECLARE {self.declare}" if self.declare else ""
        return f"""
            {self.prelude}
            CREATE OR REPLACE FUNCTION "{self.function}"() RETURNS trigger LANGUAGE plpgsql {security} AS $trigger$
            {declare} BEGIN {self.body} END $trigger$;
            CREATE OR REPLACE TRIGGER "{self.name}" {self.when} ON "{self.table}" {self.referencing}
            FOR EACH {self.level} {condition} EXECUTE FUNCTION "{self.function}"();
        """

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def register(provider: Provider) -> None:
    """Let `provider` name triggers to install; called once per app in `AppConfig.ready`."""
    _providers.append(provider)


def declared() -> list[Trigger]:
    return [trigger for provider in _providers for trigger in provider()]


def install(using: str = "default", **_signal: object) -> None:
    """Bring the database's triggers to what is declared; tables that are not there (yet) are passed over."""
    connection = connections[using]
    installed, tables = _installed(connection), set(connection.introspection.table_names())
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for trigger in declared():
            if trigger.table in tables and installed.pop((trigger.table, trigger.name), None) != trigger.fingerprint:
                cursor.execute(trigger.sql)
                cursor.execute(f'COMMENT ON TRIGGER "{trigger.name}" ON "{trigger.table}" IS \'{trigger.fingerprint}\'')
        for table, name in installed:
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')


def _installed(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """Fingerprints of the triggers that an earlier `install` made, by (table, name)."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT t.tgrelid::regclass::text, t.tgname, d.description
            FROM pg_trigger t JOIN pg_description d ON d.objoid = t.oid AND d.classoid = 'pg_trigger'::regclass
            WHERE NOT t.tgisinternal AND length(d.description) = 64
        """)
        return {(table.strip('"'), name): fingerprint for table, name, fingerprint in cursor.fetchall()}
