"""Pages of centres and members, and the tap that says: still the same."""

import pytest
from django.urls import reverse

from accounts.choices import RoleCode
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.submissions import draft_of, sent
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def page_url(record, name="portal:record"):
    return reverse(name, args=["ikm" if record._meta.model_name == "member" else "sentra", record.pk])


def test_the_page_says_what_is_known_and_what_is_missing(portal, member):
    make.make_membership(member=member, centre=make.make_centre(name="Sentra Magersari"))
    make.make_certificate(member=member, number="BM/7")

    words = text_of(portal.get(page_url(member)))

    for told in ("Batik Sekar Arum", "Batik tulis 100%", "Sentra Magersari", "BM/7", "belum ada", "3576021504700007"):
        assert told in words


def test_a_centre_shows_its_buildings_and_members(portal, member):
    centre = make.make_centre(name="Sentra Magersari")
    make.make_facility(centre=centre, name="Gedung produksi")
    make.make_membership(member=member, centre=centre)

    words = text_of(portal.get(page_url(centre)))

    for told in ("Gedung produksi", "Batik Sekar Arum", "Semua 1 anggota"):
        assert told in words


@pytest.mark.parametrize(("role", "may_add"), [(RoleCode.REGENCY_OFFICER, True), (RoleCode.CENTRE_MANAGER, False)])
def test_a_building_is_added_by_an_office_and_changed_by_the_manager_too(places, client_of, role, may_add):
    facility = make.make_facility()
    assigned = {"assigned_centres": [facility.centre_id]} if role == RoleCode.CENTRE_MANAGER else {}
    portal = client_of(make_user(role, region="35.76", **assigned))
    add = reverse("portal:add", args=["fasilitas-sentra"])
    change = reverse("portal:edit", args=["fasilitas-sentra", facility.pk])

    page = portal.get(page_url(facility.centre)).content.decode()
    answers = [portal.get(add, {"centre": facility.centre_id}, follow=True), portal.get(change)]

    assert (add in page, change in page) == (may_add, True)
    assert [answer.status_code for answer in answers] == [200 if may_add else 403, 200]


def test_personal_fields_are_left_out_for_whoever_may_not_read_them(member, client_of):
    membership = make.make_membership(member=member)
    manager = make_user(RoleCode.CENTRE_MANAGER, region="35.76", assigned_centres=[membership.centre_id])

    words = text_of(client_of(manager).get(page_url(member)))

    assert "Pemilik contoh" in words  # the name is contact
    assert "3576021504700007" not in words


@pytest.mark.parametrize("name", ["portal:record", "portal:edit"])
def test_a_stranger_gets_404(name, member, sragen_officer, client_of):
    assert client_of(sragen_officer).get(page_url(member, name)).status_code == 404


def test_a_province_reads_and_does_not_propose(member, east_java_officer, client_of):
    portal = client_of(east_java_officer)

    assert "Ubah data" not in text_of(portal.get(page_url(member)))
    assert portal.get(page_url(member, "portal:edit")).status_code == 403


def test_what_is_on_its_way_already_is_named(officer, portal, member):
    submission, draft = sent(officer, member, brand_name="Sekar"), draft_of(officer, member, started_year=1990)

    words = text_of(portal.get(page_url(member)))

    assert submission.number in words
    assert draft.number in words


def test_one_tap_confirms(officer, portal, member):
    answer = portal.post(page_url(member, "portal:confirm"), follow=True)

    member.refresh_from_db()
    assert member.verified_by == officer
    assert "ditandai masih sama" in text_of(answer)


def test_a_stranger_confirms_nothing(member, sragen_officer, client_of):
    assert client_of(sragen_officer).post(page_url(member, "portal:confirm")).status_code == 404

    member.refresh_from_db()
    assert member.verified_at is None


def test_no_english_word_stands_on_a_page(portal, member):
    centre = make.make_membership(member=member).centre

    for record in (member, centre):
        assert not english_in(portal.get(page_url(record)))


def test_a_page_asks_a_bounded_number_of_questions(portal, member, django_assert_max_num_queries):
    make.make_membership(member=member)
    portal.get(page_url(member))

    with django_assert_max_num_queries(26):
        portal.get(page_url(member))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_record_has_one_address_in_every_language(portal, member, language):
    centre = make.make_membership(member=member).centre
    portal.cookies["django_language"] = language

    page = portal.get(f"/portal/sentra/{centre.pk}/")

    assert (page.status_code, page["Content-Language"]) == (200, language)
    assert f"/portal/sentra/{centre.pk}/ubah/" in page.content.decode()
