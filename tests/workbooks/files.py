"""Workbooks of the tests: real-looking rows of members, written as people's own programs would."""

import io
from typing import Any

import xlsxwriter

from workbooks import actions
from workbooks.kinds import layout_of

TITLES = [
    "Nama usaha",
    "NIB",
    "Nama pemilik",
    "Telepon",
    "Desa/kelurahan",
    "Tahun mulai usaha",
    "Modal usaha",
    "Teknik",
]
TITLES += ["Jenis pewarna", "Status sejak"]
NAME, NIB, OWNER, PHONE, VILLAGE, YEAR, CAPITAL, TECHNIQUE, DYE, SINCE = range(10)


def rows(count: int, **_named: Any) -> list[list[Any]]:
    """Members as an office lists them: contoh names, NIBs that are only digits."""
    return [
        [
            f"Batik Contoh {number:04d}",
            f"9{number:012d}",
            f"Pemilik Contoh {number}",
            f"0812{number:08d}",
            "",
            1980 + number % 40,
            1_500_000 + number,
            "TULIS 100",
            "Sintetis",
            "",
        ]
        for number in range(1, count + 1)
    ]


def xlsx(table: list[list[Any]], titles: list[str] | None = None, above: int = 0, name: str = "Anggota") -> bytes:
    """The table below its titles; a value that is a function of (sheet, row, column, book) writes its own cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        if above:
            sheet.write(0, 0, "Dinas contoh")
        for row, cells in enumerate([titles or TITLES, *table], start=above):
            for place, value in enumerate(cells):
                if callable(value):
                    value(sheet, row, place, book)
                elif value not in ("", None):
                    sheet.write(row, place, value)
    return out.getvalue()


def csv(table: list[list[Any]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    lines = [delimiter.join(map(str, cells)) for cells in [TITLES, *table]]
    return "\r\n".join(lines).encode(encoding)


def checked(by: Any, content: bytes, name: str = "anggota.xlsx", kind: str = "ikm") -> Any:
    return actions.check(workbook=actions.bring(content=content, name=name, layout=layout_of(kind), by=by))
