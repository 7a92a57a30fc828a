"""The desk for allocations: stage and money at a glance, checks, what is due; deeds as buttons that ask."""

import re
from datetime import date

import pytest
from django.urls import reverse

from programs import models
from programs.actions.allocations import take_in
from programs.choices import State
from programs.loaders import load_records
from programs.models import Allocation, RuleSet
from tests.centres.test_admin_lists import QUERIES_OF_A_LIST, english_in
from tests.centres.test_records import make_every_place
from tests.factories.programs import (
    BILLION,
    bring_to,
    make_allocation,
    make_contract,
    make_disbursement,
    make_document,
    make_handover,
    make_link,
    make_problem,
    make_progress,
    make_rules,
)
from tests.pages import form_of, text_of
from tests.programs.desk import LISTED, change_url, fill

pytestmark = pytest.mark.django_db


def deed_url(allocation, deed):
    return reverse("admin:programs_allocation_deed", args=[allocation.pk, deed])


@pytest.fixture
def late(places):
    """2024: one paper came five days late, most never came."""
    make_rules()
    allocation = make_allocation(fiscal_year=2024, title="Perluasan sentra contoh")
    make_link(allocation=allocation)
    make_contract(allocation=allocation, value_idr=9 * BILLION)
    make_document(allocation=allocation, stage="I", document="DAFTAR_KONTRAK", received_on=date(2024, 8, 5))
    take_in(allocation=allocation, state=State.CONTRACTED, actor_name="Uji", reason="Uji", document="Uji")
    return allocation


def test_late_papers_say_so_by_when_and_who_must_do_what(programme_staff, client_of, late):
    shown = text_of(client_of(programme_staff).get(change_url(late)))

    assert "Tahap I, Rp2.500.000.000" in shown
    assert "Syarat paling lambat 31 Juli 2024 (diperpanjang dengan KMK 15/KM.7/2024)" in shown
    assert "diterima 5 Agustus 2024, terlambat 5 hari. Yang bertindak: dinas pelaksana" in shown
    assert "Hasil reviu Inspektorat: belum diterima. Yang bertindak: Inspektorat daerah" in shown
    assert re.search(r"Sudah terlambat \d+ hari", shown)
    assert "7 syarat belum terpenuhi" in shown


def test_the_money_stands_from_ceiling_to_absorbed(programme_staff, client_of, places):
    allocation = make_allocation()
    make_contract(allocation=allocation, value_idr=9 * BILLION)
    make_disbursement(allocation=allocation, amount_idr=25 * BILLION // 10)
    make_progress(allocation=allocation, quarter=2, absorbed_idr=2 * BILLION, physical_pct=25)

    shown = text_of(client_of(programme_staff).get(change_url(allocation)))

    for said in (
        "Pagu Rp10.000.000.000 (100%)",
        "Kontrak Rp9.000.000.000 (90%)",
        "Disalurkan Rp2.500.000.000 (25%)",
        "Diserap Rp2.000.000.000 (20%)",
    ):
        assert said in shown
    assert "Triwulan II 2019 : penyerapan Rp2.000.000.000, fisik 25%" in shown


def test_the_real_allocations_read_like_their_sources(programme_staff, client_of, places):
    make_every_place()
    load_records()
    browser = client_of(programme_staff)

    sragen = text_of(browser.get(change_url(Allocation.objects.get(ceiling_idr=15_500_000_000))))
    mojokerto = text_of(browser.get(change_url(Allocation.objects.get(region="35.76"))))

    assert "Rp15.500.000.000" in sragen
    assert "Rp15.700.000.000 , per 15 Desember 2023, joglosemarnews.com" in sragen
    assert "Rp15.000.000.000" in sragen
    assert "Gedung diresmikan pada 15 Desember 2023" in sragen
    assert "Rp14.674.000.000" in mojokerto
    assert "Rp18.000.000.000" in mojokerto
    assert "fisik 75,04%" in mojokerto
    assert "keadaan per 26 November 2023" in mojokerto


def test_a_building_in_use_or_idle_is_named_so(programme_staff, client_of, places):
    allocation = make_handover(bast_on=date(2019, 12, 2)).allocation

    shown = text_of(client_of(programme_staff).get(change_url(allocation)))

    assert "Mangkrak" in shown
    assert "Gedung mangkrak: sudah" in shown


# --- deeds ---


def test_a_deed_is_a_button_that_leads_to_a_page_that_asks(programme_staff, client_of, places):
    allocation = bring_to(make_allocation(), State.PROPOSED)
    browser = client_of(programme_staff)
    page = browser.get(change_url(allocation))
    assert deed_url(allocation, "KEMBALIKAN") in page.content.decode()
    assert "state" not in form_of(page)

    asked = browser.get(deed_url(allocation, "KEMBALIKAN"))
    refused = browser.post(deed_url(allocation, "KEMBALIKAN"), form_of(asked))
    allocation.refresh_from_db()
    assert "Alasan: Tulis alasannya" in text_of(refused)
    assert allocation.state == State.PROPOSED

    answer = browser.post(deed_url(allocation, "KEMBALIKAN"), {"reason": "RAB belum rinci"}, follow=True)

    allocation.refresh_from_db()
    assert allocation.state == State.DRAFT
    assert "alokasi kini pada tahap Konsep usulan" in text_of(answer)
    assert "RAB belum rinci" in text_of(answer)


def test_a_disbursement_is_recorded_with_its_payment(programme_staff, client_of, places):
    make_rules()
    allocation = make_allocation()
    make_contract(allocation=allocation, value_idr=9 * BILLION)
    take_in(allocation=allocation, state=State.CONTRACTED, actor_name="Uji", reason="Uji", document="Uji")
    browser = client_of(programme_staff)
    sent = form_of(browser.get(deed_url(allocation, "SALURKAN")))
    assert sent["amount_idr"] == "2.500.000.000"

    browser.post(deed_url(allocation, "SALURKAN"), sent | {"received_on": "2019-05-24", "sp2d_number": "S-1"})

    allocation.refresh_from_db()
    assert allocation.state == State.STAGE_1
    assert allocation.disbursement_set.get().amount_idr == 25 * BILLION // 10


def test_what_stands_in_the_way_is_told_on_the_page_and_nothing_typed_is_lost(programme_staff, client_of, late):
    sent = {"amount_idr": "2.500.000.000", "received_on": "2024-08-20", "sp2d_number": "S-77"}

    answer = client_of(programme_staff).post(deed_url(late, "SALURKAN"), sent)

    assert "Laporan sisa DAK: belum diterima" in text_of(answer)
    assert form_of(answer)["sp2d_number"] == "S-77"
    assert not late.disbursement_set.exists()


def test_a_payment_over_the_ceiling_is_told_at_the_deed(programme_staff, client_of, places):
    make_rules()
    allocation = make_allocation()
    make_contract(allocation=allocation)
    take_in(allocation=allocation, state=State.CONTRACTED, actor_name="Uji", reason="Uji", document="Uji")
    sent = {"amount_idr": "10.000.000.001", "received_on": "2019-05-24", "sp2d_number": "S-1"}

    answer = client_of(programme_staff).post(deed_url(allocation, "SALURKAN"), sent)

    assert "Jumlah penyaluran melebihi pagu. Sisa pagu Rp10.000.000.000" in text_of(answer)


def test_a_deed_of_another_state_or_of_nobody_leads_back(programme_staff, client_of, places):
    allocation = make_allocation()
    browser = client_of(programme_staff)

    answer = browser.get(deed_url(allocation, "TUTUP"), follow=True)

    assert "Langkah ini tidak tersedia" in text_of(answer)
    assert browser.get(deed_url(allocation, "HAPUS")).status_code == 404


def test_a_leader_reads_and_finds_no_button(leader, client_of, late):
    browser = client_of(leader)
    page = browser.get(change_url(late))

    assert "terlambat 5 hari" in text_of(page)
    assert "langkah/" not in page.content.decode()
    assert b'name="_save"' not in page.content
    browser.post(deed_url(late, "PUTUS_KONTRAK"), {"reason": "Uji", "document": "Uji"})
    late.refresh_from_db()
    assert late.state == State.CONTRACTED


def test_what_was_done_before_the_registry_offers_the_states(programme_staff, client_of, places):
    allocation = make_allocation()
    browser = client_of(programme_staff)
    sent = {"target": State.HANDED_OVER, "reason": "Sudah diserahkan", "document": "BAST 12/2019"}

    browser.post(deed_url(allocation, "CATAT_AWAL"), sent)

    allocation.refresh_from_db()
    assert allocation.state == State.HANDED_OVER


def test_saving_the_page_unchanged_changes_nothing(programme_staff, client_of, late):
    make_progress(allocation=late, quarter=2, physical_pct="12,5", absorbed_idr=BILLION)
    browser = client_of(programme_staff)
    kinds = [Allocation, models.Contract, models.AllocationDocument, models.ProgressReport, models.AllocationCentre]
    versions = [list(kind.objects.order_by("pk").values_list("pk", "row_version")) for kind in kinds]

    answer = browser.post(change_url(late), form_of(browser.get(change_url(late))))

    assert answer.status_code == 302, text_of(answer)
    assert versions == [list(kind.objects.order_by("pk").values_list("pk", "row_version")) for kind in kinds]


def test_two_lines_that_each_fit_and_together_do_not_leave_the_page_with_a_sentence(programme_staff, client_of, late):
    browser = client_of(programme_staff)
    typed = form_of(browser.get(change_url(late)))
    for number in (1, 2):
        prefix = f"contract_set-{number}-"
        typed |= {prefix + "package_name": f"Paket {number}", prefix + "value_idr": "600.000.000"}
    typed["contract_set-TOTAL_FORMS"] = "3"

    answer = browser.post(change_url(late), typed)

    assert "Tidak ada yang disimpan. Jumlah nilai kontrak melebihi nilai RK" in text_of(answer)
    assert form_of(answer)["contract_set-2-package_name"] == "Paket 2"
    assert late.contract_set.count() == 1


def test_a_line_over_the_plan_is_refused_with_a_sentence(programme_staff, client_of, late):
    browser = client_of(programme_staff)
    typed = form_of(browser.get(change_url(late)))
    typed |= {"contract_set-1-package_name": "Paket", "contract_set-1-value_idr": "2.000.000.000"}
    typed["contract_set-TOTAL_FORMS"] = "2"

    answer = browser.post(change_url(late), typed)

    assert answer.status_code == 200
    assert "melebihi nilai RK" in text_of(answer)
    assert late.contract_set.count() == 1


def test_an_address_without_an_allocation_leads_back(programme_staff, client_of, places):
    assert client_of(programme_staff).get("/admin/programs/allocation/abc/change/").status_code == 302


# --- lists and language ---


@pytest.mark.parametrize("model", LISTED, ids=lambda model: model.__name__)
def test_no_list_asks_more_of_the_database_when_it_has_more_rows(
    model, programme_staff, client_of, places, django_assert_max_num_queries
):
    browser = client_of(programme_staff)
    url = reverse(f"admin:programs_{model._meta.model_name}_changelist")
    fill(model, 3)
    browser.get(url)
    with django_assert_max_num_queries(QUERIES_OF_A_LIST) as few:
        browser.get(url)
    fill(model, 9)

    with django_assert_max_num_queries(len(few)):
        page = browser.get(url)

    assert len(page.context["cl"].result_list) == 12


@pytest.mark.parametrize("who", ["programme_staff", "leader"])
def test_no_english_word_stands_on_any_page(who, client_of, late, request):
    make_handover(allocation=late)
    make_problem(report=make_progress(allocation=late, quarter=2))
    browser = client_of(request.getfixturevalue(who))
    for model in LISTED:
        if not model.objects.exists():
            fill(model, 1)
    rules = [RuleSet, models.RuleStage, models.StageCondition, models.StageDeadline]

    for model in [*LISTED, *rules]:
        name = f"admin:programs_{model._meta.model_name}"
        for page in (
            browser.get(reverse(f"{name}_changelist")),
            browser.get(reverse(f"{name}_change", args=[model.objects.first().pk])),
        ):
            assert page.status_code == 200
            assert not english_in(page), page.request["PATH_INFO"]


def test_allocations_of_another_region_are_out_of_sight(places, sragen_officer, mojokerto_officer, centre_manager):
    link = make_link()
    contract = make_contract(allocation=link.allocation)

    assert not Allocation.objects.visible_to(sragen_officer).exists()
    assert Allocation.objects.visible_to(mojokerto_officer).exists()
    assert not Allocation.objects.visible_to(centre_manager).exists()
    centre_manager.assigned_centres = [link.centre_id]
    assert list(Allocation.objects.visible_to(centre_manager)) == [link.allocation]
    assert list(models.Contract.objects.visible_to(centre_manager)) == [contract]
