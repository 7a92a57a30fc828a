"""The lists of the ministry's desk: few queries, filters, deeds on many rows, and no English word."""

import html
import re

import pytest
from django.urls import reverse

from centres import models
from tests.centres.desk import LISTED, change_url, fill
from tests.factories import centres as make
from tests.pages import form_of, text_of

CENTRES = reverse("admin:centres_centre_changelist")
QUERIES_OF_A_LIST = 16


@pytest.mark.parametrize("model", LISTED)
def test_no_list_asks_more_of_the_database_when_it_has_more_rows(
    model, programme_staff, client_of, places, django_assert_max_num_queries
):
    browser = client_of(programme_staff)
    url = reverse(f"admin:centres_{model._meta.model_name}_changelist")
    fill(model, 5)
    browser.get(url)  # what is cached once per process does not count
    with django_assert_max_num_queries(QUERIES_OF_A_LIST) as few:
        browser.get(url)
    fill(model, 45)

    with django_assert_max_num_queries(len(few)):
        page = browser.get(url)

    assert len(page.context["cl"].result_list) == 50


def test_the_list_compares_declared_members_with_counted_ones(programme_staff, client_of, places):
    centre = make.make_centre(member_count_declared=139)
    make.make_membership(centre=centre)
    make.make_membership(centre=centre, ends_on="2020-01-01")

    page = client_of(programme_staff).get(CENTRES)

    row = page.context["cl"].result_list[0]
    assert (row.member_count_declared, row.member_count) == (139, 1)


def test_only_provinces_that_occur_are_offered_as_filter(programme_staff, client_of, places):
    make.make_centre()

    page = client_of(programme_staff).get(CENTRES)
    chosen = client_of(programme_staff).get(CENTRES, {"provinsi": "35"})

    assert "Jawa Timur" in text_of(page)
    assert "Jawa Tengah" not in text_of(page)
    assert len(chosen.context["cl"].result_list) == 1


# --- deeds on many rows ---


def test_confirming_shows_the_rows_first_and_then_stamps_them(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)

    asked = browser.post(CENTRES, {"action": "confirm_today", "_selected_action": [maja_barama.pk], "index": "0"})
    maja_barama.refresh_from_db()
    assert maja_barama.verified_at is None
    assert "1 data berikut" in text_of(asked)
    assert maja_barama.name in text_of(asked)
    answer = browser.post(CENTRES, form_of(asked) | {"_reason": "Kunjungan lapangan"}, follow=True)

    maja_barama.refresh_from_db()
    assert maja_barama.verified_by == programme_staff
    assert "1 data ditandai sudah dikonfirmasi." in text_of(answer)


def test_validating_is_offered_to_whoever_approves(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    asked = browser.post(CENTRES, {"action": "mark_validated", "_selected_action": [maja_barama.pk], "index": "0"})

    browser.post(CENTRES, form_of(asked))

    maja_barama.refresh_from_db()
    assert maja_barama.verification_status == "VALIDATED"


def test_an_archived_record_stops_the_whole_deed(programme_staff, client_of, maja_barama):
    archived = make.make_centre(verification_status="ARCHIVED")
    chosen = {"action": "mark_validated", "_selected_action": [maja_barama.pk, archived.pk]}

    answer = client_of(programme_staff).post(CENTRES, chosen | {"confirmed": "ya"}, follow=True)

    maja_barama.refresh_from_db()
    assert maja_barama.verification_status == "DRAFT"
    assert "Tidak ada yang diubah." in text_of(answer)


def test_preferring_a_fact_writes_it_into_the_record(programme_staff, client_of, maja_barama):
    facts = reverse("admin:centres_datedfact_changelist")
    other = models.DatedFact.objects.get(value="5363")
    browser = client_of(programme_staff)
    asked = browser.post(facts, {"action": "make_preferred", "_selected_action": [other.pk], "index": "0"})

    browser.post(facts, form_of(asked))

    other.refresh_from_db()
    assert (other.is_preferred, other.preferred_by) == (True, programme_staff)
    assert maja_barama.centrefacility_set.get().land_area_m2 == 5363


def test_the_page_of_a_fact_leads_to_all_values_for_the_same_thing(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    make.make_fact(maja_barama, label="jumlah IKM awal", value="44")
    page = browser.get(change_url(models.DatedFact.objects.get(value="5363")))

    link = re.search(r'href="([^"]+)">Bandingkan semua nilai', page.content.decode())
    found = browser.get(html.unescape(link[1])).context["cl"].result_list

    assert {fact.value for fact in found} == {"5300", "5363"}


def test_two_values_for_the_same_thing_are_not_preferred_together(programme_staff, client_of, maja_barama):
    facts = reverse("admin:centres_datedfact_changelist")
    both = list(models.DatedFact.objects.values_list("pk", flat=True))

    answer = client_of(programme_staff).post(
        facts, {"action": "make_preferred", "_selected_action": both, "confirmed": "ya"}, follow=True
    )

    assert "Pilih satu nilai saja" in text_of(answer)


def test_an_administrator_prefers_no_fact_of_a_facility_that_is_closed_to_writing(
    administrator, client_of, maja_barama
):
    facts = reverse("admin:centres_datedfact_changelist")
    other = models.DatedFact.objects.get(value="5363")

    client_of(administrator).post(
        facts, {"action": "make_preferred", "_selected_action": [other.pk], "confirmed": "ya"}
    )

    assert maja_barama.centrefacility_set.get().land_area_m2 == 5300


# --- the language ---


TELLTALES = """
the and with this that these those your you are is was has have not all any none yes no true false add change delete
save view search filter home history welcome log sign password select selected please correct error errors below
required field show hide counts clear today now time choose remove available chosen another continue editing close
action actions go back currently lookup unknown
"""
ENGLISH = set(TELLTALES.split())


def english_in(page):
    return sorted(ENGLISH & set(re.findall(r"[a-z]+", text_of(page).lower())))


@pytest.mark.parametrize("who", ["programme_staff", "leader"])
def test_no_english_word_stands_on_any_page_of_the_desk(who, client_of, canary, maja_barama, request):
    browser = client_of(request.getfixturevalue(who))
    for model in LISTED:
        if not model.objects.exists():
            fill(model, 1)

    for model in LISTED:
        name = f"admin:centres_{model._meta.model_name}"
        for page in (
            browser.get(reverse(f"{name}_changelist")),
            browser.get(reverse(f"{name}_changelist"), {"q": "tidak ada yang begini"}),
            browser.get(reverse(f"{name}_change", args=[model.objects.first().pk])),
        ):
            assert page.status_code == 200
            assert not english_in(page), page.request["PATH_INFO"]


def test_no_english_word_stands_on_a_refused_form(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))
    wrong = {"name": "", "regency": "", "established_year": "abc", "inaugurated_on": "kemarin"}

    answer = browser.post(change_url(maja_barama), sent | wrong | {"centrefacility_set-0-land_area_m2": "luas"})

    assert answer.status_code == 200
    assert "Isi nama sentra" in text_of(answer)
    assert not english_in(answer)
