"""What a list of the REST API costs beside bare SQL: a page of 100 members, and all of them as NDJSON, CSV and XLSX.

    uv run --no-sync python -m benchmarks.api_lists [--rows 20000] [--rounds 5]

Runs in a throwaway database. The API is asked through Django's test client, with a token that reads no personal fields;
bare SQL is psycopg with the same columns: `row_to_json` for the page and NDJSON, COPY … CSV for the others. Both take
turns in every round; the figures are the median of the rounds' ratios (API / SQL). Growth is what a whole list adds to
the process's peak of memory, in parts of the list's size; it is measured before anything else has grown the process.
"""

import resource
import time
from collections.abc import Callable
from typing import Any

from benchmarks.change_log import arguments, fill, report, run, server_cpu  # sets Django up

from django.db import connection  # isort: skip
from django.test import Client  # isort: skip

import batik_registry.api  # isort: skip  # noqa: F401 - there the resources are named
from accounts.choices import RoleCode  # isort: skip
from batik_registry.rest import resources  # isort: skip
from centres.models import Member  # isort: skip
from tests.factories.accounts import make_user  # isort: skip
from tests.factories.tokens import make_token  # isort: skip

ADDRESS = "/api/v1/members/"


def main() -> None:
    options = arguments(__doc__, rows=20_000, rounds=5)
    connection.settings_dict["TEST"]["NAME"] = "test_benchmark_api_lists"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(options.rows // 5)
        user = make_user(RoleCode.LEADER)
        reader = Client(headers={"authorization": f"Bearer {make_token(user)[1]}"})
        columns = ", ".join(f'"{one.column}"' for one in resources.view_of(Member).columns_for(user).values())
        run("ANALYZE")
        for name in ("ndjson", "csv"):
            print(f"{name}: growth {growth(reader, name):.2f} of its size")  # noqa: T201
        for name, (path, bare) in variants(columns).items():
            ratios = [round_of(lambda path=path: fetch(reader, path), bare) for _round in range(options.rounds)]
            report(name, ratios)
    finally:
        connection.creation.destroy_test_db("registri", verbosity=0)


def variants(columns: str) -> dict[str, tuple[str, Callable[[], Any]]]:
    """For each name the address and the bare SQL that tells the same rows."""
    rows = f"SELECT {columns} FROM centres_member ORDER BY id"
    told = f"SELECT row_to_json(told)::text FROM ({rows}) AS told"
    csv = f"COPY ({rows}) TO STDOUT (FORMAT csv, HEADER)"
    return {
        "page of 100": (ADDRESS, lambda: selected(f"{told} LIMIT 100")),
        "ndjson": (f"{ADDRESS}?format=ndjson", lambda: copied(f"COPY ({told}) TO STDOUT")),
        "csv": (f"{ADDRESS}?format=csv", lambda: copied(csv)),
        "xlsx": (f"{ADDRESS}?format=xlsx", lambda: copied(csv)),
    }


def fetch(reader: Client, path: str) -> int:
    """Bytes of the answer, which is thrown away as it comes."""
    answer: Any = reader.get(path)
    if answer.status_code != 200:
        raise RuntimeError(answer.content)
    return sum(map(len, answer.streaming_content)) if answer.streaming else len(answer.content)


def selected(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sum(len(text) for (text,) in cursor.fetchall())


def copied(sql: str) -> int:
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        return sum(map(len, copy))


def growth(reader: Client, name: str) -> float:
    fetch(reader, f"{ADDRESS}?format={name}&region_code=00")  # what the first request loads anyway
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = fetch(reader, f"{ADDRESS}?format={name}")
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / size


def round_of(api: Callable[[], Any], bare: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU ratio, the CPU time of this process and of its server process."""
    with_api, without = timed(api), timed(bare)
    return with_api[0] / without[0], with_api[1] / without[1]


def timed(deed: Callable[[], Any]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time() + server_cpu()
    deed()
    return time.perf_counter() - wall, max(time.process_time() + server_cpu() - cpu, 0.001)


if __name__ == "__main__":
    main()
