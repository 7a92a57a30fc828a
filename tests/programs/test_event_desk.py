"""The ministry's desk for events: the page tells what was held and what came of it, and deeds are buttons that ask."""

import pytest
from django.test import TestCase
from django.urls import reverse

from accounts.choices import RoleCode
from accounts.loaders import load_offices
from changes.models import Change, PersonalRead
from programs import models
from programs.loaders import load_records
from tests.centres.desk import change_url
from tests.centres.test_admin_lists import english_in
from tests.centres.test_records import make_every_place
from tests.factories import events as make
from tests.factories.accounts import make_user
from tests.factories.centres import make_member
from tests.pages import form_of, text_of
from tests.programs.event_desk import LISTED, fill

EVENTS = reverse("admin:programs_event_changelist")
QUERIES_OF_A_LIST = 16
INLINE = "participation_set"


def deed_url(event, deed):
    return reverse("admin:programs_event_deed", args=[event.pk, deed])


class TestTheGreatSale(TestCase):
    """Opened in the admin, the real event reads as the source tells it."""

    @classmethod
    def setUpTestData(cls):
        make_every_place()
        load_offices()
        load_records()
        cls.sale = models.Event.objects.get(name__contains="Great Sale")
        cls.staff = make_user(RoleCode.PROGRAMME_STAFF)

    def setUp(self):
        self.client.force_login(self.staff, backend="accounts.backends.AppointmentBackend")
        self.page = self.client.get(change_url(self.sale))

    def test_the_page_shows_dates_place_initiator_and_facilitator(self):
        shown = text_of(self.page)

        assert "Pameran, 11–15 Desember 2023" in shown
        assert "Plaza Industri, Kota Administrasi Jakarta Selatan" in shown
        assert "Diprakarsai dan diselenggarakan Pemerintah Kabupaten Sragen" in shown
        assert "difasilitasi Kementerian Perindustrian" in shown
        assert "Dibuka Senin, 11 Desember 2023 oleh Direktur Jenderal Industri Kecil" in shown

    def test_thirty_seven_of_139_are_26_6_percent(self):
        assert "(26,6% dari 139 IKM sentra menurut pernyataan)" in text_of(self.page)

    def test_thirty_seven_businesses_stand_there_with_their_source(self):
        shown = text_of(self.page)

        assert "dari 37 yang dinyatakan" in shown
        assert "37 IKM , per 11 Desember 2023" in shown
        assert "Kemenperin Fasilitasi 37 IKM Batik Sragen Unjuk Gigi" in shown

    def test_the_page_tells_nothing_that_no_source_tells(self):
        results = self.page.context["results"]

        assert (results.participants, results.cash_sales_idr, results.samples) == (0, None, 0)

    def test_it_is_found_by_name_place_and_region(self):
        for text in ("great sale", "plaza industri", "jakarta", "sragen"):
            found = self.client.get(EVENTS, {"q": text}).context["cl"].result_list
            assert self.sale in list(found), text


@pytest.fixture
def exhibition(places):
    """Three came: one sold, one took orders, one is silent."""
    event = make.make_event(declared_participants=4)
    names = ("Batik Ayu", "Batik Bening", "Batik Cahya")
    results = (
        {"cash_sales_idr": 18_450_000, "transactions": 40},
        {"preorder_idr": 5_000_000, "orders_count": 2},
        {},
    )
    for name, result in zip(names, results, strict=True):
        make.make_participation(event=event, member=make_member(business_name=name), **result)
    return event


def test_the_page_shows_sales_and_preorders_apart(programme_staff, client_of, exhibition):
    shown = text_of(client_of(programme_staff).get(change_url(exhibition)))

    assert "3 IKM peserta tercatat" in shown or "IKM peserta tercatat, dari 4 yang dinyatakan 3" in shown
    assert "Sudah melapor 2 dari 3" in shown
    assert "Penjualan langsung, 40 transaksi Rp18,45 juta" in shown
    assert "Pesanan, tidak termasuk penjualan, 2 pesanan Rp5 juta" in shown
    assert "23,45" not in shown
    assert "1 belum melapor" in shown
    assert "contoh Peserta dan hasilnya adalah data contoh" not in shown


def test_the_page_says_where_participants_are_samples(programme_staff, client_of, exhibition):
    exhibition.participation_set.update(is_sample=True)

    shown = text_of(client_of(programme_staff).get(change_url(exhibition)))

    assert "contoh Peserta dan hasilnya adalah data contoh" in shown


def test_staff_write_a_result_on_the_page_of_the_event(programme_staff, client_of, exhibition):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(exhibition)))
    sent |= {f"{INLINE}-2-cash_sales_idr": "1.500.000", f"{INLINE}-2-transactions": "3"}

    answer = browser.post(change_url(exhibition), sent)

    assert answer.status_code == 302, text_of(answer)
    assert exhibition.participation_set.get(member__business_name="Batik Cahya").cash_sales_idr == 1_500_000


def test_staff_add_a_participant_on_the_page_of_the_event(programme_staff, client_of, exhibition):
    browser = client_of(programme_staff)
    member = make_member()
    sent = form_of(browser.get(change_url(exhibition)))
    sent |= {f"{INLINE}-2-TOTAL_FORMS": "1", f"{INLINE}-2-0-member": str(member.pk), f"{INLINE}-2-0-status": "HADIR"}

    answer = browser.post(change_url(exhibition), sent)

    assert answer.status_code == 302, text_of(answer)
    assert exhibition.participation_set.filter(member=member, status="HADIR").exists()


def test_saving_the_page_unchanged_changes_nothing(programme_staff, client_of, exhibition):
    make.make_funding(event=exhibition)
    make.make_curation(event=exhibition)
    make.make_attendance(event=exhibition)
    browser = client_of(programme_staff)
    before = Change.objects.count()

    answer = browser.post(change_url(exhibition), form_of(browser.get(change_url(exhibition))))

    assert answer.status_code == 302, text_of(answer)
    assert Change.objects.count() == before


def test_the_page_asks_no_more_of_the_database_with_more_participants(
    programme_staff, client_of, exhibition, django_assert_max_num_queries
):
    browser = client_of(programme_staff)
    browser.get(change_url(exhibition))
    with django_assert_max_num_queries(70) as few:
        browser.get(change_url(exhibition))
    for _ in range(50):
        make.make_participation(event=exhibition)
    for _ in range(10):
        make.make_curation(event=exhibition)
        make.make_attendance(event=exhibition)

    with django_assert_max_num_queries(len(few)):
        page = browser.get(change_url(exhibition))

    [shown] = [one for one in page.context["inline_admin_formsets"] if one.formset.prefix == INLINE]
    assert len(shown.formset.forms) == 40  # the rest stands in the list of participants
    assert "Lihat semua peserta" in text_of(page)


def test_the_links_lead_to_whoever_has_not_reported(programme_staff, client_of, exhibition):
    list_url = reverse("admin:programs_participation_changelist")

    page = client_of(programme_staff).get(list_url, {"event__id__exact": exhibition.pk, "hasil": "belum"})

    assert [row.member.business_name for row in page.context["cl"].result_list] == ["Batik Cahya"]


# --- deeds ---


def test_closing_too_early_names_how_many_results_are_missing(programme_staff, client_of, exhibition):
    browser = client_of(programme_staff)
    assert "Tutup" in text_of(browser.get(change_url(exhibition)))

    asked = browser.get(deed_url(exhibition, "TUTUP"))
    answer = browser.post(deed_url(exhibition, "TUTUP"), form_of(asked))

    assert "1 dari 3 peserta belum punya hasil" in text_of(asked)
    assert text_of(answer).count("1 dari 3 peserta belum punya hasil") == 1
    exhibition.refresh_from_db()
    assert exhibition.status == "SELESAI_BELUM_LAPOR"


def test_closing_says_what_the_event_is_now_and_offers_no_more_deeds(programme_staff, client_of, exhibition):
    exhibition.participation_set.filter(member__business_name="Batik Cahya").update(no_transaction=True)
    browser = client_of(programme_staff)

    answer = browser.post(
        deed_url(exhibition, "TUTUP"), form_of(browser.get(deed_url(exhibition, "TUTUP"))), follow=True
    )

    assert "Kegiatan kini berstatus Ditutup." in text_of(answer)
    assert answer.context["deeds"] == []
    assert f"{INLINE}-2-TOTAL_FORMS" not in form_of(answer)  # no participant can be added


def test_cancelling_asks_for_the_reason(programme_staff, client_of, places):
    event = make.make_event(status="DIBUKA")
    browser = client_of(programme_staff)
    sent = form_of(browser.get(deed_url(event, "BATALKAN")))

    refused = browser.post(deed_url(event, "BATALKAN"), sent)
    assert "Tulis alasan kegiatan dibatalkan" in text_of(refused)
    answer = browser.post(deed_url(event, "BATALKAN"), sent | {"status_reason": "Gedung tidak tersedia"}, follow=True)

    assert "Gedung tidak tersedia" in text_of(answer)
    event.refresh_from_db()
    assert (event.status, event.status_by) == ("BATAL", programme_staff)


def test_finishing_asks_for_the_figures(programme_staff, client_of, places):
    event = make.make_event(status="BERJALAN")
    browser = client_of(programme_staff)
    sent = form_of(browser.get(deed_url(event, "SELESAI")))

    browser.post(deed_url(event, "SELESAI"), sent | {"visitors": "412"})

    event.refresh_from_db()
    assert (event.status, event.visitors) == ("SELESAI_BELUM_LAPOR", 412)


def test_a_deed_that_somebody_else_has_done_meanwhile_is_told(programme_staff, client_of, exhibition):
    answer = client_of(programme_staff).get(deed_url(exhibition, "BUKA"), follow=True)

    assert "Kegiatan ini sekarang berstatus Selesai, belum dilaporkan." in text_of(answer)


def test_a_leader_reads_the_event_and_finds_no_button(leader, client_of, exhibition):
    browser = client_of(leader)

    page = browser.get(change_url(exhibition))

    assert page.context["deeds"] == []
    assert "Rp18,45 juta" in text_of(page)
    assert b'name="_save"' not in page.content
    assert browser.get(deed_url(exhibition, "TUTUP")).status_code == 403
    assert browser.post(deed_url(exhibition, "TUTUP")).status_code == 403


def test_what_is_no_deed_or_no_event_is_not_found(programme_staff, client_of, exhibition):
    browser = client_of(programme_staff)
    none = exhibition.participation_set.first().pk

    assert browser.get(deed_url(exhibition, "HAPUS")).status_code == 404
    assert browser.get(reverse("admin:programs_event_deed", args=[none, "TUTUP"])).status_code == 404
    assert browser.get(reverse("admin:programs_event_deed", args=["bukan-id", "TUTUP"])).status_code == 404


# --- those present ---


def test_names_of_those_present_are_masked_until_a_reason_is_given(programme_staff, client_of, places):
    event = make.make_event(kind="PELATIHAN", topic="Pewarna alam")
    make.make_attendance(event=event, name="KENARIHADIR")
    browser = client_of(programme_staff)

    page = browser.get(change_url(event))
    assert "KENARIHADIR" not in page.content.decode()
    assert "Buka data pribadi" in text_of(page)
    uncover = reverse("changes:uncover", args=["programs.event", event.pk])
    browser.post(uncover, {"reason": "Mencetak sertifikat pelatihan"})

    assert "KENARIHADIR" in browser.get(change_url(event)).content.decode()
    assert PersonalRead.objects.get().record_id == str(event.pk)


def test_a_leader_never_reads_the_names(leader, client_of, places):
    present = make.make_attendance(name="KENARIHADIR")
    browser = client_of(leader)

    for url in (change_url(present.event), change_url(present), EVENTS):
        assert "KENARIHADIR" not in browser.get(url).content.decode()
    assert "Buka data pribadi" not in text_of(browser.get(change_url(present.event)))


# --- lists ---


@pytest.mark.parametrize("model", LISTED)
def test_no_list_asks_more_of_the_database_when_it_has_more_rows(
    model, programme_staff, client_of, places, django_assert_max_num_queries
):
    browser = client_of(programme_staff)
    url = reverse(f"admin:programs_{model._meta.model_name}_changelist")
    fill(model, 3)
    browser.get(url)  # what is cached once per process does not count
    with django_assert_max_num_queries(QUERIES_OF_A_LIST) as few:
        browser.get(url)
    fill(model, 12)

    with django_assert_max_num_queries(len(few)):
        page = browser.get(url)

    assert len(page.context["cl"].result_list) == 15


def test_the_list_of_events_filters_by_year_and_tells_the_place(programme_staff, client_of, places):
    event = make.make_event(venue=make.make_venue(name="Balai contoh"))
    make.make_event(starts_on="2024-05-01", ends_on="2024-05-02")

    page = client_of(programme_staff).get(EVENTS, {"tahun": "2023"})

    assert list(page.context["cl"].result_list) == [event]
    assert "Balai contoh, Kota Mojokerto" in text_of(page)
    assert client_of(programme_staff).get(EVENTS, {"tahun": "kapan"}).status_code == 200


@pytest.mark.parametrize("who", ["programme_staff", "leader"])
def test_no_english_word_stands_on_any_page_of_events(who, client_of, exhibition, request):
    browser = client_of(request.getfixturevalue(who))
    for model in LISTED:
        if not model.objects.exists():
            fill(model, 1)

    for model in LISTED:
        name = f"admin:programs_{model._meta.model_name}"
        for page in (
            browser.get(reverse(f"{name}_changelist")),
            browser.get(reverse(f"{name}_change", args=[model.objects.first().pk])),
        ):
            assert page.status_code == 200
            assert not english_in(page), page.request["PATH_INFO"]


def test_no_english_word_stands_on_the_page_of_a_deed(programme_staff, client_of, places):
    browser = client_of(programme_staff)
    running, over = make.make_event(status="BERJALAN"), make.make_event()

    for event, deed in ((running, "SELESAI"), (running, "BATALKAN"), (over, "TUTUP")):
        page = browser.post(deed_url(event, deed), {"visitors": "banyak"})
        assert page.status_code == 200
        assert not english_in(page), deed
