"""The application's database role: it works with every table, and can only read the change log."""

from django.db import connections

ROLE = "registri_app"

CREATE_ROLE = f"""
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE} LOGIN; END IF;
    EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL;  -- another database's migration was quicker
    END $$
"""
GRANTS = f"""
    GRANT USAGE ON SCHEMA public TO {ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {ROLE};
    REVOKE INSERT, UPDATE, DELETE ON changes_change, changes_seal, changes_epoch FROM {ROLE};
    REVOKE UPDATE, DELETE ON changes_personalread FROM {ROLE};
    REVOKE ALL ON SEQUENCE changes_change_seq_seq FROM {ROLE};
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {ROLE};
"""


def apply(using: str = "default", **_signal: object) -> None:
    """Make the role and its rights what they should be; runs after each `migrate`, so new tables are covered."""
    connection = connections[using]
    if "changes_change" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(CREATE_ROLE)
        cursor.execute(GRANTS)
