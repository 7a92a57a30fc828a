"""Personal data at the ministry's desk: masked, searched by nobody, opened with a reason."""

import pytest
from django.urls import reverse

from changes.models import PersonalRead
from tests.centres.desk import change_url
from tests.pages import form_of, text_of

SECRETS = ["KENARIPEMILIK", "6281277700777", "kenari@", "3576021504700007", "999888777666555", "Kenari Rahasia"]
SECRETS += ["kenarirahasia", "7,123457", "112,765431", "777.123.457", "777123457", "654.321.987", "654321987"]


def pages_about(member):
    """Every page of the desk on which this member turns up."""
    members = reverse("admin:centres_member_changelist")
    snapshot = member.snapshots.get()
    picker = {"app_label": "centres", "model_name": "membership", "field_name": "member", "term": "Semut"}
    yield from [(members, {}), (members, {"q": "Semut"}), (change_url(member), {})]
    yield from [(reverse("admin:centres_membersnapshot_changelist"), {}), (change_url(snapshot), {})]
    yield from [(reverse("admin:centres_membership_changelist"), {}), (change_url(member.memberships.get().centre), {})]
    yield reverse("admin:autocomplete"), picker
    yield reverse("changes:history", args=["centres.member", member.pk]), {}


@pytest.mark.parametrize("who", ["programme_staff", "leader", "administrator"])
def test_no_page_holds_a_byte_of_masked_personal_data(who, client_of, canary, request):
    browser = client_of(request.getfixturevalue(who))

    for url, query in pages_about(canary):
        page = browser.get(url, query)

        told = page.content.decode()
        assert page.status_code == 200, url
        assert "Semut Uji" in told or "semut uji" in told, url
        assert not [secret for secret in SECRETS if secret in told], url


@pytest.mark.parametrize("secret", ["KENARIPEMILIK", "081277700777", "3576021504700007", "Kenari Rahasia"])
def test_a_list_cannot_be_searched_or_filtered_by_personal_data(secret, programme_staff, client_of, canary):
    browser = client_of(programme_staff)
    members = reverse("admin:centres_member_changelist")

    found = browser.get(members, {"q": secret}).context["cl"].result_list
    guessed = browser.get(members, {"owner_name__startswith": "KENARI"})

    assert canary not in found
    assert guessed.status_code == 400


def test_saving_a_member_with_masked_data_leaves_the_data_as_it_is(programme_staff, client_of, canary):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(canary))) | {"brand_name": "Merek uji", "owner_name": "Diselundupkan"}

    answer = browser.post(change_url(canary), sent)

    assert answer.status_code == 302, text_of(answer)
    canary.refresh_from_db()
    assert (canary.brand_name, canary.owner_name) == ("Merek uji", "KENARIPEMILIK")


def test_personal_data_open_with_a_reason_and_the_opening_is_recorded(programme_staff, client_of, canary):
    browser = client_of(programme_staff)
    uncover = reverse("changes:uncover", args=["centres.member", canary.pk])
    assert uncover in browser.get(change_url(canary)).content.decode()

    browser.post(uncover, {"reason": ""})
    assert "KENARIPEMILIK" not in browser.get(change_url(canary)).content.decode()
    browser.post(uncover, {"reason": "Menghubungi pemilik tentang sertifikat halal"})

    told = browser.get(change_url(canary)).content.decode()
    assert "KENARIPEMILIK" in told
    assert "Rp654.321.987" in told
    read = PersonalRead.objects.get()
    assert (read.by, read.record_id, read.reason[:10]) == (programme_staff, str(canary.pk), "Menghubung")


def test_a_leader_is_offered_no_way_to_open_personal_data(leader, client_of, canary):
    browser = client_of(leader)
    uncover = reverse("changes:uncover", args=["centres.member", canary.pk])

    assert uncover not in browser.get(change_url(canary)).content.decode()
    assert browser.post(uncover, {"reason": "Ingin tahu siapa pemiliknya"}).status_code == 403
