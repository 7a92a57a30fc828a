"""How the tests read what a list is downloaded as."""

import csv
import hashlib
import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as Xml

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class CutError(Exception):
    """The file ends before its foot, or is not what its foot says."""


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """The rows by the names of the heading; proves the foot."""
    body, foot = _without_last_line(content, b"\r\n")
    found = re.fullmatch(rb"#count=(\d+) sha256=([0-9a-f]{64}),*", foot)
    rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
    if found is None or (int(found[1]), found[2].decode()) != (len(rows) - 1, hashlib.sha256(body).hexdigest()):
        raise CutError
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def ndjson_rows(content: bytes) -> list[Any]:
    body, foot = _without_last_line(content, b"\n")
    lines = body.splitlines(keepends=True)
    try:
        told = json.loads(foot)
    except ValueError:
        raise CutError from None
    if told != {"count": len(lines), "sha256": hashlib.sha256(body).hexdigest()}:
        raise CutError
    return [json.loads(line) for line in lines]


def _without_last_line(content: bytes, line_end: bytes) -> tuple[bytes, bytes]:
    if not content.endswith(line_end):
        raise CutError
    head, between, last = content[: -len(line_end)].rpartition(line_end)
    return head + between, last


def sheet(content: bytes, number: int = 1) -> list[list[Any]]:
    """The cells of a sheet, row by row: numbers as numbers, truths as truths, empty ones as None."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = Xml.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own file
    found = []
    for row in root.iter(f"{MAIN}row"):
        cells: list[Any] = []
        for cell in row.iter(f"{MAIN}c"):
            cells += [None] * (_place(cell.attrib["r"]) - len(cells)) + [_value(cell)]
        found.append(cells)
    return found


def _place(reference: str) -> int:
    """The place of a cell in its row: 0 for A7, 27 for AB1."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Any) -> Any:
    assert cell.find(f"{MAIN}f") is None, "a formula"
    text = "".join(cell.itertext())
    kind = cell.attrib.get("t", "n")
    return {"inlineStr": str, "b": lambda one: one == "1", "n": lambda one: float(one) if one else None}[kind](text)
