"""Every change, through any door, leaves one row; nobody can take it away."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.choices import OfficeLevel
from accounts.models import Office, OfficeName
from changes.choices import Door
from changes.context import changing
from changes.models import Change

pytestmark = pytest.mark.django_db


def office(**fields):
    return Office.objects.create(**{"name": "Direktorat Contoh", "level": OfficeLevel.MINISTRY} | fields)


def changes_of(record):
    return list(Change.objects.of(record).with_values())


def test_saving_leaves_one_row_with_old_and_new_values():
    record = office()

    record.name = "Direktorat Baru"
    record.save()

    created, changed = changes_of(record)
    assert (created.operation, created.old, created.new["name"]) == ("I", None, "Direktorat Contoh")
    assert (changed.operation, changed.old["name"], changed.new["name"]) == (
        "U",
        "Direktorat Contoh",
        "Direktorat Baru",
    )
    assert changed.new["row_version"] == 2


def test_bulk_writes_leave_one_row_for_each_record():
    records = Office.objects.bulk_create(
        [Office(name=f"Unit {number}", level=OfficeLevel.MINISTRY) for number in range(3)]
    )

    Office.objects.filter(pk__in=[record.pk for record in records]).update(abbreviation="U")

    assert [change.operation for change in Change.objects.of(*records)] == ["I"] * 3 + ["U"] * 3


def test_plain_sql_is_logged_under_the_name_of_its_database_role():
    record = office()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_office SET abbreviation = 'SQL' WHERE id = %s", [record.pk])
        cursor.execute("SELECT session_user")
        role = cursor.fetchone()[0]

    last = changes_of(record)[-1]
    assert (last.door, last.actor_name, last.new["abbreviation"]) == (Door.SQL, role, "SQL")


def test_deleting_keeps_the_last_values():
    record = office()
    key = str(record.pk)

    record.delete()

    last = Change.objects.filter(record_id=key).with_values().first()
    assert (last.operation, last.new, last.old["name"]) == ("D", None, "Direktorat Contoh")


def test_a_write_that_changes_nothing_leaves_no_row_and_no_new_version():
    record = office()

    record.save()
    Office.objects.filter(pk=record.pk).update(name=record.name)

    assert len(changes_of(record)) == 1
    assert Office.objects.get(pk=record.pk).row_version == 1


def test_the_version_counts_writes_through_every_door():
    record = office()

    Office.objects.filter(pk=record.pk).update(abbreviation="A")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_office SET abbreviation = 'B', row_version = 1 WHERE id = %s", [record.pk])

    record.refresh_from_db()
    assert record.row_version == 3


def test_who_door_and_reason_travel_with_the_transaction(programme_staff):
    with changing(by=programme_staff, door=Door.ADMIN, reason="Surat dinas nomor contoh"):
        record = office()
        Office.objects.filter(pk=record.pk).update(abbreviation="DC")
    Office.objects.filter(pk=record.pk).update(abbreviation="DCB")

    created, updated, later = changes_of(record)
    for change in (created, updated):
        assert change.actor_id == str(programme_staff.pk)
        assert (change.actor_name, change.door) == (programme_staff.name, Door.ADMIN)
        assert change.reason == "Surat dinas nomor contoh"
    assert (later.actor_id, later.reason, later.door) == ("", "", Door.SQL)


def test_an_inner_context_adds_to_the_outer_one_and_ends(programme_staff):
    with changing(by=programme_staff, door=Door.PORTAL):
        with changing(reason="Alasan dalam"):
            inner = office(name="Dalam")
        outer = office(name="Luar")

    assert changes_of(inner)[0].reason == "Alasan dalam"
    assert changes_of(inner)[0].actor_name == programme_staff.name
    assert changes_of(outer)[0].reason == ""


def test_a_context_survives_a_rolled_back_savepoint(programme_staff):
    with changing(by=programme_staff):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            office(name="Batal")
            1 / 0  # noqa: B018 (the savepoint shall roll back)
        record = office(name="Jadi")

    assert changes_of(record)[0].actor_name == programme_staff.name
    assert not Change.objects.with_values().filter(after__name="Batal").exists()


def test_a_secret_never_enters_the_log(programme_staff):
    programme_staff.set_password("rahasia-yang-panjang")
    programme_staff.save()

    for change in changes_of(programme_staff):
        assert "password" not in change.after
        assert "last_login" not in change.after


def test_a_changed_password_is_no_change_of_the_record(programme_staff):
    version = programme_staff.row_version

    programme_staff.set_password("rahasia-lain-yang-panjang")
    programme_staff.save()

    assert programme_staff.row_version == version


def test_old_rows_stay_readable_after_the_table_has_gained_a_column():
    record = office()
    OfficeName.objects.create(office=record, name="Nama lama")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_office ADD COLUMN tambahan text")

    assert changes_of(record)[0].new["name"] == "Direktorat Contoh"


REFUSED = [
    "UPDATE changes_change SET actor_name = 'orang lain'",
    "DELETE FROM changes_change",
    "TRUNCATE changes_change CASCADE",
    "INSERT INTO changes_change SELECT 99, xid, recorded_at, model FROM changes_change",
    "ALTER TABLE accounts_office DISABLE TRIGGER log_update",
    "DROP TRIGGER log_update ON accounts_office",
    "UPDATE changes_seal SET hash = ''",
    "DELETE FROM changes_seal",
    "INSERT INTO changes_seal VALUES (99, '', '', now(), 1)",
    "DELETE FROM changes_personalread",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_applications_role_cannot_touch_the_log(statement):
    office()

    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE registri_app")
        cursor.execute(statement)

    assert refusal.value.__cause__.sqlstate == "42501"  # insufficient privilege
    assert Change.objects.count() == 1


def test_the_applications_role_writes_records_and_they_are_logged():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE registri_app")
        record = office()
        cursor.execute("RESET ROLE")

    assert len(changes_of(record)) == 1


@pytest.mark.parametrize("statement", ["UPDATE changes_change SET reason = ''", "DELETE FROM changes_change"])
def test_even_the_owner_cannot_rewrite_the_log_by_accident(statement):
    office()

    with (
        pytest.raises(DatabaseError, match="hanya dapat ditambah"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_every_registry_table_is_logged_and_versioned():
    from batik_registry.models import record_models

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        installed = set(cursor.fetchall())

    for model in record_models():
        for name in ("log_insert", "log_update", "log_delete", "record_20_version"):
            assert (model._meta.db_table, name) in installed, f"{model._meta.label} has no trigger {name}"


def test_a_race_for_something_unique_is_told_like_any_other_fault():
    from django.core.exceptions import ValidationError

    from accounts.models import User

    User.objects.create_user("ganda@contoh.example", name="Satu", role="administrator")
    second = User(email="ganda@contoh.example", name="Dua", role="administrator")
    second.set_unusable_password()
    second.full_clean = lambda *args, **kwargs: None  # as if the other row had been written after the check

    with pytest.raises(ValidationError) as refusal:
        second.save()

    assert list(refusal.value.message_dict) == ["email"]
    assert not isinstance(refusal.value, IntegrityError)
