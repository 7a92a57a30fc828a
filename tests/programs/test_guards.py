"""What holds over several rows of an allocation, also for plain SQL and when two write at once."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from programs import models
from tests.factories.programs import (
    BILLION,
    make_activity,
    make_addendum,
    make_allocation,
    make_contract,
    make_disbursement,
    make_handover,
    make_progress,
)
from tests.factories.regions import make_places


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "values", "limit", "said"),
    [
        (make_activity, {"unit_cost_idr": 9 * BILLION}, "plan_idr", "kurang dari jumlah rincian kegiatan"),
        (make_contract, {"value_idr": 9 * BILLION}, "plan_idr", "kurang dari jumlah kontrak"),
        (make_disbursement, {"amount_idr": 9 * BILLION}, "ceiling_idr", "kurang dari jumlah yang sudah disalurkan"),
    ],
)
def test_a_limit_is_not_lowered_below_what_rests_on_it(make, values, limit, said, places):
    allocation = make_allocation(plan_idr=None) if limit == "ceiling_idr" else make_allocation()
    make(allocation=allocation, **values)

    setattr(allocation, limit, 8 * BILLION)
    with pytest.raises(ValidationError, match=said + ". Jumlahnya Rp9.000.000.000"):
        allocation.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Allocation.objects.filter(pk=allocation.pk).update(**{limit: 8 * BILLION})


@pytest.mark.django_db
def test_plain_sql_and_bulk_writes_meet_the_same_wall(places):
    allocation = make_allocation()
    contract = make_contract(allocation=allocation, value_idr=9 * BILLION)

    with pytest.raises(IntegrityError, match="melebihi nilai RK"), transaction.atomic():
        models.Contract.objects.filter(pk=contract.pk).update(value_idr=11 * BILLION)
    two = [models.Contract(allocation=allocation, package_name=name, value_idr=6 * 10**8) for name in "ab"]
    with pytest.raises(IntegrityError, match="melebihi nilai RK"), transaction.atomic():
        models.Contract.objects.bulk_create(two)
    with pytest.raises(IntegrityError, match="belum disalurkan"), transaction.atomic():
        models.Disbursement.objects.bulk_create(
            [models.Disbursement(allocation=allocation, stage="III", amount_idr=1, received_on=date(2019, 6, 3))]
        )


@pytest.mark.django_db
def test_an_addendum_moves_the_contract_and_the_first_value_stays(places):
    contract = make_contract(value_idr=4 * BILLION, ends_on=date(2019, 11, 30))
    make_addendum(contract=contract, value_idr=5 * BILLION, signed_on=date(2019, 7, 1))
    make_addendum(contract=contract, value_idr=None, ends_on=date(2019, 12, 20), signed_on=date(2019, 8, 1))

    contract.refresh_from_db()

    assert (contract.initial_value_idr, contract.value_idr) == (4 * BILLION, 5 * BILLION)
    assert contract.ends_on == date(2019, 12, 20)


@pytest.mark.django_db
def test_absorption_falls_only_as_a_correction_with_a_reason_and_grows_on_from_there(places):
    allocation = make_allocation()
    make_progress(allocation=allocation, quarter=1, absorbed_idr=3 * BILLION)
    corrected = {"is_correction": True, "correction_reason": "Kuitansi terhitung dua kali"}

    make_progress(allocation=allocation, quarter=2, absorbed_idr=2 * BILLION, **corrected)
    make_progress(allocation=allocation, quarter=3, absorbed_idr=25 * BILLION // 10)

    with pytest.raises(ValidationError, match="tidak boleh turun"):
        make_progress(allocation=allocation, quarter=4, absorbed_idr=24 * BILLION // 10)
    with pytest.raises(IntegrityError, match="tidak boleh turun"), transaction.atomic():
        models.ProgressReport.objects.filter(quarter=3).update(absorbed_idr=1)


@pytest.mark.django_db
def test_physical_hundred_percent_rests_on_the_handover(places):
    allocation = make_allocation()
    report = make_progress(allocation=allocation, physical_pct=99)
    with pytest.raises(IntegrityError, match="BAST"), transaction.atomic():
        models.ProgressReport.objects.filter(pk=report.pk).update(physical_pct=100)

    make_handover(allocation=allocation)

    report.physical_pct = 100
    report.save()


@pytest.mark.django_db
def test_an_unknown_limit_limits_nothing_and_an_unknown_amount_counts_nothing(places):
    allocation = make_allocation(plan_idr=None, ceiling_idr=None)

    make_contract(allocation=allocation, value_idr=99 * BILLION)
    make_contract(allocation=allocation, value_idr=None)
    make_disbursement(allocation=allocation, amount_idr=99 * BILLION)


@pytest.mark.django_db
def test_a_correction_excuses_the_fall_before_it_and_no_other(places):
    allocation = make_allocation()
    first = make_progress(allocation=allocation, quarter=1, absorbed_idr=3 * BILLION)
    corrected = {"is_correction": True, "correction_reason": "Kuitansi terhitung dua kali"}
    second = make_progress(allocation=allocation, quarter=2, absorbed_idr=4 * BILLION)
    make_progress(allocation=allocation, quarter=3, absorbed_idr=2 * BILLION, **corrected)
    make_progress(allocation=allocation, quarter=4, absorbed_idr=25 * BILLION // 10)

    first.save()
    models.Allocation.objects.filter(pk=allocation.pk).update(region_id="35.16")
    second.refresh_from_db()
    second.absorbed_idr = 2 * BILLION
    with pytest.raises(ValidationError, match="tidak boleh turun"):
        second.save()


@pytest.mark.django_db
def test_what_another_row_rests_on_is_not_taken_from_under_it(places):
    allocation = make_allocation()
    handover = make_handover(allocation=allocation)
    make_progress(allocation=allocation, physical_pct=100)
    first = make_disbursement(allocation=allocation)
    make_disbursement(allocation=allocation, stage="II")

    with pytest.raises(IntegrityError), transaction.atomic():
        models.Handover.objects.filter(pk=handover.pk).update(bast_on=None, bast_number="")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Disbursement.objects.filter(pk=first.pk).update(received_on=None)


# --- races: two writers, one last rupiah ---


def together(*deeds):
    """Run the deeds at the same time, each in a connection of its own; what each of them raised, or None."""
    outcomes = [None] * len(deeds)
    start = threading.Barrier(len(deeds))

    def run(number):
        try:
            with transaction.atomic():
                start.wait(timeout=30)
                deeds[number]()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def one_was_refused(outcomes, said):
    refused = [error for error in outcomes if error is not None]
    assert len(refused) == len(outcomes) - 1, outcomes
    for error in refused:
        assert isinstance(error, ValidationError), error
        assert any(said in sentence for sentence in error.messages), error.messages


@pytest.mark.django_db(transaction=True)
def test_of_two_contracts_for_the_last_rupiah_one_is_refused_with_a_clear_sentence():
    make_places()
    allocation = make_allocation()
    make_contract(allocation=allocation, value_idr=9 * BILLION)

    def contract(number):
        return lambda: make_contract(allocation=allocation, number=f"R/{number}", value_idr=BILLION)

    for round_ in range(5):
        outcomes = together(contract(f"{round_}a"), contract(f"{round_}b"))
        one_was_refused(outcomes, "Jumlah nilai kontrak melebihi nilai RK. Sisa RK Rp0")
        models.Contract.objects.filter(number__startswith="R/").delete()


@pytest.mark.django_db(transaction=True)
def test_of_eight_payments_for_the_last_rupiah_one_comes():
    make_places()
    allocation = make_allocation(fiscal_year=2023, ceiling_idr=BILLION, plan_idr=BILLION)
    make_disbursement(allocation=allocation, stage="SEKALIGUS", amount_idr=BILLION - 1)

    outcomes = together(
        *[lambda: make_disbursement(allocation=allocation, stage="SEKALIGUS", amount_idr=1) for _ in range(8)]
    )

    one_was_refused(outcomes, "Jumlah penyaluran melebihi pagu")
    assert sum(models.Disbursement.objects.values_list("amount_idr", flat=True)) == BILLION


@pytest.mark.django_db(transaction=True)
def test_lowering_the_plan_and_signing_a_contract_do_not_pass_each_other():
    make_places()
    allocation = make_allocation()

    def lower():
        found = models.Allocation.objects.get(pk=allocation.pk)
        found.plan_idr = 5 * BILLION
        found.save()

    outcomes = together(lower, lambda: make_contract(allocation=allocation, value_idr=6 * BILLION))

    assert sum(error is not None for error in outcomes) == 1
    allocation.refresh_from_db()
    signed = sum(models.Contract.objects.values_list("value_idr", flat=True))
    assert signed <= allocation.plan_idr


@pytest.mark.django_db(transaction=True)
def test_of_two_steps_at_once_the_second_meets_the_state_that_the_first_left():
    make_places()
    allocation = make_allocation()

    def propose():
        models.Step.objects.create(
            allocation=models.Allocation.objects.get(pk=allocation.pk),
            deed="USULKAN",
            to_state="DIUSULKAN",
            actor_name="Uji",
        )

    outcomes = together(propose, propose)

    assert sum(error is None for error in outcomes) == 1
    assert models.Step.objects.count() == 1
