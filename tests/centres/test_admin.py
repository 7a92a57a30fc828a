"""The ministry's desk for centres: found, corrected, told in the history; closed to whoever may not."""

import re

import pytest
from django.urls import reverse

from centres import models
from tests.centres.desk import change_url
from tests.factories import centres as make
from tests.pages import form_of, text_of

CENTRES = reverse("admin:centres_centre_changelist")


@pytest.mark.parametrize("spelling", ["Bharama", "brama wastra", "maja barama", "majabarama"])
def test_staff_find_the_centre_by_any_spelling(programme_staff, client_of, maja_barama, spelling):
    make.make_centre(name="Sentra contoh lain")

    page = client_of(programme_staff).get(CENTRES, {"q": spelling})

    assert [row.pk for row in page.context["cl"].result_list] == [maja_barama.pk]
    assert "Kota Mojokerto, Jawa Timur" in text_of(page)


def test_the_page_of_the_centre_shows_address_pilot_and_both_land_areas_with_their_sources(
    programme_staff, client_of, maja_barama
):
    page = client_of(programme_staff).get(change_url(maja_barama))

    shown, sent = text_of(page), form_of(page)
    assert sent["address"] == "Jalan Kedungsari"
    assert sent["is_pilot"] == "on"
    assert sent["centrefacility_set-0-land_area_m2"] == "5.300"
    assert "5.300 m² , per 7 Februari 2024, Portal Indonesia (yang dipakai)" in shown
    assert "5.363 m² , per 7 Februari 2024, Kabar Terdepan" in shown


def test_staff_correct_the_land_area_and_the_history_tells_old_new_who_when_and_why(
    programme_staff, client_of, maja_barama
):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))
    sent |= {"centrefacility_set-0-land_area_m2": "5.363", "_reason": "Sesuai sertifikat lahan"}

    answer = browser.post(change_url(maja_barama), sent)

    assert answer.status_code == 302, text_of(answer)
    assert maja_barama.centrefacility_set.get().land_area_m2 == 5363
    history = text_of(browser.get(reverse("changes:history", args=["centres.centre", maja_barama.pk])))
    assert "Luas lahan (m²): 5.300 menjadi 5.363" in history
    assert "Staf program uji mengubah fasilitas sentra Gedung sentra" in history
    assert "Sesuai sertifikat lahan" in history
    assert re.search(r"\d{1,2} \w+ 20\d\d pukul \d\d\.\d\d WIB", history)


def test_after_a_correction_no_fact_claims_to_be_the_value_in_use(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))
    answer = browser.post(change_url(maja_barama), sent | {"centrefacility_set-0-land_area_m2": "5.400"})
    assert answer.status_code == 302, text_of(answer)

    shown = text_of(browser.get(change_url(maja_barama)))

    assert "(yang dipakai)" not in shown
    assert "5.300 m²" in shown
    assert "5.363 m²" in shown


def test_saving_the_page_unchanged_changes_nothing(programme_staff, client_of, maja_barama):
    models.Centre.objects.filter(pk=maja_barama.pk).update(profile="Satu\n\ndua", board="Ketua: contoh")
    models.Equipment.objects.create(centre=maja_barama, name="Wajan malam")
    make.make_fact(maja_barama, label="jumlah IKM awal", value="44")
    make.make_partnership(centre=maja_barama)
    browser = client_of(programme_staff)
    kinds = [models.Centre, models.CentreFacility, models.Equipment, models.Partnership, models.DatedFact]
    versions = [list(kind.objects.order_by("pk").values_list("pk", "row_version")) for kind in kinds]

    answer = browser.post(change_url(maja_barama), form_of(browser.get(change_url(maja_barama))))

    assert answer.status_code == 302, text_of(answer)
    assert versions == [list(kind.objects.order_by("pk").values_list("pk", "row_version")) for kind in kinds]
    assert models.DatedFact.objects.filter(is_preferred=True).count() == 1


def test_a_page_opened_before_somebody_else_saved_is_refused(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))
    models.Centre.objects.filter(pk=maja_barama.pk).update(profile="Ditulis orang lain")

    answer = browser.post(change_url(maja_barama), sent | {"address": "Jalan lain"})

    assert "Data ini diubah orang lain" in text_of(answer)
    maja_barama.refresh_from_db()
    assert maja_barama.address == "Jalan Kedungsari"


def test_a_new_centre_goes_on_to_its_page_and_has_a_code(programme_staff, client_of, places):
    browser = client_of(programme_staff)
    url = reverse("admin:centres_centre_add")
    sent = form_of(browser.get(url)) | {"name": "Sentra baru contoh", "regency": "35.76"}

    answer = browser.post(url, sent)

    centre = models.Centre.objects.get()
    assert centre.code == "SB-3576-001"
    assert answer.url == change_url(centre)


def test_staff_add_a_sourced_value_on_the_page_of_the_centre(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))
    prefix = "centres-datedfact-content_type-object_id"
    sent |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-0-field": "member_count_declared", f"{prefix}-0-value": "139"}
    sent |= {f"{prefix}-0-figure_kind": "JUMLAH", f"{prefix}-0-source": "Sumber uji", f"{prefix}-0-as_of": "2023-12-15"}

    answer = browser.post(change_url(maja_barama), sent)

    assert answer.status_code == 302, text_of(answer)
    assert models.DatedFact.objects.about(maja_barama).get().value == "139"


def test_saving_a_member_with_two_years_of_figures_changes_nothing(programme_staff, client_of, places):
    """Lines that only show are told apart by what the page does not let anybody type."""
    member = make.make_member()
    for year in (2024, 2025):
        make.make_snapshot(member=member, year=year)
    browser = client_of(programme_staff)

    answer = browser.post(change_url(member), form_of(browser.get(change_url(member))))

    assert answer.status_code == 302, text_of(answer)


def test_two_new_lines_that_say_the_same_are_refused(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))
    prefix = "centreservice_set"
    sent |= {f"{prefix}-TOTAL_FORMS": "2", f"{prefix}-0-name": "Jasa foto", f"{prefix}-1-name": "Jasa foto"}

    answer = browser.post(change_url(maja_barama), sent)

    assert answer.status_code == 200
    assert not maja_barama.centreservice_set.exists()


# --- who may do what ---


def test_a_leader_reads_the_centre_and_finds_nothing_to_save(leader, client_of, maja_barama):
    browser = client_of(leader)

    page = browser.get(change_url(maja_barama))

    assert "5.300 m²" in text_of(page)
    assert "Kabar Terdepan" in text_of(page)
    assert b'name="_save"' not in page.content
    assert b'name="_reason"' not in page.content
    assert browser.post(change_url(maja_barama), {"name": "Diganti"}).status_code == 403
    assert browser.get(reverse("admin:centres_centre_add")).status_code == 403
    assert b"confirm_today" not in browser.get(CENTRES).content


def test_deleting_a_centre_is_refused_in_indonesian(programme_staff, client_of, maja_barama):
    answer = client_of(programme_staff).post(
        reverse("admin:centres_centre_delete", args=[maja_barama.pk]), {"post": "yes"}
    )

    assert answer.status_code == 403
    assert "tidak" in text_of(answer).lower()
    assert models.Centre.objects.filter(pk=maja_barama.pk).exists()


def test_an_administrator_reads_members_and_corrects_centres(administrator, client_of, canary, maja_barama):
    browser = client_of(administrator)

    assert b'name="_save"' in browser.get(change_url(maja_barama)).content
    assert b'name="_save"' not in browser.get(change_url(canary)).content
