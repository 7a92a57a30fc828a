"""A reference consumer of the API: keeps a copy of the registry in a PostgreSQL of its own, and proves it.

It needs Python's standard library and psycopg, and nothing of this project, so that partners may begin with a copy of
this file. First it loads a snapshot, then it follows the feed from the snapshot's cursor, and whenever it likes it
compares digests at its cursor: by region, then by bucket, then by record, until it can name what is wrong.
"""

import hashlib
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

import psycopg
from psycopg import sql

SPACE = 2**64
PATIENCE = 5  # tries of one request
TABLES = """
    CREATE SCHEMA IF NOT EXISTS {schema};
    CREATE TABLE IF NOT EXISTS {record} (type text, id text, data jsonb NOT NULL, PRIMARY KEY (type, id));
    CREATE TABLE IF NOT EXISTS {place} (
        is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only), cursor text NOT NULL, types text[] NOT NULL
    );
"""
# PostgreSQL reads the JSON itself, so that no number passes through a float on the way.
FILL = """
    INSERT INTO {record}
    SELECT line ->> 'type', coalesce(line #>> '{{data,id}}', line #>> '{{data,code}}'), line -> 'data' FROM mirror_line
"""
APPLY = """
    WITH event AS (
        SELECT DISTINCT ON (told ->> 'type', told ->> 'id')
            told ->> 'type' AS type, told ->> 'id' AS id, told -> 'data' AS data
        FROM jsonb_array_elements(%s::jsonb -> 'results') WITH ORDINALITY AS page(told, place)
        ORDER BY told ->> 'type', told ->> 'id', place DESC
    ), gone AS (
        DELETE FROM {record} AS r USING event
        WHERE (r.type, r.id) = (event.type, event.id) AND event.data = 'null'
    )
    INSERT INTO {record} SELECT type, id, data FROM event WHERE data <> 'null'
    ON CONFLICT (type, id) DO UPDATE SET data = excluded.data
"""
OWN = """
    SELECT {part}, count(*),
        sum(('x' || left(encode(sha256(convert_to(data::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint::numeric)
    FROM {record}
    WHERE type = %(type)s AND (%(region)s = '' OR left(data ->> 'region_code', 2) = %(region)s)
        AND (%(bucket)s = '' OR right(id, 2) = %(bucket)s)
    GROUP BY 1
"""
PARTS = {"region": "coalesce(left(data ->> 'region_code', 2), '')", "bucket": "right(id, 2)", "record": "id"}

Digests = dict[str, tuple[int, int]]


class MirrorError(Exception):
    """What keeps the copy from being right, in a sentence that says what to do."""


@dataclass(frozen=True)
class Wrong:
    """A row of the copy that the registry does not know so; `kind` is "different", "missing" or "extra"."""

    type: str
    id: str
    kind: str


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another address."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Registry:
    """The API at an address, asked with a token. Waits when it is told to, and tries again when the line breaks."""

    def __init__(self, url: str, token: str) -> None:
        parts = urllib.parse.urlsplit(url)
        is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
            raise MirrorError("Alamat registri harus https://, supaya token tidak terbaca di jalan.")
        self.root, self.token = url.rstrip("/"), token
        self.opener = urllib.request.build_opener(NoRedirect)
        self.requests = 0

    def text(self, path: str, **query: str) -> str:
        """The body of an answer."""
        for attempt in range(1, PATIENCE + 1):
            try:
                with self.open(path, **query) as answer:
                    return str(answer.read().decode())
            except urllib.error.HTTPError as error:
                wait = error.headers.get("Retry-After", "")
                if error.code not in (429, 500, 502, 503, 504) or attempt == PATIENCE:
                    raise MirrorError(_refusal(error)) from error
                time.sleep(int(wait) if wait.isdigit() else 2**attempt)
            except (OSError, HTTPException) as error:
                if attempt == PATIENCE:
                    raise MirrorError(f"Registri tidak dapat dihubungi: {error}") from error
                time.sleep(2**attempt)
        raise AssertionError

    def open(self, path: str, **query: str) -> Any:
        self.requests += 1
        address = f"{self.root}/api/v1/{path}/?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(address, headers={"Authorization": f"Bearer {self.token}"})  # noqa: S310
        return self.opener.open(request, timeout=60)


def _refusal(error: urllib.error.HTTPError) -> str:
    """The sentence of a problem+json answer."""
    try:
        return str(json.loads(error.read())["detail"])
    except (ValueError, KeyError, TypeError):
        return f"Registri menjawab {error.code}."


class Mirror:
    """A copy in two tables of one schema: `record` (type, id, data) and `place`, which holds the cursor."""

    def __init__(self, registry: Registry, database: str, *, schema: str = "registri") -> None:
        self.registry = registry
        self.database: psycopg.Connection[Any] = psycopg.connect(database, autocommit=True)
        self.names = {name: sql.Identifier(schema, name) for name in ("record", "place")}
        self.run(TABLES, schema=sql.Identifier(schema))

    def run(self, statement: str, params: Any = None, **names: sql.Composable) -> psycopg.Cursor[Any]:
        return self.database.execute(sql.SQL(statement).format(**self.names, **names), params)

    def close(self) -> None:
        self.database.close()

    # --- the copy ---

    @property
    def place(self) -> tuple[str, list[str]] | None:
        """The cursor at which the copy stands, and the kinds of data it has; None before the first snapshot."""
        row = self.run("SELECT cursor, types FROM {place}").fetchone()
        return (row[0], row[1]) if row else None

    def load(self, types: str = "") -> int:
        """Begin anew with a snapshot; how many rows it has. A cut or altered file changes nothing.

        Raises `MirrorError`.
        """
        query = {"types": types} if types else {}
        with self.database.transaction():
            self.run("CREATE TEMPORARY TABLE mirror_line (line jsonb) ON COMMIT DROP")
            try:
                with self.registry.open("changes/snapshot", **query) as lines:
                    head, count = self._receive(lines)
            except urllib.error.HTTPError as error:
                raise MirrorError(_refusal(error)) from error
            except (OSError, HTTPException) as error:
                raise MirrorError(f"Salinan terpotong: {error}") from error
            self.run("DELETE FROM {record}")
            self.run(FILL)
            self.run("DELETE FROM {place}")
            self.run("INSERT INTO {place} (cursor, types) VALUES (%s, %s)", [head["cursor"], head["types"]])
        return count

    def _receive(self, lines: Any) -> tuple[dict[str, Any], int]:
        """Head and count of a whole snapshot, its rows put into `mirror_line`."""
        head, foot, checksum, count = json.loads(next(lines, b"{}") or b"{}"), {}, hashlib.sha256(), 0
        with self.database.cursor() as cursor, cursor.copy("COPY mirror_line FROM STDIN") as copy:
            for line in lines:
                if line.startswith(b'{"count":'):
                    foot = json.loads(line)
                    break
                checksum.update(line)
                count += 1
                copy.write_row([line.decode()])
        if foot != {"count": count, "sha256": checksum.hexdigest()}:
            raise MirrorError("Salinan terpotong atau rusak: jumlah baris dan SHA-256 tidak cocok. Ulangi.")
        return head, count

    def follow(self) -> int:
        """Take what changed since, page by page, each with its cursor in one transaction; how many changes."""
        taken, more = 0, True
        while more:
            cursor, types = self._stand()
            text = self.registry.text("changes", after=cursor, types=",".join(types), limit="1000")
            page = json.loads(text)
            with self.database.transaction():
                self.run(APPLY, [text])
                self.run("UPDATE {place} SET cursor = %s", [page["cursor"]])
            taken, more = taken + len(page["results"]), page["more"]
        return taken

    def _stand(self) -> tuple[str, list[str]]:
        place = self.place
        if place is None:
            raise MirrorError("Salinan ini masih kosong; muatlah dahulu.")
        return place

    # --- the proof ---

    def prove(self) -> Iterator[Wrong]:
        """The rows that differ from the registry as it was at the copy's cursor; none where the copy is right."""
        cursor, types = self._stand()
        for name, parts in self._told(cursor, ",".join(types), by="region").items():
            own = self._own(name, "region")
            for region in _differing(own, parts) if own.keys() - {""} else _as_whole(own, parts):
                yield from self._wrong_in(cursor, name, region)

    def _wrong_in(self, cursor: str, name: str, region: str) -> Iterator[Wrong]:
        for bucket in self._differing(cursor, name, "bucket", region=region):
            for key, kind in self._differing(cursor, name, "record", region=region, bucket=bucket).items():
                yield Wrong(name, key, kind)

    def _differing(self, cursor: str, name: str, by: str, **within: str) -> dict[str, str]:
        asked = {key: value for key, value in within.items() if value}
        told = self._told(cursor, name, by=by, **asked)[name]
        return _differing(self._own(name, by, **asked), told)

    def _told(self, cursor: str, types: str, **query: str) -> dict[str, Digests]:
        found: dict[str, Digests] = {name: {} for name in types.split(",")}
        for one in json.loads(self.registry.text("digests", cursor=cursor, types=types, **query))["results"]:
            found[one["type"]][one["part"] or ""] = (one["count"], int(one["checksum"], 16))
        return found

    def _own(self, name: str, by: str, region: str = "", bucket: str = "") -> Digests:
        query = {"type": name, "region": region, "bucket": bucket}
        rows = self.run(OWN, query, part=sql.SQL(PARTS[by])).fetchall()
        return {part: (count, int(total) % SPACE) for part, count, total in rows}


def _differing(own: Digests, told: Digests) -> dict[str, str]:
    """The parts that are not alike, with what is the matter with each."""
    found = {part: "different" for part in own.keys() & told.keys() if own[part] != told[part]}
    return found | dict.fromkeys(told.keys() - own.keys(), "missing") | dict.fromkeys(own.keys() - told.keys(), "extra")


def _as_whole(own: Digests, told: Digests) -> list[str]:
    """The same for data whose rows do not name their region: [""] where all of it together is not alike."""
    sums = [(sum(n for n, _total in one.values()), sum(t for _n, t in one.values()) % SPACE) for one in (own, told)]
    return [""] if sums[0] != sums[1] else []
