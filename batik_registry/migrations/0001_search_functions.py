"""What searching by name rests on: three extensions and two functions.

The functions have SQL-standard bodies: PostgreSQL binds what they call when they are created. So they mean the same
under any search_path (restore, autovacuum, generated columns), wherever the extensions live, and pg_dump knows that
they come after `unaccent`. The "C" collation makes them answer alike on every server.
"""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

SQUASH = """
CREATE OR REPLACE FUNCTION registry_squash(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    lower(unaccent('unaccent'::regdictionary, value) COLLATE "C"), '[^a-z0-9]+' COLLATE "C", '', 'g'
);
COMMENT ON FUNCTION registry_squash(text) IS 'Letters and digits only, lower case, without accents: for search keys';
"""

FOLD = """
CREATE OR REPLACE FUNCTION registry_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(
    regexp_replace(lower(unaccent('unaccent'::regdictionary, value) COLLATE "C"), '\\s+' COLLATE "C", ' ', 'g')
);
COMMENT ON FUNCTION registry_fold(text) IS 'Lower case, without accents, single spaces: for comparing words';
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(SQUASH, "DROP FUNCTION registry_squash(text)"),
        migrations.RunSQL(FOLD, "DROP FUNCTION registry_fold(text)"),
    ]
