"""What reporting gives back: the figures of the own region one tap from home, and a centre on paper."""

import pytest
from django.urls import reverse

from tests.factories.centres import (
    SRAGEN,
    make_centre,
    make_certificate,
    make_facility,
    make_member,
    make_membership,
    make_report,
)
from tests.factories.programs import make_allocation, make_link
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("places")


def profile_of(centre):
    return reverse("portal:centre_profile", args=[centre.pk])


def test_the_figures_are_one_tap_from_home(client_of, sragen_officer):
    client = client_of(sragen_officer)

    assert f'href="{reverse("portal:figures")}"' in client.get(reverse("portal:home")).content.decode()
    assert "Sentra terdaftar" in text_of(client.get(reverse("portal:figures")))


def test_a_managers_page_counts_the_own_centre_alone(client_of, centre_manager):
    own, other = make_centre(), make_centre()
    centre_manager.assigned_centres = [own.pk]
    centre_manager.save()
    make_membership(centre=own)
    make_membership(centre=other)

    board = client_of(centre_manager).get(reverse("portal:figures")).context["board"]

    assert board.sections["mutu"][1][1].figure.total == 1


def test_a_centre_on_paper_says_what_is_known_and_when(client_of, mojokerto_officer, django_assert_max_num_queries):
    centre = make_centre(name="Sentra Uji")
    member = make_membership(centre=centre).member
    make_certificate(member=member, kind="HALAL", technique="", number="H-1", status="BERLAKU")
    make_facility(centre=centre, name="Galeri Uji")
    make_report(centre=centre, open_days=61)
    make_link(centre=centre, allocation=make_allocation(title="Revitalisasi Uji"))

    with django_assert_max_num_queries(30):
        words = text_of(client_of(mojokerto_officer).get(profile_of(centre)))

    for told in ("Sentra Uji", "Galeri Uji", "Halal", "61", "Revitalisasi Uji", "Rp10.000.000.000", "keadaan per"):
        assert told in words
    assert (
        profile_of(centre)
        in client_of(mojokerto_officer).get(reverse("portal:record", args=["sentra", centre.pk])).content.decode()
    )


def test_a_centre_elsewhere_has_no_profile_for_this_officer(client_of, sragen_officer):
    centre = make_centre()
    make_member(regency_id=SRAGEN)

    assert client_of(sragen_officer).get(profile_of(centre)).status_code == 404
