"""From which transaction number on a change may still be overtaken by one that commits later.

The oldest running transaction, but of this database alone: numbers are shared by all databases of a server, and
somebody else's long transaction says nothing about our log. One counts as somebody else's only where the server says
so of a session that was there before this statement began; whoever may not see other sessions waits for all.
"""

from django.db import migrations

SAFE_BEFORE = """
CREATE FUNCTION changes_safe_before() RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH running AS MATERIALIZED (
        SELECT xid::text::bigint AS xid FROM pg_snapshot_xip(pg_current_snapshot()) AS xid
    ), others AS MATERIALIZED (
        SELECT l.transactionid::text::bigint AS low FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
            AND a.datname <> current_database() AND a.backend_start < statement_timestamp()
    )
    SELECT coalesce(
        (SELECT min(xid) FROM running WHERE NOT EXISTS (SELECT FROM others WHERE low = xid & 4294967295)),
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("changes", "0003_webhooks")]

    operations = [migrations.RunSQL(SAFE_BEFORE, "DROP FUNCTION changes_safe_before()")]
