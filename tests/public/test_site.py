"""The public site: found however it is spelled, told without what is not public, and kept for a crowd."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.roles import ALL
from batik_registry.models import VerificationStatus, record_models
from public import records
from tests.api.canaries import mark
from tests.factories import centres as make
from tests.factories import events as make_events
from tests.pages import text_of

AGREED = {"public_profile": True, "consent_at": datetime(2024, 1, 2, tzinfo=UTC), "consent_version": "1"}
ADDRESS = "/sentra/SB-3576-001-sentra-ikm-batik-maja-barama-wastra/"


@pytest.fixture
def maja(places, validated):
    places["35.76"].latitude, places["35.76"].longitude = "-7.47", "112.43"
    places["35.76"].save()
    return make.make_maja_barama(**validated)


# --- the directory ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["mojokerto batik", "Bharama", "maja brama", "gununggedangan"])
def test_a_centre_is_found_by_place_and_by_other_spellings(visitor, maja, text):
    page = visitor.get("/", {"q": text})

    assert maja.name in text_of(page)
    assert f'href="{ADDRESS}"' in page.content.decode()


def test_what_was_found_lies_on_the_map_as_a_link(visitor, maja):
    page = visitor.get("/", {"q": "bharama"}).content.decode()

    assert f'<a href="{ADDRESS}" aria-label="{maja.name}, Kota Mojokerto, Jawa Timur">' in page


def test_provinces_are_counted_on_the_map_and_in_the_table(visitor, maja, places):
    places["35"].latitude, places["35"].longitude = "-7.5", "112.5"
    places["35"].save()

    page = visitor.get("/").content.decode()

    assert 'href="/provinsi/jawa-timur/" aria-label="Jawa Timur: 1 sentra"' in page
    assert '<a href="/provinsi/jawa-timur/">Jawa Timur</a></th><td class="r">1</td>' in page


def test_an_unknown_filter_finds_nothing_and_says_so(visitor, maja):
    assert "Saringan ini tidak dikenal" in text_of(visitor.get("/", {"prov": "99"}))
    assert "Tidak ada sentra yang cocok" in text_of(visitor.get("/", {"q": "qqqqqq"}))


@pytest.mark.parametrize("status", [one for one in VerificationStatus if one != VerificationStatus.VALIDATED])
def test_what_is_not_validated_is_not_there(visitor, status, places):
    make.make_maja_barama(verification_status=status)

    assert "Maja Barama" not in visitor.get("/").content.decode()
    assert visitor.get(ADDRESS).status_code == 404


# --- one centre, one province ---------------------------------------------------------------------------------------


def test_the_code_says_which_centre_and_an_old_name_leads_on(visitor, maja):
    answer = visitor.get("/sentra/SB-3576-001-nama-lama/")

    assert (answer.status_code, answer["Location"]) == (301, ADDRESS)
    assert visitor.get(ADDRESS).status_code == 200


def test_only_members_who_agreed_are_named(visitor, maja, validated):
    for name, consent in (("Batik Setuju", AGREED), ("Batik Diam", {})):
        make.make_membership(centre=maja, member=make.make_member(business_name=name, **consent, **validated))

    page = text_of(visitor.get(ADDRESS))

    assert "Batik Setuju" in page
    assert "Batik Diam" not in page


def test_a_province_lists_its_centres(visitor, maja):
    assert maja.name in text_of(visitor.get("/provinsi/jawa-timur/"))
    assert maja.name not in text_of(visitor.get("/provinsi/jawa-tengah/"))
    assert visitor.get("/provinsi/tidak-ada/").status_code == 404


# --- events ---------------------------------------------------------------------------------------------------------


def test_a_calendar_can_be_subscribed_to(visitor, maja, validated):
    event = make_events.make_event(name="Pameran; besar", **validated)

    (entry,) = Calendar.from_ical(visitor.get("/kegiatan.ics").content).walk("VEVENT")

    assert str(entry["SUMMARY"]) == "Pameran; besar"
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2023, 12, 11), date(2023, 12, 16))
    assert str(entry["URL"]) == f"http://testserver/kegiatan/{event.code}-pameran-besar/"
    assert visitor.get(f"/kegiatan/{event.code}-pameran-besar/").status_code == 200


# --- what is public -------------------------------------------------------------------------------------------------


def test_no_field_that_is_told_is_marked_as_not_public():
    assert {
        model: marked for model, names in records.FIELDS.items() if (marked := set(names) & set(model.sensitivity))
    } == {}


def test_a_visitor_is_no_role_that_an_account_can_have():
    assert "visitor" not in str(list(ALL)).lower()


def public_addresses(event):
    return [
        *("/", "/?q=mojokerto", ADDRESS, "/provinsi/jawa-timur/"),
        *("/kegiatan/", reverse("public:event", args=[f"{event.code}-x"]), "/kegiatan.ics"),
    ]


def test_no_word_that_is_not_public_stands_in_any_public_byte(visitor, maja, validated):
    member = make.make_member(**AGREED, **validated)
    make.make_membership(centre=maja, member=member)
    facility = make.make_facility(centre=maja, **validated)
    event = make_events.make_event(centre=maja, region_id="35.76", **validated)
    hidden = [
        *(make.make_member(), make.make_centre(), make.make_facility(centre=maja), make_events.make_event()),
        make_events.make_participation(event=event, member=make.make_member()),
    ]
    for record in (maja, member, facility, event):
        told = {name: getattr(record, name) for name in records.FIELDS[type(record)]}
        assert mark(record, "kenari-rahasia")
        type(record).objects.filter(pk=record.pk).update(**{n: v for n, v in told.items() if _is_plain(record, n)})
    for record in hidden:
        mark(record, "kenari-rahasia")

    for address in public_addresses(event):
        answer = visitor.get(address, follow=True)
        assert answer.status_code == 200, address
        assert "kenari" not in answer.content.decode(), address
        assert maja.name in answer.content.decode() or "kegiatan" in address


def _is_plain(record, name):
    field = record._meta.get_field(name)
    return not field.generated and name not in ("region_code", "province_code", "regency_code")


# --- a crowd ----------------------------------------------------------------------------------------------------------


def test_a_second_reader_asks_no_database_and_gets_no_cookie(visitor, maja, django_assert_num_queries):
    first = visitor.get("/")
    with django_assert_num_queries(0):
        second = visitor.get("/", headers={"if-none-match": first["ETag"]})

    assert second.status_code == 304
    assert "public" in first["Cache-Control"]
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies
    assert len(first.content) < 60_000


def test_pages_with_many_centres_ask_as_little_as_with_few(visitor, validated, django_assert_max_num_queries):
    for _number in range(30):
        make.make_centre(**validated)

    with django_assert_max_num_queries(12):
        visitor.get("/?q=mojokerto")


def test_every_public_page_says_its_address_and_language(visitor, maja):
    page = visitor.get("/", {"q": "maja"}).content.decode()

    assert '<html lang="id">' in page
    assert '<link rel="canonical" href="http://testserver/">' in page
    assert 'hreflang="id"' in page


def test_every_kind_of_public_record_is_one_of_the_registry():
    assert set(records.FIELDS) <= set(record_models())
