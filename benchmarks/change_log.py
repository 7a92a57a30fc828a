"""What the change log costs in bulk: 10,000 members updated, inserted and deleted, with its triggers and without.

    uv run python -m benchmarks.change_log [--rows 10000] [--rounds 7]

Runs in a throwaway database beside the others. Both variants take turns in every round; the figures are the median
of the rounds' ratios (with the log / without), of wall time and of the server process's CPU time. The version trigger
stays on in both: it is not part of the log.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 (Django must be set up first)

from centres.models import Member  # noqa: E402
from tests.factories.centres import make_member  # noqa: E402
from tests.factories.regions import make_places  # noqa: E402

LOG_TRIGGERS = ("log_insert", "log_update", "log_delete")
TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    options = arguments(__doc__, rows=10_000, rounds=7)
    connection.settings_dict["TEST"]["NAME"] = "test_benchmark_change_log"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(options.rows)
        for name, statement in STATEMENTS.items():
            report(name, [round_of(statement, options.rows) for _round in range(options.rounds)])
    finally:
        connection.creation.destroy_test_db("registri", verbosity=0)


def arguments(told: str | None, *, rows: int, rounds: int) -> argparse.Namespace:
    """Of any benchmark that has rows and rounds; the defaults given."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=rows)
    parser.add_argument("--rounds", type=int, default=rounds)
    return parser.parse_args()


def fill(rows: int) -> None:
    """Five times as many members as a statement touches, all copies of one that passed the rules."""
    make_places()
    template = make_member(brand_name="Merek contoh", product_groups=["FABRIC"], started_year=2010)
    columns = [f.column for f in Member._meta.concrete_fields if not f.generated and f.column not in ("id", "nib")]
    listed = ", ".join(f'"{column}"' for column in columns)
    run(f"""INSERT INTO centres_member (id, nib, {listed})
            SELECT gen_random_uuid(), '', {listed} FROM centres_member, generate_series(1, {rows * 5})
            WHERE id = '{template.pk}'""")
    run("VACUUM ANALYZE centres_member")


def update(rows: int) -> str:
    return f"""UPDATE centres_member
               SET has_workshop = NOT coalesce(has_workshop, false), siinas_account = md5(random()::text)
               WHERE id IN (SELECT id FROM centres_member ORDER BY id LIMIT {rows})"""


def update_indexed(rows: int) -> str:
    return f"""UPDATE centres_member SET status_reason = 'contoh', status_on = current_date,
               status = CASE status WHEN 'AKTIF' THEN 'TUTUP' ELSE 'AKTIF' END
               WHERE id IN (SELECT id FROM centres_member ORDER BY id LIMIT {rows})"""


def insert(rows: int) -> str:
    columns = [f.column for f in Member._meta.concrete_fields if not f.generated and f.column != "id"]
    listed = ", ".join(f'"{column}"' for column in columns)
    return f"""INSERT INTO centres_member (id, {listed})
               SELECT gen_random_uuid(), {listed} FROM (SELECT * FROM centres_member ORDER BY id LIMIT {rows}) m"""


STATEMENTS: dict[str, Callable[[int], str]] = {
    "update of plain columns": update,
    "update of an indexed column": update_indexed,
    "insert": insert,
}


def round_of(statement: Callable[[int], str], rows: int) -> tuple[float, float]:
    """Wall and CPU ratio of one statement with the log to the same without it."""
    with_log = timed(statement(rows))
    for trigger in LOG_TRIGGERS:
        run(f"ALTER TABLE centres_member DISABLE TRIGGER {trigger}")
    without = timed(statement(rows))
    for trigger in LOG_TRIGGERS:
        run(f"ALTER TABLE centres_member ENABLE TRIGGER {trigger}")
    return with_log[0] / without[0], with_log[1] / without[1]


def timed(sql: str) -> tuple[float, float]:
    run("VACUUM centres_member")
    run("CHECKPOINT")
    wall, cpu = time.perf_counter(), server_cpu()
    run(sql)
    return time.perf_counter() - wall, max(server_cpu() - cpu, 1 / TICK)


def server_cpu() -> float:
    """CPU seconds of the server process of this connection so far."""
    raw: Any = connection.connection
    fields = Path(f"/proc/{raw.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def report(name: str, ratios: list[tuple[float, float]]) -> None:
    wall, cpu = (sorted(ratio[side] for ratio in ratios) for side in (0, 1))
    print(  # noqa: T201 (a benchmark speaks to its terminal)
        f"{name}: CPU {statistics.median(cpu):.2f}x ({cpu[0]:.2f}-{cpu[-1]:.2f}), "
        f"wall {statistics.median(wall):.2f}x ({wall[0]:.2f}-{wall[-1]:.2f})"
    )


if __name__ == "__main__":
    main()
