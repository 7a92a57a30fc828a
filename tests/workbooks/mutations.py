"""Real-looking workbooks with faults sown into them, made by a generator: which file, and at which cells it is wrong.

Every mutation is drawn with its own seed, so that a failing one can be made again by its number.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.workbooks import files
from tests.workbooks.files import CAPITAL, DYE, NAME, NIB, OWNER, PHONE, SINCE, TECHNIQUE, VILLAGE, YEAR

Table = list[list[Any]]
Place = tuple[int, str]
LETTERS = "ABCDEFGHIJKLMNOP"
TITLES = {
    NAME: ["Nama usaha", "NAMA IKM", "nama perusahaan *"],
    NIB: ["NIB", "Nomor Induk Berusaha", "No. NIB"],
    OWNER: ["Nama pemilik", "PEMILIK", "Nama Lengkap"],
    PHONE: ["Telepon", "No. HP", "WhatsApp (WA)"],
    VILLAGE: ["Desa/kelurahan", "Kelurahan", "DESA"],
    YEAR: ["Tahun mulai usaha", "Tahun Berdiri", "berdiri"],
    CAPITAL: ["Modal usaha", "MODAL", "kekayaan bersih"],
    TECHNIQUE: ["Teknik", "jenis batik", "Teknik dan porsinya"],
    DYE: ["Jenis pewarna", "pewarna", "Zat Warna"],
    SINCE: ["Status sejak"],
}


@dataclass
class Mutant:
    """`faults` are the cells, by row in the sheet and letter, that must be told; no other may be."""

    number: int
    name: str
    content: bytes
    faults: set[Place] = field(default_factory=set)
    file: str = "anggota.xlsx"


def formula(text: str, value: Any = 0) -> Callable[..., None]:
    return lambda sheet, row, place, book: sheet.write_formula(row, place, text, None, value)


def day(value: date) -> Callable[..., None]:
    return lambda sheet, row, place, book: sheet.write_datetime(
        row, place, value, book.add_format({"num_format": "dd/mm/yyyy"})
    )


def text(value: str) -> Callable[..., None]:
    return lambda sheet, row, place, book: sheet.write_string(row, place, value)


def merged(value: Any, below: int) -> Callable[..., None]:
    return lambda sheet, row, place, book: sheet.merge_range(row, place, row + below, place, value)


#: What people write, by column: first what is wrong, then what is right though it looks odd.
WRONG: dict[int, list[Any]] = {
    NAME: ["", "Batik <b>Tebal</b>", formula("=NA()", "#N/A")],
    NIB: [812034511207, "81203451120", "NIB: 8120345112071", "belum ada", 8.12034511207e15, formula("=1/0", "#DIV/0!")],
    OWNER: [""],
    PHONE: ["nol delapan", "12", 812, "0812-ABCD-1234"],
    VILLAGE: ["Desa Entah Berantah", "99.99.99.9999", "33.14"],
    YEAR: ["tahun 1998", 22030, "1.998,5", 1700, "'98", 2099, 1998.5],
    CAPITAL: ["15,5", 15.5, "15,5 juta", "1.000,000.00", "-5", "banyak", "1,000.50"],
    TECHNIQUE: ["TULIS", "TULIS 60; CAP 60", "SABLON 100", "TULIS 200"],
    DYE: ["Kimia", "pewarna alami sekali"],
    SINCE: ["kemarin", "31/02/2024", 45000, "2024/13/01"],
}
RIGHT: dict[int, list[Any]] = {
    NIB: ["8120 3451 1207 1", "8120-3451-12072", 8120345112073],
    PHONE: ["+62 812-3456-789", "62812345678", "0812 3456 7890"],
    YEAR: ["1998", 1998.0, formula("=1990+8", 1998)],
    CAPITAL: ["1.000.000", "1,000,000", "Rp 1.500.000,-", 1000000, "Rp2.000.000", formula("=500000*2", 1000000)],
    TECHNIQUE: ["TULIS 60; CAP 40", "tulis 60%, cap 40%", ""],
    DYE: ["sintetis", "ALAM", "Campuran", ""],
    VILLAGE: ["35.76.02.1001", "Gununggedangan", "Kel. Gununggedangan", ""],
    SINCE: [day(date(2024, 1, 5)), "05/01/2024", "2024-01-05", ""],
}


def mutants(count: int) -> Iterator[Mutant]:
    for number in range(count):
        yield _mutant(number)


def _mutant(number: int) -> Mutant:
    draw = random.Random(number)  # noqa: S311 - the same corpus each time is the point
    table = files.rows(draw.randint(3, 9))
    order = list(range(len(files.TITLES)))
    if number % 3:
        draw.shuffle(order)
    above = draw.choice([0, 0, 2])
    titles = [draw.choice(TITLES[column]) for column in range(len(order))]
    _make_odd(table, draw)
    faults = _sow(table, draw, number)
    if draw.random() < 0.3 and len(table) > 3:
        faults |= _double(table, draw, faults)
    shuffled = [[row[column] for column in order] for row in table]
    places = {(row + above + 2, LETTERS[order.index(column)]) for row, column in faults}
    content = files.xlsx(shuffled, [titles[column] for column in order], above)
    return Mutant(number, f"{number}: {sorted(faults)}", content, places)


def _make_odd(table: Table, draw: random.Random) -> None:
    """Right values as people write them; a NIB twice would be wrong, so one row at most gets each."""
    for column, values in RIGHT.items():
        for row, value in zip(draw.sample(range(len(table)), 2), draw.sample(values, 2), strict=True):
            table[row][column] = value


def _sow(table: Table, draw: random.Random, number: int) -> set[tuple[int, int]]:
    columns = sorted(WRONG)
    first = columns[number % len(columns)]  # every column has its turn
    chosen = {first, *draw.sample(columns, draw.randint(0, 3))}
    found = set()
    for column in chosen:
        row = draw.randrange(len(table))
        table[row][column] = draw.choice(WRONG[column])
        found.add((row, column))
    return found


def _double(table: Table, draw: random.Random, faults: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The same member twice: the second is told."""
    clean = [row for row in range(len(table)) if not any(row == bad for bad, _column in faults)]
    if len(clean) < 2:
        return set()
    one, other = sorted(draw.sample(clean, 2))
    table[one][NIB] = table[other][NIB] = "9999999999999"
    return {(other, NIB)}
