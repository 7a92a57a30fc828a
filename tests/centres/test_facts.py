from datetime import date

import pytest
from django.core.exceptions import ValidationError

from centres import actions
from centres.models import Centre, DatedFact
from tests.factories.centres import KOTA_MOJOKERTO, SRAGEN, make_centre, make_facility, make_fact, make_maja_barama

pytestmark = pytest.mark.usefixtures("places")


def facts_of(record):
    return {fact.value: fact.is_preferred for fact in DatedFact.objects.about(record)}


def test_all_values_stay_and_one_is_preferred(programme_staff):
    facility = make_facility()
    make_fact(facility, field="land_area_m2", value="5.300", source="ANTARA", as_of=date(2024, 2, 7))
    other = make_fact(facility, field="land_area_m2", value="5.363", source="kabarterdepan", as_of=date(2024, 2, 8))

    actions.prefer(fact=other, by=programme_staff)

    facility.refresh_from_db()
    other.refresh_from_db()
    assert facility.land_area_m2 == 5363
    assert facts_of(facility) == {"5.300": False, "5.363": True}
    assert other.preferred_by == programme_staff


def test_preferring_another_value_takes_the_preference_along(programme_staff):
    facility = make_facility()
    first = make_fact(facility, field="land_area_m2", value="5.300")
    second = make_fact(facility, field="land_area_m2", value="5.363")

    actions.prefer(fact=first, by=programme_staff)
    actions.prefer(fact=second, by=programme_staff)

    assert facts_of(facility) == {"5.300": False, "5.363": True}


def test_preferring_equal_values_of_two_sources_leaves_one_preferred(programme_staff):
    centre = make_centre()
    first = make_fact(centre, field="member_count_declared", value="139", source="Sumber contoh satu")
    second = make_fact(centre, field="member_count_declared", value="139", source="Sumber contoh dua")

    actions.prefer(fact=first, by=programme_staff)
    actions.prefer(fact=second, by=programme_staff)

    assert [fact.pk for fact in DatedFact.objects.preferred()] == [second.pk]


def test_things_without_a_field_have_a_preferred_value_too(programme_staff):
    centre = make_centre()
    first = make_fact(centre, label="IKM di Masaran dan Plupuh", value="139")
    make_fact(centre, label="IKM di Masaran dan Plupuh", value="136")

    actions.prefer(fact=first, by=programme_staff)

    assert facts_of(centre) == {"139": True, "136": False}


def test_a_direct_edit_takes_the_preference_back(programme_staff):
    centre = make_centre()
    actions.prefer(fact=make_fact(centre, field="member_count_declared", value="139"), by=programme_staff)
    kept = make_fact(centre, field="name", value="Nama contoh lain")
    actions.prefer(fact=kept, by=programme_staff)
    centre.refresh_from_db()

    centre.member_count_declared = 140
    centre.save()

    assert facts_of(centre) == {"139": False, "Nama contoh lain": True}


def test_a_bulk_update_takes_the_preference_back(programme_staff):
    centre = make_centre()
    actions.prefer(fact=make_fact(centre, field="member_count_declared", value="139"), by=programme_staff)

    Centre.objects.filter(pk=centre.pk).update(member_count_declared=138)

    assert facts_of(centre) == {"139": False}


def test_a_value_that_the_record_refuses_changes_nothing(programme_staff):
    facility = make_facility(land_area_m2=100, floors=1)
    fact = make_fact(facility, field="building_area_m2", value="2.700")

    with pytest.raises(ValidationError) as refusal:
        actions.prefer(fact=fact, by=programme_staff)

    facility.refresh_from_db()
    assert "building_area_m2" in refusal.value.message_dict
    assert facility.building_area_m2 is None
    assert facts_of(facility) == {"2.700": False}


def test_a_preferred_fact_cannot_be_made_to_say_something_else(programme_staff):
    centre = make_centre()
    fact = actions.prefer(fact=make_fact(centre, field="member_count_declared", value="139"), by=programme_staff)
    fact.value = "138"

    with pytest.raises(ValidationError) as refusal:
        fact.save()

    assert "value" in refusal.value.message_dict


@pytest.mark.parametrize("field", ["manager_phone", "region", "aliases", "code", "search_text"])
def test_closed_made_and_linked_fields_have_no_facts(field):
    with pytest.raises(ValidationError) as refusal:
        make_fact(make_centre(), field=field, value="x")

    assert "field" in refusal.value.message_dict


def test_facts_lie_in_the_region_of_their_record_and_move_along(mojokerto_officer, sragen_officer):
    centre = make_maja_barama()
    fact = make_fact(centre, field="name", value="Maja Brama Wastra")
    assert list(DatedFact.objects.visible_to(mojokerto_officer)) == [fact]

    centre.regency_id = centre.region_id = SRAGEN
    centre.save()

    assert not DatedFact.objects.visible_to(mojokerto_officer).exists()
    assert list(DatedFact.objects.visible_to(sragen_officer)) == [fact]


def test_a_manager_sees_facts_about_the_own_centre_and_its_buildings(centre_manager):
    own, foreign = make_centre(), make_centre(regency_id=KOTA_MOJOKERTO)
    centre_manager.assigned_centres = [own.pk]
    seen = {
        make_fact(own, field="name", value="Nama contoh"),
        make_fact(make_facility(centre=own), field="floors", value="2"),
    }
    make_fact(foreign, field="name", value="Nama contoh")

    assert set(DatedFact.objects.visible_to(centre_manager)) == seen
