import pytest
from django.core.exceptions import ValidationError

from regions.choices import Kind, Level
from regions.models import Region, RegionAlias

VILLAGE = Region(code="35.76.02.1001", name="Gununggedangan", path="Magersari, Kota Mojokerto, Jawa Timur")


@pytest.mark.parametrize(
    ("code", "level", "kind"),
    [
        ("35", Level.PROVINCE, Kind.PROVINCE),
        ("35.16", Level.REGENCY, Kind.REGENCY),
        ("35.76", Level.REGENCY, Kind.CITY),
        ("35.76.02", Level.DISTRICT, Kind.DISTRICT),
        ("35.76.02.1001", Level.VILLAGE, Kind.URBAN_VILLAGE),
        ("33.14.04.2006", Level.VILLAGE, Kind.VILLAGE),
        ("91.03.01.3001", Level.VILLAGE, Kind.CUSTOMARY_VILLAGE),
    ],
)
def test_level_and_kind_are_written_in_the_code(code, level, kind):
    assert (Level.of(code), Kind.of(code)) == (level, kind)


def test_the_regions_above_are_beginnings_of_the_code():
    assert VILLAGE.parent_code == "35.76.02"
    assert VILLAGE.ancestor_codes == ["35", "35.76", "35.76.02"]
    assert Region(code="35").parent_code == ""


@pytest.mark.parametrize(
    ("code", "name", "path", "text"),
    [
        ("35", "Jawa Timur", "", "Provinsi Jawa Timur (35)"),
        ("35.16", "Kabupaten Mojokerto", "Jawa Timur", "Kabupaten Mojokerto, Jawa Timur (35.16)"),
        ("35.76", "Kota Mojokerto", "Jawa Timur", "Kota Mojokerto, Jawa Timur (35.76)"),
        ("33.14.03", "Masaran", "Kabupaten Sragen", "Kecamatan Masaran, Kabupaten Sragen (33.14.03)"),
        (
            "33.14.03.2008",
            "Masaran",
            "Masaran, Kabupaten Sragen",
            "Desa Masaran, Masaran, Kabupaten Sragen (33.14.03.2008)",
        ),
    ],
)
def test_equal_names_are_told_apart_wherever_a_region_is_shown(code, name, path, text):
    assert str(Region(code=code, name=name, path=path)) == text


def test_a_title_says_the_kind_once():
    assert VILLAGE.title == "Kelurahan Gununggedangan"
    assert Region(code="35.76", name="Kota Mojokerto").title == "Kota Mojokerto"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "357"}, "code"),
        ({"code": "35.76.2"}, "code"),
        ({"latitude": "-7.4"}, "longitude"),
        ({"latitude": "112.4", "longitude": "-7.4"}, "latitude"),
        ({"valid_from": "2025-04-25", "valid_to": "2025-04-24"}, "valid_to"),
        ({"successor_codes": ["35.99"]}, "successor_codes"),
    ],
)
def test_a_region_that_cannot_be_is_refused(values, field):
    with pytest.raises(ValidationError) as refusal:
        Region(**{"code": "35", "name": "Jawa Timur"} | values).save()

    assert field in refusal.value.message_dict


@pytest.mark.django_db
def test_the_same_other_name_is_noted_once_however_it_is_written():
    Region(code="35.76", name="Kota Mojokerto").save()
    RegionAlias(region_id="35.76", name="Kota Onde-onde", source="contoh").save()

    with pytest.raises(ValidationError, match="Nama lain ini sudah tercatat"):
        RegionAlias(region_id="35.76", name="kota onde onde", source="contoh").save()
