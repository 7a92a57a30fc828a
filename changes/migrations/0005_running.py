"""Which transactions may still write to this database's log: asked by the feed's order and by the tags of lists.

Those of other databases count as somebody else's only where the server says so of a session that was there before this
statement began; whoever may not see other sessions waits for all. Autovacuum writes nothing to the log.
"""

from django.db import migrations

RUNNING = """
CREATE FUNCTION changes_running() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    WITH running AS MATERIALIZED (
        SELECT xid::text::bigint AS xid FROM pg_snapshot_xip(pg_current_snapshot()) AS xid
    ), others AS MATERIALIZED (
        SELECT l.transactionid::text::bigint AS low FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
            AND a.backend_start < statement_timestamp()
            AND (a.datname <> current_database() OR a.backend_type = 'autovacuum worker')
    )
    SELECT xid FROM running WHERE NOT EXISTS (SELECT FROM others WHERE low = xid & 4294967295) ORDER BY xid
$$;

CREATE OR REPLACE FUNCTION changes_safe_before() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT min(xid) FROM changes_running() AS xid), pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    )
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION changes_safe_before() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint
$$;
DROP FUNCTION changes_running();
"""


class Migration(migrations.Migration):
    dependencies = [("changes", "0004_safe_before")]

    operations = [migrations.RunSQL(RUNNING, BEFORE)]
