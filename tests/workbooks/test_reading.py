"""Files that no one should open: each is refused with a sentence, at once, and without the memory it asks for."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from tests.workbooks import files
from workbooks import containers
from workbooks.exceptions import Unreadable
from workbooks.reading import sheets_of

GOOD = files.xlsx(files.rows(3))
SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
MEGABYTE = 1024 * 1024


def changed(**parts):
    """The good file with other parts; a name of the form `sheet` stands for the first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        more = parts.get("more", {})
        for name in set(source.namelist()) - set(more):
            content = source.read(name)
            made.writestr(name, parts["sheet"](content) if name == SHEET and "sheet" in parts else content)
        for name, content in more.items():
            made.writestr(name, content)
    return out.getvalue()


def far_cell(address):
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'.encode()
    return changed(sheet=lambda xml: xml.replace(b"</sheetData>", cell))


def lying_size():
    """A container that says its sheet is small; the directory is written by hand."""
    bomb = changed(sheet=lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b" " * 20 * MEGABYTE))
    at = bomb.rindex(SHEET.encode()) - 46  # its entry in the central directory
    return bomb[: at + 24] + struct.pack("<I", 2000) + bomb[at + 28 :]


def endless_texts():
    """Many cells that name one very long text: a reader copies it for each."""
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(5, 90_000))
    return changed(
        sheet=lambda xml: xml.replace(b"</sheetData>", cells + b"</sheetData>"),
        more={"xl/sharedStrings.xml": b"<sst><si><t>" + b"a" * 32_000 + b"</t></si></sst>"},
    )


REFUSED = {
    "too large": (lambda: b"PK\x03\x04" + bytes(containers.MAX_BYTES), "50 MB"),
    "zip bomb": (lambda: changed(more={"xl/media/a.bin": bytes(60 * MEGABYTE)}), "lebih besar daripada wajarnya"),
    "lying size": (lying_size, "rusak"),
    "many parts": (lambda: changed(more={f"a{n}": b"" for n in range(600)}), "lebih besar daripada wajarnya"),
    "entities": (lambda: changed(sheet=lambda xml: xml.replace(b"?>", b"?>" + DOCTYPE, 1)), "perintah XML"),
    "far column": (lambda: far_cell("XFD9"), "256 kolom"),
    "far row": (lambda: far_cell("A1048576"), "100.000 baris"),
    "endless texts": (endless_texts, "terlalu panjang"),
    "macros": (lambda: changed(more={"xl/vbaProject.bin": b"x"}), "makro"),
    "links": (lambda: changed(more={"xl/externalLinks/externalLink1.xml": b"<a/>"}), "berkas lain"),
    "encrypted": (lambda: containers.OLE + b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0", "kata sandi"),
    "old": (lambda: containers.OLE + bytes(600), ".xls lama"),
    "cut off": (lambda: GOOD[: len(GOOD) // 2], "rusak"),
    "another container": (lambda: _zip(b"word/document.xml"), "bukan buku kerja"),
    "no sheet": (lambda: changed(sheet=lambda xml: b"<worksheet><sheetData><row"), "rusak"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(2000), "bukan Excel"),
}


def _zip(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name.decode(), b"<a/>")
    return out.getvalue()


@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(what):
    make, sentence = REFUSED[what]
    content = make()
    began = time.process_time()
    tracemalloc.start()

    with pytest.raises(Unreadable, match=sentence):
        [list(sheet) for sheet in sheets_of(content, "anggota.xlsx" if what != "a picture" else "a.csv")]

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - began < 5
    assert peak < len(content) + 40 * MEGABYTE


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(delimiter, encoding):
    table = files.rows(1)
    table[0][files.OWNER] = "Pemilik Café"

    (sheet,) = sheets_of(files.csv(table, delimiter, encoding), "anggota.csv")

    assert [text for _how, text in list(sheet)[1]][:4] == [
        *("Batik Contoh 0001", "9000000000001", "Pemilik Café", "081200000001")
    ]
