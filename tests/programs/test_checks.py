"""The automatic checks: each one's weight, sentence and row; silent where nothing is wrong or nothing is known."""

from datetime import UTC, date, datetime, timedelta

import pytest

from centres.loaders import load_records
from centres.models import Attachment, Rule
from programs.actions.allocations import take_in
from programs.checks import remarks
from programs.choices import Severity, State
from programs.deadlines import upcoming
from programs.gates import next_gate
from programs.models import Allocation, Handover
from programs.models.report_due import ReportDue, working_days_after
from programs.records import read_calendar
from tests.bad_rows.statements import photo, upload
from tests.factories.centres import make_centre, make_facility, make_membership, make_report
from tests.factories.programs import (
    BILLION,
    bring_to,
    make_activity,
    make_allocation,
    make_contract,
    make_disbursement,
    make_external,
    make_handover,
    make_link,
    make_progress,
    make_rules,
)

pytestmark = pytest.mark.django_db
BUSY = (State.PROPOSED, State.VERIFIED, State.ASSESSED, State.HARMONISED, State.FINALLY_ASSESSED, State.ALLOCATED)
DAY = date(2019, 11, 1)


@pytest.fixture(autouse=True)
def somewhere(places):
    pass


def codes(allocation, on=DAY):
    return [remark.code for remark in remarks(allocation, on)]


def one(allocation, code, on=DAY):
    return next(remark for remark in remarks(allocation, on) if remark.code == code)


def at_work(**values):
    return bring_to(make_allocation(**values), *BUSY, State.PLANNING, State.PLAN_APPROVED, State.PROCURING)


def taken_in(state=State.BUILT, **values):
    allocation = make_allocation(**values)
    take_in(allocation=allocation, state=state, actor_name="Uji", reason="Uji", document="Uji")
    return allocation


def test_an_allocation_about_which_nothing_is_known_has_no_remark():
    assert codes(make_allocation(ceiling_idr=None, plan_idr=None)) == []


def test_a_plan_that_does_not_add_up_blocks():
    allocation = make_allocation()
    make_activity(allocation=allocation, unit_cost_idr=9 * BILLION)

    remark = one(allocation, "RK")

    assert remark.severity == Severity.BLOCK
    assert remark.sentence == "Jumlah rincian kegiatan Rp9.000.000.000 tidak sama dengan RK Rp10.000.000.000"
    make_activity(allocation=allocation, unit_cost_idr=BILLION)
    assert "RK" not in codes(allocation)


@pytest.mark.parametrize(("ceiling", "odd"), [(49_999_999, True), (50_000_000, False), (50 * BILLION + 1, True)])
def test_a_ceiling_with_too_many_or_too_few_zeros_is_asked_about(ceiling, odd):
    assert ("PAGU" in codes(make_allocation(ceiling_idr=ceiling, plan_idr=None))) is odd


def test_contracts_below_the_plan_show_the_gap():
    allocation = make_allocation()
    make_contract(allocation=allocation, value_idr=9 * BILLION)

    assert one(allocation, "KONTRAK_RK").sentence == "RK yang belum dikontrakkan: Rp1.000.000.000"


@pytest.mark.parametrize(("physical", "odd"), [(70, False), (71, True), (29, True), (30, False)])
def test_work_and_money_more_than_twenty_points_apart_are_urgent(physical, odd):
    """Absorbed 5 of 10 billion under contract: 50 %."""
    allocation = make_allocation()
    make_contract(allocation=allocation, value_idr=10 * BILLION)
    report = make_progress(allocation=allocation, quarter=3, absorbed_idr=5 * BILLION, physical_pct=physical)

    found = [remark for remark in remarks(allocation, DAY) if remark.code == "FISIK_UANG"]

    assert bool(found) is odd
    assert all(remark.record == report and remark.severity == Severity.RED for remark in found)


def test_more_absorbed_than_received_asks_who_advanced_it():
    allocation = make_allocation()
    make_disbursement(allocation=allocation, amount_idr=BILLION)
    make_progress(allocation=allocation, quarter=3, absorbed_idr=2 * BILLION)

    assert "apakah ditalangi APBD?" in one(allocation, "TALANGAN").sentence


def test_no_contract_by_the_first_of_july_is_urgent():
    allocation = at_work()

    assert "TANPA_KONTRAK" not in codes(allocation, date(2019, 6, 30))
    assert one(allocation, "TANPA_KONTRAK", date(2019, 7, 1)).severity == Severity.RED
    make_contract(allocation=allocation)
    assert "TANPA_KONTRAK" not in codes(allocation, date(2019, 7, 1))


def test_a_late_report_says_since_when_and_taken_in_years_owe_none():
    load_calendar()
    allocation = at_work()
    make_progress(allocation=allocation, quarter=1)

    remark = one(allocation, "LAPORAN_TERLAMBAT", date(2019, 7, 20))

    assert remark.sentence == "Laporan triwulan II belum ada; tenggatnya 10 Juli 2019, terlambat 10 hari"
    assert codes(taken_in(State.CONTRACTED), date(2024, 1, 1)).count("LAPORAN_TERLAMBAT") == 0


def load_calendar():
    load_records(read_calendar())


def test_three_equal_reports_stand_still():
    allocation = make_allocation()
    for quarter in (1, 2, 3):
        make_progress(allocation=allocation, quarter=quarter, absorbed_idr=BILLION, physical_pct=10)

    assert one(allocation, "TIDAK_BERGERAK").record == allocation.progressreport_set.get(quarter=3)


def test_three_reports_that_say_nothing_do_not_stand_still():
    allocation = make_allocation()
    for quarter in (1, 2, 3):
        make_progress(allocation=allocation, quarter=quarter, follow_up="Menunggu cuaca")

    assert "TIDAK_BERGERAK" not in codes(allocation)


def test_a_payment_without_its_deed_is_urgent():
    allocation = at_work()
    payment = make_disbursement(allocation=allocation)

    remark = one(allocation, "TANPA_LANGKAH")

    assert (remark.severity, remark.record) == (Severity.RED, payment)


def test_an_allocation_that_was_taken_in_owes_what_falls_due_later():
    load_calendar()
    allocation = taken_in(State.CONTRACTED)
    taken = allocation.step_set.get()
    due = date(taken.decided_at.year, 10, 10)
    later = taken_in(State.CONTRACTED, fiscal_year=due.year + 1)

    assert "LAPORAN_TERLAMBAT" not in codes(allocation, date(due.year + 2, 1, 1))
    assert "LAPORAN_TERLAMBAT" in codes(later, date(due.year + 2, 1, 1))


def take_photo(report, *, colour=None, **values):
    made = Attachment(record=report, file=upload(photo(60 + (colour or 0), 40))())
    made.save()
    Attachment.objects.filter(pk=made.pk).update(**values)
    return made


def test_photos_of_another_place_or_time_are_asked_about_and_reused_ones_block():
    facility = make_facility(latitude="-7.4726", longitude="112.4381")
    allocation = make_allocation(facility=facility)
    report = make_progress(allocation=allocation, quarter=2)
    inside = datetime(2019, 5, 6, 3, tzinfo=UTC)
    take_photo(report, taken_at=inside, latitude="-7.4726", longitude="112.4390")
    assert codes(allocation) == []

    far = take_photo(report, colour=1, taken_at=inside, latitude="-7.4726", longitude="112.4481")
    early = take_photo(report, colour=2, taken_at=datetime(2019, 3, 31, 3, tzinfo=UTC))
    twice = take_photo(make_progress(quarter=2), colour=3)
    again = take_photo(report, colour=3)

    assert one(allocation, "FOTO_TEMPAT").record == far
    assert one(allocation, "FOTO_MASA").record == early
    assert one(allocation, "FOTO_GANDA").severity == Severity.BLOCK
    assert one(allocation, "FOTO_GANDA").record == again != twice


def test_a_batik_centre_without_waste_water_works_is_asked_about_a_craft_centre_is_not():
    allocation = taken_in()
    make_link(allocation=allocation, centre=make_centre(commodity="KERAJINAN"))
    assert "IPAL" not in codes(allocation)
    centre = make_centre()
    make_link(allocation=allocation, centre=centre)
    assert one(allocation, "IPAL").record == centre

    make_facility(centre=centre, facility_type="IPAL")

    assert "IPAL" not in codes(allocation)


# --- after the handover ---


@pytest.mark.parametrize(
    ("days", "status"), [(180, ""), (181, "BELUM_DIMANFAATKAN"), (365, "BELUM_DIMANFAATKAN"), (366, "MANGKRAK")]
)
def test_a_building_without_an_operation_report_is_unused_after_180_days_and_abandoned_after_a_year(days, status):
    handover = make_handover(bast_on=date(2019, 12, 2))
    day = date(2019, 12, 2) + timedelta(days=days)

    found = {remark.code for remark in remarks(handover.allocation, day)} & {"BELUM_DIMANFAATKAN", "MANGKRAK"}

    assert found == ({status} if status else set())
    assert handover.use_status(day) == (status or "BARU_SERAH_TERIMA")
    assert (handover in Handover.objects.unused(day)) is bool(status)
    assert (handover in Handover.objects.abandoned(day)) is (status == "MANGKRAK")


def test_a_handover_without_its_day_says_nothing_of_the_use():
    handover = make_handover(bast_on=None, bast_number="")
    make_report(centre=make_link(allocation=handover.allocation).centre, year=2018, quarter=1)

    assert handover.use_status(date(2021, 5, 1)) == ""
    assert handover not in Handover.objects.unused(date(2021, 5, 1))


def test_an_operation_report_with_open_days_starts_the_clock_anew():
    handover = make_handover(bast_on=date(2019, 12, 2))
    centre = make_centre()
    make_link(allocation=handover.allocation, centre=centre)
    make_report(centre=centre, year=2021, quarter=1, open_days=0, closed_reason="Belum ada pengelola")
    assert handover.use_status(date(2021, 5, 1)) == "MANGKRAK"

    make_report(centre=centre, year=2020, quarter=4, open_days=30)

    assert handover.idle_days(date(2021, 5, 1)) == (date(2021, 5, 1) - date(2020, 12, 31)).days
    assert handover.use_status(date(2021, 5, 1)) == "DIMANFAATKAN"
    assert handover.use_status(date(2021, 7, 1)) == "BELUM_DIMANFAATKAN"


def test_few_users_in_two_quarters_are_asked_about():
    allocation = make_handover().allocation
    centre = make_centre(member_count_declared=40)
    make_membership(centre=centre)
    make_link(allocation=allocation, centre=centre)
    make_report(centre=centre, year=2020, quarter=1, ikm_users=9)
    assert "KURANG_AKTIF" not in codes(allocation, date(2020, 6, 1))

    make_report(centre=centre, year=2020, quarter=2, ikm_users=9)

    assert "hanya 9 dari 40 IKM" in one(allocation, "KURANG_AKTIF", date(2020, 9, 1)).sentence


def test_another_system_that_differs_by_more_than_a_percent_is_shown_with_both_figures():
    allocation = make_allocation()
    make_disbursement(allocation=allocation, amount_idr=BILLION)
    make_external(allocation=allocation, amount_idr=990_000_001)
    assert "SISTEM_LAIN" not in codes(allocation)

    make_external(allocation=allocation, amount_idr=980_000_000, stated_on=date(2019, 10, 2))

    assert one(allocation, "SISTEM_LAIN").sentence == (
        "Penyaluran di registri Rp1.000.000.000, di OMSPAN Rp980.000.000"
    )


def test_a_limit_that_staff_change_is_the_limit():
    handover = make_handover(bast_on=date(2019, 12, 2))
    Rule.objects.filter(code="BELUM_DIMANFAATKAN").update(value="90")

    assert handover.use_status(date(2020, 3, 10)) == "BELUM_DIMANFAATKAN"


# --- what is due ---


def test_what_is_due_next_comes_nearest_first_with_who_must_act():
    make_rules()
    load_calendar()
    allocation = make_allocation(fiscal_year=2024)
    bring_to(allocation, *BUSY, State.PLANNING, State.PLAN_APPROVED, State.PROCURING)
    make_contract(allocation=allocation, ends_on=date(2024, 11, 30), vendor="PT Contoh")
    allocation = Allocation.objects.get(pk=allocation.pk)

    due = upcoming(allocation, next_gate(allocation), date(2024, 7, 1))

    assert [(one.due_on, one.label) for one in due] == [
        (date(2024, 7, 10), "Laporan triwulan II"),
        (date(2024, 7, 31), "Syarat Tahap I lengkap"),
        (date(2024, 10, 10), "Laporan triwulan III"),
        (date(2024, 11, 30), f"Kontrak {allocation.contract_set.get().package_name} berakhir"),
        (date(2025, 1, 10), "Laporan triwulan IV"),
    ]
    assert "Inspektorat daerah" in due[1].who
    assert due[1].days_left(date(2024, 7, 1)) == 30


def test_a_year_of_its_own_goes_before_the_general_calendar():
    load_calendar()
    assert ReportDue.objects.due_on("KEMAJUAN", 2026, 2) == date(2026, 7, 10)
    assert ReportDue.objects.due_on("KEMAJUAN", 2026, 4) == date(2027, 1, 10)

    ReportDue.objects.create(kind="KEMAJUAN", period=2, fiscal_year=2026, month=7, day=21)

    assert ReportDue.objects.due_on("KEMAJUAN", 2026, 2) == date(2026, 7, 21)
    assert ReportDue.objects.due_on("KEMAJUAN", 2027, 2) == date(2027, 7, 10)
    assert ReportDue.objects.due_on("KEMAJUAN", 2026, 3) == date(2026, 10, 10)
    assert ReportDue.objects.due_on("KEMAJUAN", 2026, 9) is None


def test_working_days_pass_over_the_weekend():
    assert working_days_after(date(2026, 7, 10), 5) == date(2026, 7, 17)
    assert working_days_after(date(2026, 7, 10), 0) == date(2026, 7, 10)
