"""What the leaders' dashboard takes with as many members as the ministry counts, today and as of a day.

    uv run --no-sync python -m benchmarks.dashboard [--rows 6000] [--rounds 3]

Runs in a throwaway database: 200 centres, so many members with a membership, a certificate and two years of yearly
data each. The page is asked through Django's test client. The ratios are today's page to one plain
count of the members with their yearly data, which says how fast the machine is just now, and the page of a day gone by
to that of today.
"""

import time
from typing import Any

from benchmarks.change_log import arguments, fill, report, run, server_cpu  # sets Django up

from django.db import connection  # isort: skip
from django.test import Client  # isort: skip
from django.test.utils import CaptureQueriesContext  # isort: skip
from django.utils import timezone  # isort: skip

from accounts.choices import RoleCode  # isort: skip
from tests.factories.accounts import make_user  # isort: skip
from tests.factories.centres import make_centre, make_certificate, make_membership, make_snapshot  # isort: skip

ADDRESS = "/admin/dasbor/"
BARE = "SELECT count(*) FROM centres_member JOIN centres_membersnapshot s ON s.member_id = centres_member.id"
CENTRES = 200


def main() -> None:
    options = arguments(__doc__, rows=6_000, rounds=3)
    connection.settings_dict["TEST"]["NAME"] = "test_benchmark_dashboard"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(options.rows // 5)
        for deed in (centres, memberships, yearly_data, certificates):
            deed()
        run("ANALYZE")
        reader = Client()
        reader.force_login(make_user(RoleCode.LEADER), backend="accounts.backends.AppointmentBackend")
        year, today = timezone.localdate().year, timezone.localdate().isoformat()
        pages = {"today": f"{ADDRESS}?tahun={year}", "as of a day": f"{ADDRESS}?tahun={year}&per={today}"}
        for name, address in pages.items():
            with CaptureQueriesContext(connection) as asked:
                fetch(reader, address)
            print(f"{name}: {len(asked)} queries")  # noqa: T201 (a benchmark speaks to its terminal)
        bare, now, then = [], [], []
        for _round in range(options.rounds):
            bare.append(timed(lambda: run(BARE)))
            now.append(timed(lambda: fetch(reader, pages["today"])))
            then.append(timed(lambda: fetch(reader, pages["as of a day"])))
        report("today to a plain count", ratios(now, bare))
        report("as of a day to today", ratios(then, now))
        print("seconds:", [round(one[0], 2) for one in now], [round(one[0], 2) for one in then])  # noqa: T201
    finally:
        connection.creation.destroy_test_db("registri", verbosity=0)


def copies(template: Any, values: str, source: str) -> None:
    """A row for each row of the source, like the template but for the values, as SQL `column = expression` pairs."""
    given = dict(pair.split(" = ") for pair in values.split(", "))
    columns = [f.column for f in template._meta.concrete_fields if not f.generated and f.column != "id"]
    listed = ", ".join(f'"{column}"' for column in columns)
    taken = ", ".join(given.get(column, f't."{column}"') for column in columns)
    table = template._meta.db_table
    run(f"INSERT INTO {table} (id, {listed}) SELECT gen_random_uuid(), {taken} FROM {table} t, {source} "
        f"WHERE t.id = '{template.pk}'")  # fmt: skip


def centres() -> None:
    template = make_centre(verification_status="VALIDATED")
    copies(template, "code = 'SB-3576-' || (100 + n), name = 'Sentra ' || n", f"generate_series(1, {CENTRES}) n")


def memberships() -> None:
    """Each member belongs to one centre."""
    template = make_membership()
    others = f"""(
        SELECT m.id AS member, c.id AS centre
        FROM (SELECT id, row_number() OVER () AS n FROM centres_member WHERE id <> '{template.member_id}') m
        JOIN (SELECT id, row_number() OVER () AS n FROM centres_centre) c ON c.n = m.n % {CENTRES} + 1
    ) AS pairs"""
    copies(template, "member_id = pairs.member, centre_id = pairs.centre", others)


def yearly_data() -> None:
    year = timezone.localdate().year
    for one in (year - 1, year):
        template = make_snapshot(year=one, workers_male=2, workers_female=3, revenue_idr=90_000_000)
        copies(template, "member_id = m.id", f"(SELECT id FROM centres_member WHERE id <> '{template.member_id}') m")


def certificates() -> None:
    template = make_certificate(kind="HALAL", technique="", number="H-0", status="BERLAKU")
    values = "member_id = m.id, number = 'H-' || m.n"
    source = "(SELECT id, row_number() OVER () AS n FROM centres_member) m"
    copies(template, values, source)


def fetch(reader: Client, path: str) -> int:
    answer = reader.get(path)
    if answer.status_code != 200:
        raise RuntimeError(answer.status_code)
    return len(answer.content)


def timed(deed: Any) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time() + server_cpu()
    deed()
    return time.perf_counter() - wall, max(time.process_time() + server_cpu() - cpu, 0.001)


def ratios(these: list[tuple[float, float]], those: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(a[0] / b[0], a[1] / b[1]) for a, b in zip(these, those, strict=True)]


if __name__ == "__main__":
    main()
