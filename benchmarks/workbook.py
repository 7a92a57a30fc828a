"""What checking a workbook costs beside bare COPY: 100,000 members by 30 columns, one in a hundred with a wrong NIB.

    uv run --no-sync python -m benchmarks.workbook [--rows 100000] [--rounds 1]

Runs in a throwaway database. Checked is what an officer's upload goes through: bytes looked into, sheet read, every row
judged by the model's rules, rows kept encrypted. COPY takes the same cells as texts into an unlogged table of 30 text
columns. Growth is what the check adds to the process's peak of memory, in all and after the sheet is open.
"""

import io
import resource
import time
from typing import Any
from unittest.mock import patch

from benchmarks.change_log import arguments, run  # sets Django up

import xlsxwriter  # isort: skip
from django.db import connection  # isort: skip

from accounts.choices import RoleCode  # isort: skip
from tests.factories.accounts import make_user  # isort: skip
from tests.factories.regions import make_places  # isort: skip
from workbooks import actions  # isort: skip
from workbooks.choices import Outcome  # isort: skip
from workbooks.kinds import layout_of  # isort: skip
from workbooks.models import Workbook  # isort: skip

COLUMNS = 30
BAD = 100
VALUES = {
    "owner_name": "Pemilik Contoh",
    "owner_sex": "Perempuan",
    "owner_birth_year": 1975,
    "phone": "081234567890",
    "region": "35.76.02.1001",
    "address": "Jalan contoh nomor 1",
    "kbli_codes": "13134",
    "started_year": 1998,
    "capital_idr": 15_500_000,
    "has_workshop": "ya",
    "techniques": "TULIS 60; CAP 40",
    "dye_type": "Campuran",
    "natural_dye_pct": 40,
}


def main() -> None:
    options = arguments(__doc__, rows=100_000, rounds=1)
    connection.settings_dict["TEST"]["NAME"] = "test_benchmark_workbook"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        make_places()
        officer = make_user(RoleCode.REGENCY_OFFICER, region="35.76")
        names = layout_of("ikm").names_for(officer)[:COLUMNS]
        table = [row_of(number, names) for number in range(options.rows)]
        content = workbook(names, table)
        say(f"{len(content) / 1e6:.1f} MB, {options.rows} rows, {len(names)} columns")
        for _round in range(options.rounds):
            copied = copy_of(table, names)
            checked = check_of(content, officer, options.rows)
            say(f"checked in {checked:.1f} s, COPY in {copied:.2f} s: {checked / copied:.0f}x")
    finally:
        connection.creation.destroy_test_db("registri", verbosity=0)


def row_of(number: int, names: list[str]) -> list[Any]:
    nib = f"9{number:012d}" if number % BAD else f"9{number:010d}"
    own = {"business_name": f"Batik Contoh {number}", "nib": nib}
    return [(VALUES | own).get(name, "") for name in names]


def workbook(names: list[str], table: list[list[Any]]) -> bytes:
    out, layout = io.BytesIO(), layout_of("ikm")
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([[layout.title_of(name) for name in names], *table]):
            for place, value in enumerate(cells):
                if value != "":
                    sheet.write(row, place, value)
    return out.getvalue()


def copy_of(table: list[list[Any]], names: list[str]) -> float:
    run("DROP TABLE IF EXISTS staging")
    run(f"CREATE UNLOGGED TABLE staging ({', '.join(f'{name} text' for name in names)})")
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy("COPY staging FROM STDIN") as copy:
        for cells in table:
            copy.write_row(list(map(str, cells)))
    return time.perf_counter() - began


def check_of(content: bytes, officer: Any, rows: int) -> float:
    before, began = peak(), time.perf_counter()
    opened: list[float] = []
    judge = actions._judge

    def noted(*given: Any) -> None:
        opened.append(peak())
        judge(*given)

    with patch.object(actions, "_judge", noted):
        brought = actions.bring(content=content, name="a.xlsx", layout=layout_of("ikm"), by=officer)
        found = actions.check(workbook=brought)
    took = time.perf_counter() - began
    counts = found.counts
    expected = -(-rows // BAD)
    assert (counts[Outcome.BAD], counts[Outcome.NEW]) == (expected, rows - expected), counts  # noqa: S101
    say(f"memory grew by {peak() - before:.0f} MB, {peak() - opened[0]:.0f} MB of them after the sheet was open")
    Workbook.objects.filter(pk=found.pk).delete()
    return took


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 (a benchmark speaks to its terminal)


if __name__ == "__main__":
    main()
