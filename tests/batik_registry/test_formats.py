"""Numbers, money, days and times are written as the language of the page writes them, and typed in one way."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.utils import timezone, translation

from batik_registry.templatetags import formats
from batik_registry.words import written
from centres.models import Centre, CentreFacility

MOMENT = datetime(2024, 2, 7, 2, 12, tzinfo=UTC)
AREA = CentreFacility._meta.get_field("land_area_m2")
LATITUDE = Centre._meta.get_field("latitude")


@pytest.mark.parametrize(
    ("write", "value", "indonesian", "english"),
    [
        (formats.angka, Decimal("5363.250"), "5.363,25", "5,363.25"),
        (formats.rupiah, 15_500_000_000, "Rp15.500.000.000", "Rp15,500,000,000"),
        (formats.rupiah_ringkas, 15_500_000_000, "Rp15,5 miliar", "Rp15.5 billion"),
        (formats.dengan_kata, 1_001_000, "satu juta seribu rupiah", "Rp1,001,000"),
        (formats.persen, Decimal("30.8"), "30,8%", "30.8%"),
        (formats.tanggal, date(2024, 5, 7), "7 Mei 2024", "7 May 2024"),
        (formats.pukul, MOMENT, "7 Februari 2024 pukul 09.12 WIB", "7 February 2024, 09:12 WIB"),
        (formats.lama, timedelta(days=1), "1 hari", "1 day"),
        (formats.lama, timedelta(hours=5), "5 jam", "5 hours"),
        (formats.jarak, 2.44, "2,4 km", "2.4 km"),
        (lambda value: written(AREA, value), Decimal("5363.25"), "5.363,25", "5,363.25"),
    ],
)
def test_each_language_writes_it_its_way(write, value, indonesian, english):
    assert write(value) == indonesian
    with translation.override("en"):
        assert write(value) == english


@pytest.mark.parametrize(("zone", "told"), [("Asia/Makassar", "10:12 WITA"), ("Asia/Jayapura", "11:12 WIT")])
def test_a_time_says_its_zone_in_english_too(zone, told):
    with timezone.override(zone), translation.override("en"):
        assert formats.pukul(MOMENT) == f"7 February 2024, {told}"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("field", "number"), [(AREA, Decimal("5300.00")), (LATITUDE, Decimal("-7.471234"))])
def test_a_form_shows_numbers_as_its_parser_reads_them(language, field, number):
    with translation.override(language):
        shown = field.formfield().prepare_value(number)

        assert field.to_python(shown) == number


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_typed_date_has_its_day_first(language):
    with translation.override(language):
        assert forms.DateField().clean("03/05/2026") == date(2026, 5, 3)
        assert forms.DateField().clean("2026-05-03") == date(2026, 5, 3)
