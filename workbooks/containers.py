"""Is this a workbook that is safe to open? Asked of the bytes, before anything takes them for a workbook.

Nothing here grows with what a file claims: parts are unpacked piece by piece, and forgotten.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from workbooks.exceptions import Unreadable

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 256
MAX_PARTS = 500
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 250
SMALL_PART = 1024 * 1024
#: What a reader may at worst copy, if every cell held the longest text.
MAX_TEXT = 1_500_000_000
PIECE = 1024 * 1024

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
NAMESPACE = re.compile(r"^\{[^}]*\}")
TOO_FAR = re.compile(rb'\br="(?:[A-Z]{3}|[J-Z][A-Z])\d')
TOO_DEEP = re.compile(rb'\br="[A-Z]{0,3}(?:[2-9]\d{5}|1[1-9]\d{4}|10[1-9]\d{3}|\d{7,})"')
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+\d+)"[^>]*?>\s*<(?:\w+:)?f\b')
FAILED = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+\d+)"')
HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
LAST_ROW = re.compile(rb".*</(?:\w+:)?row>", re.DOTALL)
TEXTS = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)


@dataclass
class Facts:
    """What a sheet's XML says beside its values: addresses such as "C5", row numbers, and merged areas."""

    formulas: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    text_cells: int = 0


def opened(content: bytes) -> zipfile.ZipFile:
    """The container of an .xlsx whose every part was looked into. Raises `Unreadable`."""
    _check_kind(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _check_sizes(archive)
        _check_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError):
        raise _broken() from None
    return archive


def _broken() -> Unreadable:
    return Unreadable(_("Berkas ini rusak. Buka di Excel, simpan lagi sebagai .xlsx, lalu unggah."))


def check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise Unreadable(_("Berkas paling besar 50 MB. Bagi menjadi beberapa berkas."))


def _check_kind(content: bytes) -> None:
    check_size(len(content))
    if content.startswith(OLE):  # an old .xls, or a new one behind a password
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P" in content:
            raise Unreadable(_("Berkas ini berkata sandi. Hapus kata sandinya di Excel, lalu unggah."))
        raise Unreadable(_("Berkas .xls lama tidak dibaca. Buka di Excel, lalu simpan sebagai .xlsx."))
    if not content.startswith(ZIP):
        raise _broken()


def _check_sizes(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(one.file_size for one in parts)
    bomb = any(one.file_size > SMALL_PART and one.file_size > MAX_RATIO * one.compress_size for one in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or bomb or len({one.filename for one in parts}) < len(parts):
        raise Unreadable(_("Isi berkas ini jauh lebih besar daripada wajarnya. Salin barisnya ke buku kerja baru."))
    names = [one.filename.lower() for one in parts]
    if any(one.flag_bits & 1 for one in parts):
        raise Unreadable(_("Berkas ini berkata sandi. Hapus kata sandinya di Excel, lalu unggah."))
    if any("vbaproject" in name or "/macrosheets/" in name or "/activex/" in name for name in names):
        raise Unreadable(_("Berkas ini memuat makro. Simpan sebagai .xlsx tanpa makro, lalu unggah."))
    if any("/externallinks/" in name or name.endswith("xl/connections.xml") for name in names):
        raise Unreadable(
            _("Berkas ini mengambil isi dari berkas lain. Salin dan tempel sebagai nilai, putuskan tautannya, simpan.")
        )
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("Ini bukan buku kerja Excel .xlsx. Simpan sebagai .xlsx atau CSV, lalu unggah."))


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Unpack every part once: a false size shows itself, and so does a document type that would define entities."""
    for part in archive.infolist():
        is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        tail = b""
        for piece in _pieces(archive, part.filename):
            if is_xml and re.search(rb"<!DOCTYPE|<!ENTITY|<\x00!\x00D", tail + piece):
                raise Unreadable(_("Berkas ini memuat perintah XML yang berbahaya. Salin barisnya ke buku kerja baru."))
            tail = piece[-16:]


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            yield piece


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where in the container the sheet of each name lies."""
    try:
        book = _tree(archive, "xl/workbook.xml")
        links = {one.get("Id"): one.get("Target", "") for one in _tree(archive, "xl/_rels/workbook.xml.rels")}
    except (ElementTree.ParseError, KeyError, ValueError, LookupError):
        raise _broken() from None
    found = {}
    for one in book.iter():
        if NAMESPACE.sub("", one.tag) == "sheet":
            key = next((value for name, value in one.attrib.items() if NAMESPACE.sub("", name) == "id"), None)
            target = links.get(key, "") or ""
            found[one.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    if archive.getinfo(name).file_size > SMALL_PART:
        raise ValueError(name)
    return ElementTree.fromstring(archive.read(name))  # noqa: S314 - no part has a document type, `opened` saw to it


def facts_of(archive: zipfile.ZipFile, path: str) -> Facts:
    """What the XML of a sheet says beside its values. Raises `Unreadable` where it reaches too far."""
    found = Facts()
    for piece in whole_rows(archive, path):
        if TOO_DEEP.search(piece):
            told = _(
                "Lembar ini lebih dari 100.000 baris, atau memuat baris kosong di bawahnya. Hapus, atau bagi berkas."
            )
            raise Unreadable(told)
        if TOO_FAR.search(piece):
            raise Unreadable(_("Lembar ini lebih dari 256 kolom. Hapus kolom yang tidak dipakai."))
        if b"f>" in piece or b"<f" in piece:
            found.formulas.update(one.decode() for one in CELL.findall(piece))
        if b't="e"' in piece:
            found.failed.update(one.decode() for one in FAILED.findall(piece))
        if b"hidden=" in piece:
            found.hidden.update(int(one) for one in HIDDEN.findall(piece))
        for left, top, right, bottom in MERGED.findall(piece):
            found.merged.append((column_number(left.decode()), int(top), column_number(right.decode()), int(bottom)))
        found.text_cells += piece.count(b't="s"')
    _check_texts(archive, found.text_cells)
    return found


def whole_rows(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The XML in pieces that end where a row ends, so that no cell is cut in two."""
    rest = b""
    for piece in _pieces(archive, path):
        held = rest + piece
        ended = LAST_ROW.match(held)
        cut = ended.end() if ended else 0
        if len(held) - cut > 64 * PIECE:
            raise _broken()
        if cut:
            yield held[:cut]
        rest = held[cut:]
    yield rest


def _check_texts(archive: zipfile.ZipFile, cells: int) -> None:
    """Every cell may hold the longest text; a reader would copy it each time."""
    name = next((one for one in archive.namelist() if one.lower() == "xl/sharedstrings.xml"), None)
    if name is None:
        return
    longest, rest = 0, b""
    for piece in _pieces(archive, name):
        whole, end, rest = (rest + piece).rpartition(b"si>")
        longest = max(longest, len(rest), *map(len, TEXTS.findall(whole + end)), 0)
    if cells * longest > MAX_TEXT:
        raise Unreadable(_("Teks dalam sel terlalu panjang untuk lembar sebesar ini. Bagi menjadi beberapa berkas."))


def column_number(letters: str) -> int:
    """0 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """A for 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
