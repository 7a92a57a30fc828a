"""The chain follows the order in which nothing can be missed, and shows every tampering at its place."""

import time

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.choices import OfficeLevel
from accounts.models import Office
from changes import actions
from changes.models import Change, Seal


def office(number):
    return Office.objects.create(name=f"Direktorat Contoh {number}", level=OfficeLevel.MINISTRY)


def sealed(expected):
    """Seal until `expected` rows are linked: a running transaction of any database on the server may delay it."""
    deadline, total = time.monotonic() + 150, 0
    while total < expected and time.monotonic() < deadline:
        total += actions.seal()
        time.sleep(0.05)
    return total


@pytest.fixture
def other_connection():
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        yield other


INSERT = """
    INSERT INTO accounts_office (id, row_version, created_at, updated_at, region_code, verification_status, source,
        source_url, is_sample, name, abbreviation, level, affairs, address, phone, email, verified_by_province,
        is_active) VALUES (gen_random_uuid(), 1, now(), now(), '', 'DRAFT', '', '', false, %s, '', 'PUSAT', '{}', '',
        '', '', false, true)
"""


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_commits_late_is_sealed_after_all_and_only_once(other_connection):
    other_connection.execute(INSERT, ["Ditulis lebih dulu, selesai belakangan"])
    office(1)

    assert actions.seal() == 0  # the older transaction still runs: nothing is final yet
    other_connection.commit()
    assert sealed(2) == 2
    assert actions.seal() == 0

    order = list(Seal.objects.values_list("change_id", flat=True))
    assert order == sorted(order)
    assert len(set(order)) == Change.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_untouched_log_is_whole():
    for number in range(5):
        office(number)
    assert sealed(5) == 5

    assert actions.faults() == []
    call_command("verify_history")


TAMPERINGS = {
    "altered": "UPDATE changes_change SET actor_name = 'orang lain' WHERE seq = {third}",
    "missing": "DELETE FROM changes_change WHERE seq = {third}",
}


@pytest.fixture
def unguarded():
    """What somebody with the rights of a superuser would do first."""
    with connection.cursor() as cursor:
        for table in ("changes_change", "changes_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in ("changes_change", "changes_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only_truncate")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", list(TAMPERINGS))
def test_an_altered_or_deleted_row_is_found_at_its_place(kind, unguarded):
    for number in range(5):
        office(number)
    assert sealed(5) == 5
    third = Seal.objects.get(position=3).change_id

    unguarded.execute(TAMPERINGS[kind].format(third=third))

    assert [(fault.position, fault.seq, fault.kind) for fault in actions.faults()] == [(3, third, kind)]
    with pytest.raises(CommandError, match="rusak di 1 tempat"):
        call_command("verify_history")


@pytest.mark.django_db(transaction=True)
def test_two_reordered_links_are_found(unguarded):
    for number in range(5):
        office(number)
    assert sealed(5) == 5

    unguarded.execute("UPDATE changes_seal SET position = -position WHERE position IN (2, 3)")
    unguarded.execute("UPDATE changes_seal SET position = 5 + position WHERE position IN (-2, -3)")

    assert {fault.kind for fault in actions.faults()} == {"chain"}
    assert {2, 3} <= {fault.position for fault in actions.faults()}


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_the_order_goes_on_although_transaction_numbers_begin_low(unguarded):
    office(1)
    # As after a restore into a new cluster: the rows' transaction numbers lie far ahead of the server's.
    unguarded.execute("UPDATE changes_change SET xid = xid + 1000000000")
    assert actions.seal() == 0

    actions.begin_epoch()
    office(2)

    assert sealed(1) == 1
    assert Seal.objects.count() == 2
    assert actions.faults() == []
