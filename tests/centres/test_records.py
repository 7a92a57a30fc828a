"""The records of public sources: true to their sources, added once, and never over what staff have written."""

import re
from collections import defaultdict
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from centres.loaders import ACTOR, Loaded, load_records
from centres.models import Centre, CentreFacility, DatedFact, Member, Motif, ReferenceStatistic
from centres.records import read_records
from changes.choices import Door
from changes.models import Change
from regions.models import Region
from tests.factories.centres import make_centre
from tests.factories.regions import make_places

MAJA_BARAMA = "Sentra IKM Batik Maja Barama Wastra"
ELSEWHERE = {
    "15": "Jambi",
    "16": "Sumatera Selatan",
    "31": "Daerah Khusus Ibukota Jakarta",
    "31.74": "Kota Administrasi Jakarta Selatan",
    "32": "Jawa Barat",
    "32.09": "Kabupaten Cirebon",
    "33.14.10": "Sragen",
    "34": "Daerah Istimewa Yogyakarta",
    "51": "Bali",
    "63": "Kalimantan Selatan",
    "64": "Kalimantan Timur",
    "72": "Sulawesi Tengah",
}


def make_every_place():
    make_places()
    Region.objects.bulk_create([Region(code=code, name=name) for code, name in ELSEWHERE.items()])


def values_of(record, thing):
    """What sources say about a field or a label: {value: [source, ...]}."""
    said = defaultdict(list)
    for fact in DatedFact.objects.about(record):
        if thing in (fact.field, fact.label):
            said[fact.value].append(fact.source)
    return said


class TestLoadedRecords(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_every_place()
        cls.outcome = load_records()
        cls.maja_barama = Centre.objects.get(name=MAJA_BARAMA)
        cls.sragen = Centre.objects.get(name="Sentra IKM Batik Sragen")

    def test_the_baseline_sums_to_201_over_11_provinces_with_62_in_jawa_timur(self):
        baseline = ReferenceStatistic.objects.of("sentra-batik", 2020)
        provinces = dict(baseline.by_province().values_list("region_id", "value"))

        assert sum(provinces.values()) == 201
        assert baseline.get(region=None).value == 201
        assert len(provinces) == 11 == ReferenceStatistic.objects.get(indicator="provinsi-sentra-batik").value
        assert (provinces["35"], provinces["33"], provinces["34"]) == (62, 72, 23)

    def test_fifteen_regions_not_fifteen_centres_have_a_dak_building(self):
        statistic = ReferenceStatistic.objects.get(indicator="daerah-sentra-batik-dak")

        assert (statistic.value, statistic.unit, statistic.year) == (15, "daerah", 2023)

    def test_maja_barama_wastra_is_the_pilot_centre_in_gununggedangan(self):
        centre = self.maja_barama

        assert centre.code == "SB-3576-001"
        assert (centre.region_id, centre.address) == ("35.76.02.1001", "Jalan Kedungsari")
        assert centre.is_pilot
        assert centre.inaugurated_on.isoformat() == "2024-02-07"
        assert set(centre.programme_tags) == {"P3DN", "BBI", "BBWI"}
        assert centre.centreservice_set.count() == 7

    def test_both_land_areas_stay_each_with_its_sources(self):
        building = CentreFacility.objects.get(centre=self.maja_barama, name="Gedung sentra")
        said = values_of(building, "land_area_m2")

        assert building.land_area_m2 == Decimal(5300)
        assert len(said["5300"]) == 3
        assert any("kabarterdepan" in source for source in said["5363"])

    def test_all_three_numbers_of_members_of_sragen_stay(self):
        assert self.sragen.member_count_declared == 139
        assert set(values_of(self.sragen, "member_count_declared")) == {"139", "136", "138"}

    def test_a_source_without_a_date_is_kept_and_says_so(self):
        undated = DatedFact.objects.get(as_of=None)

        assert undated.value == "138"
        assert "tidak bertanggal" in undated.note

    def test_the_building_of_sragen_stands_in_another_district_than_its_members(self):
        building = CentreFacility.objects.get(name="Gedung Pusat Batik Sukowati")

        assert (building.region_id, building.floors, building.funding_year) == ("33.14.10", 3, 2023)
        assert self.sragen.region_id == "33.14"

    def test_the_craft_centre_of_sragen_stays_out_of_batik_totals(self):
        assert Centre.objects.count() == 3
        assert set(Centre.objects.batik()) == {self.maja_barama, self.sragen}

    def test_motifs_of_mojokerto_name_their_source(self):
        named = Motif.objects.filter(region="35.76", source__contains="transversalmedia").values_list("name", flat=True)

        assert {"Suryo Majapahit", "Mrico Bolong"} <= set(named)

    def test_spellings_and_other_names_find_the_centre(self):
        for text in ("Bharama", "Barama", "Brama", "maja bharama wastra", "sentra ikm barama"):
            assert self.maja_barama in Centre.objects.search(text), text
        assert Centre.objects.search("Pusat Batik Sukowati").first() == self.sragen

    def test_every_row_has_a_source(self):
        for model in {row.model for row in read_records()} - {ReferenceStatistic}:
            assert not model.objects.filter(source="").exists(), model
        assert not ReferenceStatistic.objects.filter(publisher="").exists()

    def test_one_value_of_each_thing_is_preferred_and_the_record_says_the_same(self):
        things = defaultdict(list)
        for fact in DatedFact.objects.all():
            things[fact.object_id, fact.field, fact.label].append(fact)

        for facts in things.values():
            [preferred] = [fact for fact in facts if fact.is_preferred]
            if preferred.field:
                assert getattr(preferred.record, preferred.field) == preferred.parsed_value(), preferred

    def test_the_change_log_names_the_door_and_the_source(self):
        [change] = Change.objects.of(self.maja_barama)

        assert (change.actor_name, change.door) == (ACTOR, Door.COMMAND)
        assert change.reason == self.maja_barama.source

    def test_a_second_load_writes_nothing(self):
        before = Change.objects.count()

        again = load_records()

        assert again == Loaded(added=0, known=self.outcome.added)
        assert Change.objects.count() == before

    def test_what_staff_have_edited_survives_another_load(self):
        building = CentreFacility.objects.get(centre=self.maja_barama, name="Gedung sentra")
        building.name, building.land_area_m2 = "Gedung utama", Decimal(5363)
        building.save()
        self.maja_barama.name = "Sentra Batik Kota Mojokerto"
        self.maja_barama.save()

        again = load_records()

        building.refresh_from_db()
        assert (again.added, again.edited) == (0, ["Sentra Batik Kota Mojokerto", "Gedung utama"])
        assert building.land_area_m2 == 5363
        assert Centre.objects.count() == 3
        assert not DatedFact.objects.about(building).filter(field="land_area_m2").preferred().exists()

    def test_no_member_exists(self):
        assert not Member.objects.exists()


@pytest.mark.django_db
def test_a_centre_that_was_entered_by_hand_is_not_doubled_and_keeps_its_values():
    make_every_place()
    by_hand = make_centre(name=MAJA_BARAMA, address="Jalan Kedungsari 1")

    load_records()

    by_hand.refresh_from_db()
    assert by_hand.address == "Jalan Kedungsari 1"
    assert by_hand.centrefacility_set.count() == 8
    inaugurated = DatedFact.objects.about(by_hand).get(field="inaugurated_on")
    assert not inaugurated.is_preferred  # the record does not say so


@pytest.mark.django_db
def test_the_command_tells_in_two_lines_what_it_did(capsys):
    make_every_place()

    call_command("load_records")

    offices, records = capsys.readouterr().out.splitlines()
    assert offices.startswith("Kantor: 5 kantor")
    assert re.fullmatch(r"Data awal: \d{3} ditambahkan, 0 sudah ada, 0 di antaranya telah disunting.", records)


@pytest.mark.django_db
def test_the_command_asks_for_the_regions_first():
    with pytest.raises(CommandError, match="load_regions"):
        call_command("load_records")
