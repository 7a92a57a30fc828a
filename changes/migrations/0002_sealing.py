"""Reading logged rows back, and sealing them into the hash chain.

`changes_seal` takes only rows whose transaction number lies below the oldest running transaction: nothing can commit
behind them any more, so the chain's order is final. It runs outside of business transactions (docs/adr/0002).
"""

from django.db import migrations

DECODE = """
CREATE FUNCTION changes_decode(shape text, logged text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE result jsonb;
BEGIN
    EXECUTE format('SELECT to_jsonb($1::%I)', shape) INTO result USING logged;
    RETURN result;
END $$;
"""

# Everything that a reader is told about a change, in a form that no session setting influences.
DIGEST = """
CREATE FUNCTION changes_digest(c changes_change) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        c.seq, c.xid, (extract(epoch FROM c.recorded_at) * 1000000)::bigint, c.model, c.record_id, c.region_code,
        c.operation, c.actor_id, c.actor_name, c.door, c.reason, c.submission_id, c.request_id, c.shape, c.row
    )::text, 'UTF8'))
$$;
"""

SEAL = """
CREATE FUNCTION changes_seal(at_most integer, nothing_runs boolean DEFAULT false) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    epoch bigint := coalesce((SELECT max(starts_after) FROM changes_epoch), 0);
    safe_before bigint := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    after_xid bigint := 0;
    after_seq bigint := epoch;
    last record;
    link record;
    pos bigint := 0;
    chain bytea := '';
    sealed integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('changes_seal')) THEN
        RETURN 0;  -- another sealer is at work
    END IF;
    IF nothing_runs THEN
        safe_before := 9223372036854775807;
    END IF;
    SELECT s.position, s.hash, c.xid, c.seq INTO last
        FROM changes_seal s LEFT JOIN changes_change c ON c.seq = s.change_id ORDER BY s.position DESC LIMIT 1;
    IF FOUND THEN
        pos := last.position;
        chain := last.hash;
        IF last.seq > epoch THEN
            after_xid := last.xid;
            after_seq := last.seq;
        END IF;
    END IF;
    FOR link IN
        SELECT c.seq, changes_digest(c) AS digest FROM changes_change c
        WHERE c.seq > epoch AND c.xid >= after_xid AND c.xid < safe_before AND (c.xid, c.seq) > (after_xid, after_seq)
        ORDER BY c.xid, c.seq LIMIT at_most
    LOOP
        pos := pos + 1;
        chain := sha256(chain || link.digest);
        sealed := sealed + 1;
        INSERT INTO changes_seal VALUES (pos, link.digest, chain, clock_timestamp(), link.seq);
    END LOOP;
    RETURN sealed;
END $$;
"""

FAULTS = """
CREATE FUNCTION changes_faults() RETURNS TABLE (at_position bigint, seq bigint, fault text) LANGUAGE sql STABLE AS $$
    SELECT s.position, s.change_id, CASE
            WHEN c.seq IS NULL THEN 'missing'
            WHEN changes_digest(c) <> s.digest THEN 'altered'
            WHEN s.position <> s.expected OR s.hash <> sha256(s.previous || s.digest) THEN 'chain'
        END AS fault
    FROM (
        SELECT *, lag(hash, 1, ''::bytea) OVER w AS previous, lag(position, 1, 0::bigint) OVER w + 1 AS expected
        FROM changes_seal WINDOW w AS (ORDER BY position)
    ) s
    LEFT JOIN changes_change c ON c.seq = s.change_id
    WHERE c.seq IS NULL OR changes_digest(c) <> s.digest OR s.position <> s.expected
        OR s.hash <> sha256(s.previous || s.digest)
    ORDER BY s.position
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("changes", "0001_initial")]

    operations = [
        migrations.RunSQL(DECODE, "DROP FUNCTION changes_decode(text, text)"),
        migrations.RunSQL(DIGEST, "DROP FUNCTION changes_digest(changes_change)"),
        migrations.RunSQL(SEAL, "DROP FUNCTION changes_seal(integer, boolean)"),
        migrations.RunSQL(FAULTS, "DROP FUNCTION changes_faults()"),
    ]
