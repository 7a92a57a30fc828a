"""Several rows of a list at once: named first, stamped after a second word, and never another office's."""

import pytest
from django.urls import reverse

from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

MEMBERS = reverse("portal:list", args=["ikm"])
CENTRES = reverse("portal:list", args=["sentra"])
PICKED = reverse("portal:picked", args=["ikm"])


def pick(portal, *records, url=PICKED, **more):
    return portal.post(url, {"perbuatan": "masih-sama", "pilih": [str(one.pk) for one in records]} | more, follow=True)


def confirmed(record):
    record.refresh_from_db()
    return record.verified_at is not None


def test_what_was_picked_is_named_first_and_stamped_then(portal, officer, member):
    other, left = make.make_member(business_name="Batik Jati"), make.make_member(business_name="Batik Lain")

    page = pick(portal, member, other, saringan="status=AKTIF")
    assert "Data 2 IKM ini masih sama?" in text_of(page)
    assert "Batik Jati" in text_of(page)
    assert "Batik Lain" not in text_of(page)
    assert not english_in(page)
    assert not confirmed(member)
    done = portal.post(PICKED, form_of(page) | {"pasti": "ya"}, follow=True)

    assert [confirmed(one) for one in (member, other, left)] == [True, True, False]
    assert member.verified_by == officer
    assert "2 IKM ditandai masih sama hari ini" in text_of(done)
    assert done.request["QUERY_STRING"] == "status=AKTIF"


def test_centres_are_picked_the_same_way(portal, places):
    centre = make.make_centre()
    url = reverse("portal:picked", args=["sentra"])

    assert "Pilih paling sedikit satu sentra" in text_of(pick(portal, url=url))
    pick(portal, centre, url=url, pasti="ya")

    assert confirmed(centre)


@pytest.mark.parametrize("sent", [{}, {"pilih": "bukan"}, {"pilih": "00000000-0000-0000-0000-000000000000"}])
def test_nothing_picked_says_what_to_do(portal, member, sent):
    answer = portal.post(PICKED, sent | {"perbuatan": "masih-sama", "pasti": "ya"}, follow=True)

    assert "Pilih paling sedikit satu IKM" in text_of(answer)
    assert not confirmed(member)


def test_rows_of_another_region_are_neither_offered_nor_taken(client_of, sragen_officer, member):
    portal = client_of(sragen_officer)

    answer = pick(portal, member, pasti="ya")

    assert "Pilih paling sedikit satu IKM" in text_of(answer)
    assert not confirmed(member)


def test_whoever_changes_nothing_picks_nothing(client_of, east_java_officer, member):
    portal = client_of(east_java_officer)

    assert 'name="pilih"' not in portal.get(MEMBERS).content.decode()
    assert pick(portal, member).status_code == 403


def test_each_row_that_may_be_picked_has_a_named_box(portal, member):
    html = portal.get(MEMBERS).content.decode()

    assert html.count('name="pilih"') == 1
    assert "Pilih Batik Sekar Arum" in text_of(portal.get(MEMBERS))


@pytest.mark.parametrize("deed", ["", "hapus"])
def test_no_other_deed_is_known(portal, member, deed):
    assert portal.post(PICKED, {"perbuatan": deed, "pilih": str(member.pk)}).status_code == 404


def test_the_way_back_never_leaves_the_list(portal, member):
    answer = portal.post(PICKED, {"perbuatan": "masih-sama", "saringan": "//contoh.invalid/?a=1&b=\r\nX: y"})

    assert answer.url.startswith(MEMBERS + "?")
    assert "\n" not in answer.url
