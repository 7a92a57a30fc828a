"""The region data file of this application: a compressed table and a header that says what it is.

`compile_regions` writes the pair, `load_regions` reads it. The header's checksum is of the table uncompressed, so
that it does not depend on the version of the compressor.
"""

import csv
import hashlib
import io
import json
import lzma
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from django.utils.translation import gettext as _

from regions.choices import LEVEL_BY_LENGTH

DATA = Path(__file__).parent / "data"
HEADER, TABLE, ALIASES = "edition.json", "regions.csv.xz", "aliases.csv"
COLUMNS = ["code", "name", "latitude", "longitude"]


class EditionError(Exception):
    """The data file is not what its header says; the message tells how."""


class Row(NamedTuple):
    code: str
    name: str
    latitude: str = ""
    longitude: str = ""


class Alias(NamedTuple):
    code: str
    name: str
    source: str


@dataclass(frozen=True)
class Header:
    """What a table of regions is: its origin, licences, legal basis, size and checksum."""

    source: str
    package: str
    licence: str
    decree: str
    decree_date: str
    note: str
    point_source: str
    counts: dict[str, int]
    sha256: str

    @property
    def decreed_on(self) -> date:
        return date.fromisoformat(self.decree_date)


@dataclass(frozen=True)
class Edition:
    header: Header
    rows: list[Row]
    aliases: list[Alias]

    @classmethod
    def read(cls, folder: Path = DATA) -> Self:
        """The edition in the folder, compared with its header; raises `EditionError` when they differ."""
        header = Header(**json.loads((folder / HEADER).read_text("utf-8")))
        table = lzma.decompress((folder / TABLE).read_bytes())
        rows = list(map(Row._make, _records(table.decode("utf-8"))))
        _compare(header, table, rows)
        aliases = map(Alias._make, _records((folder / ALIASES).read_text("utf-8")))
        return cls(header, rows, list(aliases))

    @classmethod
    def write(cls, folder: Path, rows: list[Row], **description: str) -> Header:
        """Write table and header; equal rows give equal bytes."""
        table = _table(rows)
        header = Header(counts=counts(rows), sha256=hashlib.sha256(table).hexdigest(), **description)
        (folder / TABLE).write_bytes(lzma.compress(table, preset=9 | lzma.PRESET_EXTREME))
        (folder / HEADER).write_text(json.dumps(asdict(header), indent=2, ensure_ascii=False) + "\n", "utf-8")
        return header


def counts(rows: Iterable[Row]) -> dict[str, int]:
    lengths = Counter(len(row.code) for row in rows)
    return {str(level): lengths[length] for length, level in LEVEL_BY_LENGTH.items()}


def _records(text: str) -> Iterable[list[str]]:
    """The lines below the header line."""
    return list(csv.reader(io.StringIO(text)))[1:]


def _table(rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _compare(header: Header, table: bytes, rows: list[Row]) -> None:
    if hashlib.sha256(table).hexdigest() != header.sha256:
        raise EditionError(_("Sidik SHA-256 berkas wilayah tidak sama dengan yang tertulis di keterangannya"))
    if (found := counts(rows)) != header.counts:
        raise EditionError(
            _("Jumlah wilayah dalam berkas %(found)s, sedangkan keterangannya menyebut %(stated)s")
            % {"found": found, "stated": header.counts}
        )
    codes = {row.code for row in rows}
    orphans = [code for code in codes if "." in code and code.rpartition(".")[0] not in codes]
    if orphans:
        raise EditionError(_("Wilayah %(code)s tidak memiliki wilayah induk dalam berkas") % {"code": min(orphans)})
