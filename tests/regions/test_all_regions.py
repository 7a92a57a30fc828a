"""What must hold when all regions of Indonesia are there: one load for the whole class."""

from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import RequestFactory, TestCase
from django.urls import ResolverMatch

from batik_registry.search import Squash
from regions.admin import RegionAdmin
from regions.choices import Kind, Level
from regions.models import Region, RegionEdition


def codes(text, count=5):
    return [region.code for region in Region.objects.search(text)[:count]]


def rows_written():
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables
            WHERE relname LIKE 'regions_region%'
        """)
        return cursor.fetchone()[0]


class TestAllRegions(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_regions", verbosity=0)

    def test_every_region_of_the_file_is_there(self):
        edition = RegionEdition.objects.get()
        found = dict(Region.objects.order_by().values_list("level").annotate(Count("code")))

        assert found == {
            Level.PROVINCE: edition.provinces,
            Level.REGENCY: edition.regencies,
            Level.DISTRICT: edition.districts,
            Level.VILLAGE: edition.villages,
        }
        assert Region.objects.provinces().count() == 38
        assert Region.objects.regencies().count() == 514

    def test_a_second_load_writes_nothing(self):
        before = rows_written()

        call_command("load_regions", verbosity=0)

        assert before >= 91_599
        assert rows_written() == before

    def test_the_database_reads_level_and_kind_from_a_code_as_python_does(self):
        different = [
            code
            for code, level, kind in Region.objects.values_list("code", "level", "kind")
            if (level, kind) != (Level.of(code), Kind.of(code))
        ]

        assert different == []

    def test_every_address_ends_with_the_name_above_it(self):
        with connection.cursor() as cursor:
            cursor.execute("""
                SELECT child.code FROM regions_region AS child
                LEFT JOIN regions_region AS parent ON parent.code = substring(child.code from '^(.*)\\.')
                WHERE length(child.code) > 2
                    AND child.path IS DISTINCT FROM concat_ws(', ', parent.name, nullif(parent.path, ''))
            """)
            assert cursor.fetchall() == []

    def test_mojokerto_offers_the_regency_and_the_city_and_tells_them_apart(self):
        first, second = Region.objects.search("Mojokerto")[:2]

        assert (first.code, second.code) == ("35.16", "35.76")
        assert (str(first), str(second)) == (
            "Kabupaten Mojokerto, Jawa Timur (35.16)",
            "Kota Mojokerto, Jawa Timur (35.76)",
        )

    def test_words_for_kinds_are_understood(self):
        for text, code in {
            "kota mojokerto": "35.76",
            "Kab. Mojokerto": "35.16",
            "kabupaten mojokerto": "35.16",
            "kec. masaran": "33.14.03",
            "ds. masaran, sragen": "33.14.03.2008",
            "kel. gunung gedangan": "35.76.02.1001",
            "kota batu": "35.79",
            "kota administrasi jakarta pusat": "31.71",
            "provinsi jawa timur": "35",
            "kota baru": "63.02",
        }.items():
            with self.subTest(text):
                assert codes(text)[0] == code

    def test_spacing_spelling_and_case_are_forgiven(self):
        for text in ("gunung gedangan", "GUNUNGGEDANGAN", "Gunung-Gedangan", "gunung gedngan", "gunúng gedangan"):
            with self.subTest(text):
                assert codes(text)[0] == "35.76.02.1001"

    def test_a_district_comes_before_villages_of_the_same_name(self):
        for text, district, village in [
            ("Masaran", "33.14.03", "33.14.03.2008"),
            ("Plupuh", "33.14.02", "33.14.02.2012"),
        ]:
            with self.subTest(text):
                found = codes(text, 10)
                assert found[0] == district
                assert village in found

    def test_the_place_around_may_follow_the_name(self):
        for text in ("masaran sragen", "Masaran, Sragen", "masaran kab. sragen"):
            with self.subTest(text):
                assert codes(text, 2) == ["33.14.03", "33.14.03.2008"]
        assert codes("Kel. Gunung Gedangan, Kec. Magersari, Kota Mojokerto") == ["35.76.02.1001"]

    def test_codes_are_found_with_and_without_dots(self):
        assert codes("35.76", 2) == ["35.76", "35.76.01"]
        assert codes("3576021001") == ["35.76.02.1001"]
        assert codes("35.76.0") == ["35.76.01", "35.76.02", "35.76.03", "35.76.01.1003", "35.76.01.1004"]

    def test_other_names_are_found(self):
        for text in ("Kota Onde-onde", "onde onde"):
            with self.subTest(text):
                assert codes(text)[0] == "35.76"
        assert codes("DKI Jakarta")[0] == "31"

    def test_nothing_is_found_where_nothing_is_meant(self):
        for text in ("", "??", "qqqqwwwwzzzz"):
            with self.subTest(text):
                assert codes(text) == []

    def test_a_search_takes_one_query(self):
        with self.assertNumQueries(1):
            [str(region) for region in Region.objects.search("kec. masaran, sragen")[:20]]

    def test_searching_and_scoping_use_indexes(self):
        for regions in [
            Region.objects.within("35.76"),
            Region.objects.children_of("35"),
            Region.objects.provinces(),
            Region.objects.search("gunung gedangan"),
            Region.objects.search("kel. gunung gedangan, mojokerto"),
        ]:
            with self.subTest(str(regions.query)[-200:]):
                plan = regions.explain()
                assert "Index" in plan
                assert "Seq Scan on regions_region " not in plan

    def test_regions_below_and_above(self):
        village = Region.objects.get(code="35.76.02.1001")

        assert [region.name for region in village.ancestors()] == ["Jawa Timur", "Kota Mojokerto", "Magersari"]
        assert list(Region.objects.children_of("35.76").values_list("name", flat=True)) == [
            "Prajuritkulon",
            "Magersari",
            "Kranggan",
        ]
        assert Region.objects.children_of("").count() == 38
        assert not Region.objects.children_of("35.76.02.1001").exists()
        assert not Region.objects.children_of("35.7").exists()
        assert Region.objects.within("35.76").count() == 1 + 3 + 18

    def test_points_stand_in_their_country(self):
        located = Region.objects.exclude(latitude=None)

        assert located.filter(level=Level.PROVINCE).count() == 38
        assert located.filter(level=Level.REGENCY).count() > 490
        assert not located.exclude(latitude__range=(-11.5, 6.5), longitude__range=(94.5, 141.5)).exists()

    def test_a_name_is_squashed_like_a_typed_text(self):
        village = Region.objects.annotate(typed=Squash("name")).get(code="53.07.01.2021")

        assert village.name == "Regapu’u"
        assert village.squashed == village.typed == "regapuu"

    def test_the_admin_searches_the_same_way_and_offers_only_valid_codes(self):
        Region.objects.filter(code="35.16").update(valid_to="2020-01-01")
        desk, request = RegionAdmin(Region, admin.site), RequestFactory().get("/")
        everything, _ = desk.get_search_results(request, Region.objects.all(), "mojokerto")
        request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name="autocomplete")
        offered, _ = desk.get_search_results(request, Region.objects.all(), "mojokerto")

        assert [region.code for region in everything[:2]] == ["35.16", "35.76"]
        assert offered[0].code == "35.76"

    def test_the_admin_does_not_count_the_whole_table(self):
        paginator = RegionAdmin(Region, admin.site).get_paginator(None, Region.objects.all(), 100)

        with self.assertNumQueries(1) as queries:
            assert paginator.count > 90_000
        assert "reltuples" in queries.captured_queries[0]["sql"]
