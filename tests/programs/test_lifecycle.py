"""The life of an allocation: every state, every deed, every role, and nothing that the table does not hold."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts.choices import RoleCode
from changes.models import Change
from programs.actions.allocations import StepRefusedError, open_moves, take, take_in
from programs.choices import DocumentKind, State
from programs.gates import Look
from programs.lifecycle import LIVES, MOVES, NON_PHYSICAL, OTHER_ACTIVITY, OTHER_FUND, PHYSICAL, Deed, moves_from
from programs.models import Allocation, Step
from tests.factories.accounts import make_user
from tests.factories.centres import make_centre, make_report
from tests.factories.programs import (
    BILLION,
    bring_to,
    make_activity,
    make_allocation,
    make_contract,
    make_disbursement,
    make_document,
    make_handover,
    make_link,
    make_progress,
    make_rules,
)

PROPERTIES = {
    PHYSICAL: {"kind": "FISIK"},
    NON_PHYSICAL: {"kind": "NONFISIK"},
    OTHER_FUND: {"source_of_funds": "APBD"},
    OTHER_ACTIVITY: {"source_of_funds": "TP", "kind": "NONFISIK"},
}
#: The ministry's table once more, typed from it: who acts in each row.
WHO = {
    Deed.PROPOSE: "office",
    Deed.VERIFY: "province",
    Deed.ASSESS: "staff",
    Deed.HARMONISE: "staff",
    Deed.ASSESS_FINALLY: "staff",
    Deed.ALLOCATE: "staff",
    Deed.REJECT: "staff",
    Deed.SEND_BACK: "province",
    Deed.OPEN_PLAN: "ministry",
    Deed.APPROVE_PLAN: "staff",
    Deed.REVISE_PLAN: "staff",
    Deed.PROCURE: "office",
    Deed.CONTRACT: "office",
    Deed.DISBURSE: "office",
    Deed.MISS: "staff",
    Deed.TERMINATE: "office",
    Deed.CARRY_OVER: "office",
    Deed.COMPLETE: "office",
    Deed.HAND_OVER: "office",
    Deed.OPERATE: "office",
    Deed.MONITOR: "office",
    Deed.CLOSE: "ministry",
    Deed.APPROVE_USE: "staff",
    Deed.CARRY_OUT: "office",
    Deed.REPORT_STAGE: "province",
    Deed.REPORT_FINALLY: "province",
    Deed.TAKE_IN: "staff",
}
GROUPS = {
    "staff": {RoleCode.PROGRAMME_STAFF},
    "ministry": {RoleCode.PROGRAMME_STAFF, RoleCode.ADMINISTRATOR},
    "province": {RoleCode.PROGRAMME_STAFF, RoleCode.PROVINCE_OFFICER},
    "office": {RoleCode.PROGRAMME_STAFF, RoleCode.PROVINCE_OFFICER, RoleCode.REGENCY_OFFICER},
}


def who_acts(deed, region):
    """The roles of the deed; what a dinas does a province does for its own money alone."""
    is_of_regency = WHO[deed] == "office" and len(region) > 2
    return GROUPS[WHO[deed]] - ({RoleCode.PROVINCE_OFFICER} if is_of_regency else set())


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.deed}-{move.target}")
def test_each_deed_is_for_the_roles_of_the_ministrys_table(move):
    assert move.roles == GROUPS[WHO[move.deed]]


def reachable(life):
    found, new = set(), {life.first}
    while new:
        found |= new
        new = {move.target for state in new for move in moves_from(life, state)} - found
    return found


def test_every_state_of_the_table_can_be_reached_and_every_state_is_in_it():
    assert set().union(*map(reachable, LIVES)) == set(State)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.code)
def test_no_life_runs_into_a_dead_end_but_closed_and_rejected(life):
    ends = {state for state in reachable(life) if not list(moves_from(life, state))}

    assert ends == ({State.CLOSED, State.REJECTED} if life is PHYSICAL else {State.CLOSED})


@pytest.mark.django_db
@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.code)
def test_state_deed_and_role_walked_one_by_one(life, places):
    """Every triple: what is in the table is allowed to the role, everything else is refused."""
    make_rules()
    region = {RoleCode.PROVINCE_OFFICER: "35", RoleCode.REGENCY_OFFICER: "35.76", RoleCode.CENTRE_MANAGER: "35.76"}
    users = {role: make_user(role, region=region.get(role, "")) for role in RoleCode}
    allocation = make_allocation(**PROPERTIES[life])
    bring_to(allocation, next(moves_from(life, allocation.state)).target)  # so that it began already

    for state in reachable(life):
        # As if it stood there: only a step may move it, so the row in memory is what is asked about.
        allocation.state = state
        listed = [move for move in moves_from(life, state) if move.deed not in (Deed.TAKE_IN, Deed.DISBURSE)]
        for role, user in users.items():
            allowed = {move.deed for move in open_moves(look=Look(allocation), by=user)} - {Deed.DISBURSE}
            expected = {move.deed for move in listed if role in who_acts(move.deed, allocation.region_id)}
            assert allowed == expected, (state, role)


@pytest.mark.django_db
@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.code)
def test_the_database_refuses_every_step_that_the_table_does_not_hold(life, places):
    allocation = make_allocation(**PROPERTIES[life])
    here = {(move.deed, move.target) for move in moves_from(life, allocation.state)}

    for deed in Deed:
        for target in State:
            if (deed, target) not in here:
                step = Step(allocation=allocation, deed=deed, from_state=allocation.state, to_state=target)
                step.actor_name = "Uji"
                with pytest.raises(DatabaseError, match="daur alokasi"), transaction.atomic():
                    Step.objects.bulk_create([step])

    assert Step.objects.count() == 0


@pytest.mark.django_db
def test_no_door_sets_the_state_itself(places):
    allocation = make_allocation(state=State.CLOSED)
    assert allocation.state == State.DRAFT

    bring_to(allocation, State.PROPOSED)
    with pytest.raises(DatabaseError, match="langkah yang tercatat"), transaction.atomic():
        Allocation.objects.update(state=State.CLOSED)


@pytest.mark.django_db
def test_a_step_is_written_once(places):
    allocation = bring_to(make_allocation(), State.PROPOSED)

    for write in (lambda: Step.objects.update(reason="Diganti"), lambda: Step.objects.all().delete()):
        with pytest.raises(DatabaseError, match="hanya dapat ditambah"), transaction.atomic():
            write()
    Allocation.objects.filter(pk=allocation.pk).update(region_id="35.16")  # moving the region along is no rewriting
    assert Step.objects.get().region_code == "35.16"


@pytest.mark.django_db
def test_kind_and_fund_stay_once_the_life_has_begun(places):
    allocation = make_allocation()
    allocation.kind, allocation.purpose = "NONFISIK", ""
    allocation.save()
    assert allocation.state == State.ALLOCATED

    bring_to(allocation, State.USE_APPROVED)
    allocation.kind, allocation.purpose = "FISIK", "PEMBANGUNAN"
    with pytest.raises(ValidationError, match="tidak dapat diganti"):
        allocation.save()


# --- conditions, in the order of a building's life ---


def refusal(allocation, deed, by, **given):
    with pytest.raises(ValidationError) as caught:
        take(allocation=allocation, deed=deed, by=by, **given)
    return caught.value.messages


@pytest.mark.django_db
def test_an_allocation_lives_from_proposal_to_a_closed_file(
    places, programme_staff, east_java_officer, mojokerto_officer, administrator
):
    make_rules()
    allocation = make_allocation(fiscal_year=2019, plan_idr=None, ceiling_idr=None)
    centre = make_centre(member_count_declared=4)

    assert "Pilih sentra yang akan dilayani" in refusal(allocation, Deed.PROPOSE, mojokerto_officer)
    make_link(allocation=allocation, centre=centre)
    assert any("sedikitnya 5" in said for said in refusal(allocation, Deed.PROPOSE, mojokerto_officer))
    centre.member_count_declared = 30
    centre.save()
    for document in (DocumentKind.TOR, DocumentKind.RAB, DocumentKind.DED):
        make_document(allocation=allocation, document=document)
    assert refusal(allocation, Deed.PROPOSE, mojokerto_officer) == ["Berkas usulan belum ada: Bukti kesiapan lahan"]
    make_document(allocation=allocation, document=DocumentKind.LAND)
    take(allocation=allocation, deed=Deed.PROPOSE, by=mojokerto_officer)

    take(allocation=allocation, deed=Deed.VERIFY, by=east_java_officer)
    for deed in (Deed.ASSESS, Deed.HARMONISE, Deed.ASSESS_FINALLY):
        take(allocation=allocation, deed=deed, by=programme_staff)
    assert refusal(allocation, Deed.ALLOCATE, programme_staff) == ["Isi pagu alokasi", "Isi dasar hukum alokasi"]
    Allocation.objects.filter(pk=allocation.pk).update(ceiling_idr=10 * BILLION, legal_basis="Perpres contoh")
    take(allocation=allocation, deed=Deed.ALLOCATE, by=programme_staff)

    take(allocation=allocation, deed=Deed.OPEN_PLAN, by=administrator)
    assert refusal(allocation, Deed.APPROVE_PLAN, programme_staff) == ["Isi nilai RK"]
    Allocation.objects.filter(pk=allocation.pk).update(plan_idr=10 * BILLION)
    make_activity(allocation=allocation, unit_cost_idr=9 * BILLION)
    [said] = refusal(allocation, Deed.APPROVE_PLAN, programme_staff)
    assert said == "Jumlah rincian Rp9.000.000.000 belum sama dengan RK Rp10.000.000.000"
    make_activity(allocation=allocation, unit_cost_idr=BILLION)
    take(allocation=allocation, deed=Deed.APPROVE_PLAN, by=programme_staff)

    take(allocation=allocation, deed=Deed.PROCURE, by=mojokerto_officer)
    assert refusal(allocation, Deed.CONTRACT, mojokerto_officer)
    make_contract(allocation=allocation, value_idr=10 * BILLION)
    take(allocation=allocation, deed=Deed.CONTRACT, by=mojokerto_officer)

    pay = {"received_on": date(2019, 5, 24), "sp2d_number": "S-1", "amount_idr": 25 * BILLION // 10}
    take(allocation=allocation, deed=Deed.DISBURSE, by=mojokerto_officer, payment=pay)
    [said] = refusal(allocation, Deed.DISBURSE, mojokerto_officer, payment=pay)
    assert said == "Penyerapan sedikitnya 75% dari dana yang diterima: belum ada laporan penyerapan"
    make_progress(allocation=allocation, quarter=2, absorbed_idr=2 * BILLION)
    pay |= {"sp2d_number": "S-2", "amount_idr": 45 * BILLION // 10, "received_on": date(2019, 9, 18)}
    take(allocation=allocation, deed=Deed.DISBURSE, by=mojokerto_officer, payment=pay)
    make_progress(allocation=allocation, quarter=3, absorbed_idr=65 * BILLION // 10, output_pct=80)
    pay |= {"sp2d_number": "S-3", "amount_idr": 3 * BILLION, "received_on": date(2019, 12, 10)}
    take(allocation=allocation, deed=Deed.DISBURSE, by=mojokerto_officer, payment=pay)

    assert len(refusal(allocation, Deed.COMPLETE, mojokerto_officer)) == 2
    handover = make_handover(allocation=allocation)
    make_progress(allocation=allocation, quarter=4, absorbed_idr=10 * BILLION, physical_pct=100)
    take(allocation=allocation, deed=Deed.COMPLETE, by=mojokerto_officer)

    assert refusal(allocation, Deed.HAND_OVER, mojokerto_officer)
    handover.asset_code, handover.asset_recorded_on = "BMD-1", date(2020, 1, 10)
    handover.save()
    take(allocation=allocation, deed=Deed.HAND_OVER, by=mojokerto_officer)
    assert len(refusal(allocation, Deed.OPERATE, mojokerto_officer)) == 3
    handover.manager_decree = "SK-1"
    handover.save()
    centre.centreprocedure_set.create(title="SOP contoh")
    make_report(centre=centre, year=2019, quarter=3)
    [said] = refusal(allocation, Deed.OPERATE, mojokerto_officer)
    assert said == "Catat laporan operasional pertama sentra setelah serah terima"
    make_report(centre=centre, year=2020, quarter=1)
    take(allocation=allocation, deed=Deed.OPERATE, by=mojokerto_officer)
    take(allocation=allocation, deed=Deed.MONITOR, by=mojokerto_officer)
    with pytest.raises(PermissionDenied):
        take(allocation=allocation, deed=Deed.CLOSE, by=mojokerto_officer, reason="Selesai")
    assert refusal(allocation, Deed.CLOSE, programme_staff) == ["Tulis alasannya"]
    last = take(allocation=allocation, deed=Deed.CLOSE, by=programme_staff, reason="Lima tahun dipantau")

    allocation.refresh_from_db()
    assert (allocation.state, last.actor_name) == (State.CLOSED, "Staf program uji")
    assert allocation.step_set.count() == 18


@pytest.mark.django_db
def test_nobody_verifies_the_own_proposal(places, east_java_officer, programme_staff):
    allocation = make_allocation(region_id="35")
    make_link(allocation=allocation, centre=make_centre(member_count_declared=30))
    for document in (DocumentKind.TOR, DocumentKind.RAB, DocumentKind.DED, DocumentKind.LAND):
        make_document(allocation=allocation, document=document)
    take(allocation=allocation, deed=Deed.PROPOSE, by=east_java_officer)

    with pytest.raises(PermissionDenied, match="Anda sendiri yang mengusulkannya"):
        take(allocation=allocation, deed=Deed.VERIFY, by=east_java_officer)
    take(allocation=allocation, deed=Deed.VERIFY, by=programme_staff)


@pytest.mark.django_db
def test_an_officer_of_another_region_moves_nothing(places, sragen_officer):
    with pytest.raises(PermissionDenied):
        take(allocation=make_allocation(), deed=Deed.PROPOSE, by=sragen_officer)


@pytest.mark.django_db
def test_sending_back_needs_a_reason(places, programme_staff):
    allocation = bring_to(make_allocation(), State.PROPOSED)

    assert refusal(allocation, Deed.SEND_BACK, programme_staff) == ["Tulis alasannya"]
    take(allocation=allocation, deed=Deed.SEND_BACK, by=programme_staff, reason="RAB belum rinci")

    allocation.refresh_from_db()
    assert allocation.state == State.DRAFT


@pytest.mark.django_db
def test_a_stage_is_missed_only_after_its_last_day(places, programme_staff):
    make_rules()
    allocation = bring_to(make_allocation(fiscal_year=2024), State.PROPOSED, State.VERIFIED, State.ASSESSED)
    bring_to(allocation, State.HARMONISED, State.FINALLY_ASSESSED, State.ALLOCATED, State.PLANNING)
    bring_to(allocation, State.PLAN_APPROVED)
    given = {"allocation": allocation, "deed": Deed.MISS, "by": programme_staff, "reason": "Berkas tidak datang"}

    with pytest.raises(StepRefusedError, match="baru lewat setelah 31 Juli 2024"):
        take(**given, now=datetime(2024, 7, 31, 16, 0, tzinfo=UTC))
    take(**given, now=datetime(2024, 7, 31, 17, 0, tzinfo=UTC))

    allocation.refresh_from_db()
    assert allocation.state == State.NOT_DISBURSED


@pytest.mark.django_db
def test_what_was_done_before_the_registry_is_taken_in_once(places, programme_staff):
    allocation = make_allocation(fiscal_year=2019)
    given = {"actor_name": "Uji", "reason": "Diresmikan", "document": "Berita 1"}

    take_in(allocation=allocation, state=State.BUILT, **given)

    allocation.refresh_from_db()
    assert allocation.state == State.BUILT
    with pytest.raises(StepRefusedError):
        take_in(allocation=allocation, state=State.OPERATING, **given)
    with pytest.raises(ValidationError, match="dokumen"):
        take(allocation=make_allocation(), deed=Deed.TAKE_IN, target=State.BUILT, by=programme_staff, reason="Uji")


@pytest.mark.django_db
def test_money_of_another_fund_needs_no_gate(places, programme_staff):
    allocation = make_allocation(source_of_funds="CSR", fiscal_year=2019)
    make_contract(allocation=allocation)
    take(allocation=allocation, deed=Deed.PROCURE, by=programme_staff)
    take(allocation=allocation, deed=Deed.CONTRACT, by=programme_staff)
    make_handover(allocation=allocation)
    make_progress(allocation=allocation, physical_pct=100)

    take(allocation=allocation, deed=Deed.COMPLETE, by=programme_staff)

    allocation.refresh_from_db()
    assert allocation.state == State.BUILT


@pytest.mark.django_db
def test_a_payment_over_the_ceiling_is_refused_and_leaves_no_step(places, programme_staff):
    make_rules()
    allocation = make_allocation(disbursement_mode="BERTAHAP")
    take_in(allocation=allocation, state=State.CONTRACTED, actor_name="Uji", reason="Uji", document="Uji")
    pay = {"received_on": date(2019, 5, 24), "sp2d_number": "S-9", "amount_idr": 10 * BILLION + 1}

    with pytest.raises(ValidationError, match="melebihi pagu"):
        take(allocation=allocation, deed=Deed.DISBURSE, by=programme_staff, payment=pay)

    assert allocation.step_set.count() == 1
    assert not allocation.disbursement_set.exists()


def contracted(**values):
    allocation = make_allocation(**values)
    make_contract(allocation=allocation, value_idr=10 * BILLION)
    take_in(allocation=allocation, state=State.CONTRACTED, actor_name="Uji", reason="Uji", document="Uji")
    return allocation


@pytest.mark.django_db
def test_a_payment_that_was_announced_is_completed_and_needs_its_day(places, programme_staff):
    make_rules()
    allocation = contracted()
    announced = make_disbursement(allocation=allocation, received_on=None, amount_idr=25 * BILLION // 10)
    pay = {"sp2d_number": "S-1", "amount_idr": 24 * BILLION // 10}

    with pytest.raises(StepRefusedError, match="Isi tanggal uang masuk RKUD"):
        take(allocation=allocation, deed=Deed.DISBURSE, by=programme_staff, payment=pay)
    pay["received_on"] = date(2019, 5, 24)
    take(allocation=allocation, deed=Deed.DISBURSE, by=programme_staff, payment=pay)

    [paid] = allocation.disbursement_set.all()
    assert (paid.pk, paid.sp2d_number, paid.received_on) == (announced.pk, "S-1", date(2019, 5, 24))


@pytest.mark.django_db
def test_the_money_goes_on_from_its_stage_after_a_new_contract(places, programme_staff):
    make_rules()
    allocation = contracted()
    make_disbursement(allocation=allocation)
    make_contract(allocation=allocation, value_idr=None)
    bring_to(allocation, State.STAGE_1, State.TERMINATED, State.PROCURING, State.CONTRACTED)

    moves = open_moves(look=Look(allocation), by=programme_staff)

    assert [move.stage for move in moves if move.deed == Deed.DISBURSE] == ["II"]


@pytest.mark.django_db
def test_an_approved_plan_changes_only_after_it_was_opened_again(places, programme_staff):
    allocation = make_allocation(ceiling_idr=11 * BILLION)
    activity = make_activity(allocation=allocation, unit_cost_idr=10 * BILLION)
    bring_to(allocation, State.PROPOSED, State.VERIFIED, State.ASSESSED, State.HARMONISED, State.FINALLY_ASSESSED)
    bring_to(allocation, State.ALLOCATED, State.PLANNING, State.PLAN_APPROVED)

    def change_both():
        for record, field in ((allocation, "plan_idr"), (activity, "unit_cost_idr")):
            record.refresh_from_db()
            setattr(record, field, 10 * BILLION - 1 if field == "unit_cost_idr" else 10 * BILLION + 1)
            yield record

    for record in change_both():
        with pytest.raises(ValidationError, match="buka perubahan RK dahulu"):
            record.save()
    take(allocation=allocation, deed=Deed.REVISE_PLAN, by=programme_staff, reason="Harga naik")
    for record in change_both():
        record.save()


@pytest.mark.django_db
def test_a_province_acts_as_a_dinas_for_its_own_money_alone(places, east_java_officer):
    of_regency, own = make_allocation(), make_allocation(region_id="35")

    def deeds(allocation):
        return {move.deed for move in open_moves(look=Look(allocation), by=east_java_officer)}

    assert Deed.PROPOSE in deeds(own)
    assert Deed.PROPOSE not in deeds(of_regency)
    with pytest.raises(PermissionDenied):
        take(allocation=of_regency, deed=Deed.PROPOSE, by=east_java_officer)
    assert Deed.VERIFY in deeds(bring_to(of_regency, State.PROPOSED))


@pytest.mark.django_db
def test_the_change_log_tells_who_moved_the_allocation_and_why(places, programme_staff):
    allocation = bring_to(make_allocation(), State.PROPOSED)
    take(allocation=allocation, deed=Deed.SEND_BACK, by=programme_staff, reason="RAB belum rinci")

    last = Change.objects.of(allocation).order_by("-seq").first()
    assert (last.actor_name, last.reason) == ("Staf program uji", "RAB belum rinci")


@pytest.mark.django_db
def test_stage_two_of_a_lump_sum_does_not_exist(places, programme_staff):
    make_rules()
    allocation = make_allocation(ceiling_idr=900_000_000, plan_idr=900_000_000)
    make_contract(allocation=allocation, value_idr=800_000_000)
    take_in(allocation=allocation, state=State.CONTRACTED, actor_name="Uji", reason="Uji", document="Uji")

    paid = [move for move in open_moves(look=Look(allocation), by=programme_staff) if move.deed == Deed.DISBURSE]

    assert [move.target for move in paid] == [State.LUMP_SUM]
    make_disbursement(allocation=allocation, stage="SEKALIGUS", amount_idr=800_000_000)
    bring_to(allocation, State.LUMP_SUM)
    assert Deed.DISBURSE not in {move.deed for move in open_moves(look=Look(allocation), by=programme_staff)}
