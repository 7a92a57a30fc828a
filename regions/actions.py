"""Bringing the table of regions to what an edition of the data says, in a few statements over the whole table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from regions.editions import Alias, Edition, EditionError, Header, Row
from regions.models import Region, RegionAlias, RegionEdition

# The key keeps every statement below quick also where statistics of regions_region are old: once, after it had been
# analysed nearly empty, PostgreSQL 15 compared each of 91,000 codes with each other for more than seven minutes.
INCOMING = """
    CREATE TEMPORARY TABLE regions_incoming (
        code varchar(13) COLLATE "C" PRIMARY KEY, name text, path text, latitude numeric(9, 6), longitude numeric(9, 6)
    )
"""
# A code that an officer ended by hand under a newer law stays ended; one that an older edition dropped comes back.
CHANGE = """
    UPDATE regions_region AS known
    SET name = incoming.name, path = incoming.path, decree = %(decree)s,
        valid_to = CASE WHEN known.valid_to < %(decreed_on)s THEN NULL ELSE known.valid_to END
    FROM regions_incoming AS incoming
    WHERE known.code = incoming.code AND (
        (known.name, known.path) IS DISTINCT FROM (incoming.name, incoming.path) OR known.valid_to < %(decreed_on)s
    )
"""
# Points that somebody entered from a better source are left alone.
MOVE = """
    UPDATE regions_region AS known
    SET latitude = incoming.latitude, longitude = incoming.longitude, point_source = %(point_source)s
    FROM regions_incoming AS incoming
    WHERE known.code = incoming.code AND incoming.latitude IS NOT NULL
        AND known.point_source IN ('', %(point_source)s)
        AND (known.latitude, known.longitude) IS DISTINCT FROM (incoming.latitude, incoming.longitude)
"""
# When the first edition is loaded nobody can say since when its codes are valid.
ADD = """
    INSERT INTO regions_region (
        code, name, path, latitude, longitude, point_source, decree, valid_from,
        bps_code, successor_codes, row_version, created_at, updated_at
    )
    SELECT code, name, path, latitude, longitude, CASE WHEN latitude IS NULL THEN '' ELSE %(point_source)s END,
        %(decree)s, CASE WHEN %(is_first)s THEN NULL ELSE %(decreed_on)s END, '', '{}', 1, now(), now()
    FROM regions_incoming AS incoming
    WHERE NOT EXISTS (SELECT FROM regions_region AS known WHERE known.code = incoming.code)
    ORDER BY code
"""
END = """
    UPDATE regions_region AS known SET valid_to = greatest(known.valid_from, %(decreed_on)s - 1)
    WHERE known.valid_to IS NULL
        AND NOT EXISTS (SELECT FROM regions_incoming AS incoming WHERE incoming.code = known.code)
"""
# Else the first searches would read the index's list of entries that wait to be sorted in. Only owners may do this.
TIDY = """
    ANALYZE regions_region;
    SELECT gin_clean_pending_list(oid) FROM pg_class
    WHERE oid = 'regions_region_squashed'::regclass AND pg_has_role(relowner, 'USAGE')
"""


@dataclass(frozen=True)
class Outcome:
    """How many regions a load added, changed and ended."""

    added: int
    changed: int
    vanished: int

    @property
    def wrote_something(self) -> bool:
        return any((self.added, self.changed, self.vanished))


@transaction.atomic
def load_edition(*, edition: Edition) -> Outcome:
    """Add, change and end regions so that the table says what the edition says; rows that agree are not touched."""
    latest = RegionEdition.objects.order_by("decree_date").last()
    if latest and latest.decree_date > edition.header.decreed_on:
        raise EditionError(
            _("Data wilayah %(old)s tidak dimuat, karena %(new)s yang lebih baru sudah dimuat")
            % {"old": edition.header.decree, "new": latest.decree}
        )
    with connection.cursor() as cursor:
        _copy(cursor, edition.rows)
        outcome = _merge(cursor, edition.header, is_first=latest is None)
        cursor.execute("DROP TABLE regions_incoming")
        if outcome.wrote_something:
            cursor.execute(TIDY)
    _add_aliases(edition.aliases)
    _record(edition.header, outcome)
    return outcome


def _copy(cursor: CursorWrapper, rows: Iterable[Row]) -> None:
    cursor.execute(INCOMING)
    addresses: dict[str, str] = {}  # of the regions so far: name and path; a region comes after the one above it
    with cursor.copy("COPY regions_incoming FROM STDIN") as copy:
        for row in rows:
            path = addresses.get(row.code.rpartition(".")[0], "")
            addresses[row.code] = f"{row.name}, {path}" if path else row.name
            copy.write_row((row.code, row.name, path, row.latitude or None, row.longitude or None))
    cursor.execute("ANALYZE regions_incoming")


def _merge(cursor: CursorWrapper, header: Header, *, is_first: bool) -> Outcome:
    values = {
        "decree": header.decree,
        "decreed_on": header.decreed_on,
        "point_source": header.point_source,
        "is_first": is_first,
    }
    changed = _affected(cursor, CHANGE, values) + _affected(cursor, MOVE, values)
    return Outcome(added=_affected(cursor, ADD, values), changed=changed, vanished=_affected(cursor, END, values))


def _affected(cursor: CursorWrapper, statement: str, values: dict[str, Any]) -> int:
    cursor.execute(statement, values)
    return cursor.rowcount


def _add_aliases(aliases: Iterable[Alias]) -> None:
    known = set(RegionAlias.objects.values_list("region_id", "name"))
    here = set(Region.objects.filter(code__in={alias.code for alias in aliases}).values_list("code", flat=True))
    for alias in aliases:
        if alias.code in here and (alias.code, alias.name) not in known:
            RegionAlias.objects.create(region_id=alias.code, name=alias.name, source=alias.source)


def _record(header: Header, outcome: Outcome) -> None:
    """Note the load, unless it is the edition that was there already."""
    latest = RegionEdition.objects.order_by("created_at").last()
    if not outcome.wrote_something and latest and latest.sha256 == header.sha256:
        return
    RegionEdition.objects.create(
        source=header.source,
        package=header.package,
        licence=header.licence,
        decree=header.decree,
        decree_date=header.decreed_on,
        note=header.note,
        sha256=header.sha256,
        provinces=header.counts["PROVINSI"],
        regencies=header.counts["KAB_KOTA"],
        districts=header.counts["KECAMATAN"],
        villages=header.counts["DESA_KEL"],
        added=outcome.added,
        changed=outcome.changed,
        vanished=outcome.vanished,
    )
