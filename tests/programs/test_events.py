"""Events: their life from plan to closed, who may move them, what must be known before they close."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.choices import RoleCode
from centres.models import Rule
from changes.models import Change
from programs import event_life
from programs.actions.events import take
from programs.choices import EventStatus
from programs.event_life import EventDeed
from programs.models import Event
from tests.factories.accounts import make_user
from tests.factories.centres import SRAGEN, make_centre
from tests.factories.events import make_event, make_funding, make_participation, make_venue

pytestmark = pytest.mark.usefixtures("places")

S, D = EventStatus, EventDeed
MINISTRY = {RoleCode.ADMINISTRATOR, RoleCode.PROGRAMME_STAFF}
OFFICES = MINISTRY | {RoleCode.PROVINCE_OFFICER, RoleCode.REGENCY_OFFICER}
# Typed from the ministry's wish, not from the code: what may follow what, and who may do it.
LIFE = {
    (S.PLANNED, D.OPEN): (S.OPEN, OFFICES),
    (S.PLANNED, D.START): (S.RUNNING, OFFICES),
    (S.PLANNED, D.FINISH): (S.FINISHED, OFFICES),
    (S.PLANNED, D.CANCEL): (S.CANCELLED, OFFICES),
    (S.OPEN, D.START): (S.RUNNING, OFFICES),
    (S.OPEN, D.FINISH): (S.FINISHED, OFFICES),
    (S.OPEN, D.CANCEL): (S.CANCELLED, OFFICES),
    (S.RUNNING, D.FINISH): (S.FINISHED, OFFICES),
    (S.RUNNING, D.CANCEL): (S.CANCELLED, OFFICES),
    (S.FINISHED, D.CLOSE): (S.CLOSED, {RoleCode.PROGRAMME_STAFF, RoleCode.PROVINCE_OFFICER}),
}
REGIONS = {RoleCode.PROVINCE_OFFICER: "33", RoleCode.REGENCY_OFFICER: SRAGEN, RoleCode.CENTRE_MANAGER: SRAGEN}


def event_in(status, **values):
    """An event without anything to report, so that only the table stands in its way."""
    if status == S.CANCELLED:
        values["status_reason"] = "Contoh"
    return make_event(kind="KUNJUNGAN", status=status, **values)


@pytest.mark.parametrize("role", RoleCode)
@pytest.mark.parametrize("status", EventStatus)
def test_each_deed_leads_where_the_table_says_for_whom_it_says_and_nothing_else_happens(status, role):
    user = make_user(role, region=REGIONS.get(role, ""))

    event = event_in(status)
    for deed in EventDeed:
        target, roles = LIFE.get((status, deed), (None, set()))
        if target is None:
            with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
                take(event=event, deed=deed, by=user, status_reason="Contoh")
        elif role not in roles:
            with pytest.raises(PermissionDenied):
                take(event=event, deed=deed, by=user, status_reason="Contoh")
        else:
            moved = take(event=event, deed=deed, by=user, status_reason="Contoh")
            assert (moved.status, moved.status_by) == (target, user)
            event = event_in(status)
    event.refresh_from_db()
    assert event.status == status


def test_the_table_has_no_other_line():
    assert {(source, move.deed) for move in event_life.MOVES for source in move.sources} == set(LIFE)


def test_an_office_moves_no_event_of_another_region(mojokerto_officer):
    with pytest.raises(PermissionDenied):
        take(event=event_in(S.PLANNED), deed=D.OPEN, by=mojokerto_officer)


@pytest.mark.parametrize(("before", "after"), [(S.CLOSED, S.PLANNED), (S.PLANNED, S.CLOSED), (S.CANCELLED, S.OPEN)])
def test_what_is_not_in_the_table_happens_through_no_door(before, after):
    event = event_in(before)

    event.status = after
    with pytest.raises(ValidationError, match="Status tidak berubah"):
        event.save()
    with pytest.raises(IntegrityError, match="lewat langkah"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(status=after)


def test_an_event_that_is_cancelled_says_why(programme_staff):
    with pytest.raises(ValidationError) as refusal:
        take(event=event_in(S.OPEN), deed=D.CANCEL, by=programme_staff)

    assert refusal.value.message_dict == {"status_reason": ["Tulis alasan kegiatan dibatalkan"]}


@time_machine.travel("2023-12-10 09:00+07:00")
def test_an_event_neither_starts_nor_ends_before_its_day(programme_staff):
    event = event_in(S.OPEN)

    with pytest.raises(ValidationError, match="baru mulai pada 11 Desember 2023"):
        take(event=event, deed=D.START, by=programme_staff)
    with pytest.raises(ValidationError, match="baru selesai pada 15 Desember 2023"):
        take(event=event, deed=D.FINISH, by=programme_staff)


def test_finishing_takes_the_figures_that_it_asks_for(programme_staff):
    event = take(event=event_in(S.RUNNING), deed=D.FINISH, by=programme_staff, visitors=412, name="Diganti")

    assert event.visitors == 412
    assert event.name != "Diganti"


def test_the_change_log_knows_of_each_move(programme_staff):
    event = take(event=event_in(S.PLANNED), deed=D.OPEN, by=programme_staff)

    assert [change.operation for change in Change.objects.of(event)] == ["I", "U"]


# --- closing ---


def exhibition_with(reported, silent=0, absent=0):
    event = make_event()
    for _ in range(reported):
        make_participation(event=event, cash_sales_idr=1_000_000, transactions=1)
    for _ in range(silent):
        make_participation(event=event)
    for _ in range(absent):
        make_participation(event=event, status="TIDAK_HADIR")
    return event


def test_an_event_does_not_close_before_nine_in_ten_have_a_result_and_says_how_many_are_missing(programme_staff):
    event = exhibition_with(reported=8, silent=2)

    with pytest.raises(ValidationError) as refusal:
        take(event=event, deed=D.CLOSE, by=programme_staff)

    assert refusal.value.message_dict["status"] == [
        "2 dari 10 peserta belum punya hasil. Isi hasilnya atau tandai tidak ada transaksi; kegiatan ditutup bila "
        "sedikitnya 90% peserta sudah punya hasil"
    ]


def test_it_closes_at_nine_in_ten(programme_staff):
    event = take(event=exhibition_with(reported=9, silent=1), deed=D.CLOSE, by=programme_staff)

    assert event.status == S.CLOSED


def test_no_transaction_is_a_result_and_so_is_zero(programme_staff):
    event = exhibition_with(reported=0)
    make_participation(event=event, no_transaction=True)
    make_participation(event=event, cash_sales_idr=0)

    assert take(event=event, deed=D.CLOSE, by=programme_staff).status == S.CLOSED


def test_whoever_stayed_away_owes_no_result(programme_staff):
    event = exhibition_with(reported=1, absent=5)

    assert take(event=event, deed=D.CLOSE, by=programme_staff).status == S.CLOSED


def test_an_exhibition_without_a_single_participant_does_not_close(programme_staff):
    with pytest.raises(ValidationError, match="Belum ada peserta yang tercatat"):
        take(event=make_event(declared_participants=37), deed=D.CLOSE, by=programme_staff)


def test_the_share_is_a_rule_that_staff_may_change(programme_staff):
    Rule.objects.filter(code="HASIL_KEGIATAN").update(value="50")

    assert take(event=exhibition_with(1, silent=1), deed=D.CLOSE, by=programme_staff).status == S.CLOSED


def test_a_closed_event_takes_no_participant_by_any_door(programme_staff):
    event = take(event=exhibition_with(1), deed=D.CLOSE, by=programme_staff)
    row = make_participation(event=make_event())
    row.pk, row._state.adding, row.event = None, True, event

    with pytest.raises(IntegrityError, match="sudah ditutup"), transaction.atomic():
        type(row).objects.bulk_create([row])


def test_a_closed_event_still_takes_what_became_of_its_orders(programme_staff):
    event = make_event()
    participation = make_participation(event=event, preorder_idr=5_000_000, orders_count=1)
    take(event=event, deed=D.CLOSE, by=programme_staff)

    participation.refresh_from_db()
    participation.realised_orders_idr, participation.followed_up_on = 4_000_000, date(2024, 3, 14)
    participation.save()

    assert participation.realised_orders_idr == Decimal(4_000_000)


# --- what events are asked ---


def test_codes_are_given_once_per_year_and_region():
    assert [make_event().code for _ in range(2)] == ["K-2023-3314-01", "K-2023-3314-02"]
    assert make_event(region_id=None).code == "K-2023-00-01"


def test_an_event_lies_where_it_was_initiated_and_not_at_its_venue():
    event = make_event(venue=make_venue(region_id="35.76"))

    assert (event.region_code, event.province_code) == (SRAGEN, "33")
    assert event.days == 5


@pytest.mark.parametrize("text", ["contoh pameran", "sragen", "Balai Kartini", "mojokerto", "K-2023-3314"])
def test_events_are_found_by_name_code_region_and_venue(text):
    event = make_event(venue=make_venue(name="Balai Kartini"))
    make_event(name="Pelatihan", kind="LOKAKARYA", region_id="35.71")

    assert list(Event.objects.search(text)) == [event]


def test_events_of_an_allocation_that_are_not_settled_yet():
    from tests.bad_rows.events import make_activity

    activity = make_activity()
    running, closed = make_event(), make_event(kind="KUNJUNGAN", status="DITUTUP")
    for event in (running, closed):
        make_funding(event=event, source_of_funds="DAK_NONFISIK", activity=activity)

    assert set(Event.objects.funded_by(activity.allocation)) == {running, closed}
    assert list(Event.objects.funded_by(activity.allocation).unsettled()) == [running]


def test_lists_tell_participants_and_results_in_one_query(django_assert_num_queries):
    exhibition_with(reported=2, silent=1, absent=1)
    make_event(kind="KUNJUNGAN")

    with django_assert_num_queries(1):
        full, empty = Event.objects.with_results().order_by("created_at")

    assert (full.participants, full.reported, full.cash_sales, full.preorders) == (3, 2, 2_000_000, None)
    assert (empty.participants, empty.reported, empty.cash_sales) == (0, 0, None)


# --- who sees what ---


def test_an_event_is_seen_in_its_region_and_within_it(sragen_officer, mojokerto_officer, east_java_officer):
    ours, provincial, national = make_event(), make_event(region_id="35"), make_event(region_id=None)

    assert set(Event.objects.visible_to(sragen_officer)) == {ours, national}
    assert set(Event.objects.visible_to(mojokerto_officer)) == {provincial, national}
    assert set(Event.objects.visible_to(east_java_officer)) == {provincial, national}


def test_only_whoever_initiated_an_event_keeps_it(sragen_officer, programme_staff):
    ours = make_event()
    make_event(region_id=None)

    assert list(Event.objects.editable_by(sragen_officer)) == [ours]
    assert Event.objects.editable_by(programme_staff).count() == 2


def test_an_event_elsewhere_is_seen_where_a_participant_is_at_home(mojokerto_officer):
    event = make_participation().event  # of a member at home in Kota Mojokerto
    make_event()

    assert list(Event.objects.visible_to(mojokerto_officer)) == [event]
    assert not Event.objects.editable_by(mojokerto_officer).exists()


def test_a_manager_sees_the_events_of_the_own_centre(centre_manager):
    centre = make_centre()
    centre_manager.assigned_centres = [centre.pk]
    event = make_event(region_id="35.76", centre=centre)
    make_event(region_id="35.76")

    assert list(Event.objects.visible_to(centre_manager)) == [event]


def test_what_an_event_was_paid_from_is_seen_only_where_it_was_initiated(sragen_officer, mojokerto_officer):
    funding = make_funding()
    make_participation(event=funding.event)

    assert list(type(funding).objects.visible_to(sragen_officer)) == [funding]
    assert not type(funding).objects.visible_to(mojokerto_officer).exists()
