from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from regions.actions import Outcome, load_edition
from regions.editions import Alias, Edition, EditionError, Header, Row
from regions.models import Region, RegionAlias, RegionEdition

pytestmark = pytest.mark.django_db

HEADER = Header(
    source="contoh",
    package="contoh 1",
    licence="contoh",
    decree="Keputusan contoh 1",
    decree_date="2025-04-25",
    note="",
    point_source="GeoNames",
    counts={"PROVINSI": 1, "KAB_KOTA": 1, "KECAMATAN": 1, "DESA_KEL": 1},
    sha256="0" * 64,
)
FIRST = Edition(
    HEADER,
    [
        Row("35", "Jawa Timur"),
        Row("35.76", "Kota Mojokerto", "-7.46640", "112.43380"),
        Row("35.76.02", "Magersari"),
        Row("35.76.02.1001", "Gununggedangan"),
    ],
    [Alias("35.76", "Kota Onde-onde", "contoh")],
)


def later(*rows):
    header = replace(HEADER, decree="Keputusan contoh 2", decree_date="2027-01-15", sha256="1" * 64)
    return Edition(header, list(rows), [])


def region(code):
    return Region.objects.get(code=code)


def test_a_first_load_writes_regions_with_their_address_and_notes_the_edition():
    outcome = load_edition(edition=FIRST)

    village = region("35.76.02.1001")
    assert outcome == Outcome(added=4, changed=0, vanished=0)
    assert village.path == "Magersari, Kota Mojokerto, Jawa Timur"
    assert (village.decree, village.valid_from, village.valid_to) == ("Keputusan contoh 1", None, None)
    assert RegionAlias.objects.get().region_id == "35.76"
    assert RegionEdition.objects.get().added == 4


def test_a_code_that_a_later_decree_drops_is_kept_with_its_last_day():
    load_edition(edition=FIRST)

    outcome = load_edition(edition=later(*FIRST.rows[:-1]))

    assert outcome == Outcome(added=0, changed=0, vanished=1)
    assert region("35.76.02.1001").valid_to == date(2027, 1, 14)
    assert not Region.objects.current(on=date(2027, 1, 15)).filter(code="35.76.02.1001").exists()
    assert Region.objects.current(on=date(2027, 1, 14)).filter(code="35.76.02.1001").exists()
    assert RegionEdition.objects.latest().vanished == 1


def test_a_code_that_returns_is_valid_again():
    load_edition(edition=FIRST)
    load_edition(edition=later(*FIRST.rows[:-1]))

    load_edition(edition=later(*FIRST.rows))

    assert region("35.76.02.1001").valid_to is None


def test_a_code_that_somebody_ended_under_a_newer_law_stays_ended():
    load_edition(edition=FIRST)
    Region.objects.filter(code="35.76.02.1001").update(valid_to=date(2027, 6, 30))

    load_edition(edition=later(*FIRST.rows))

    assert region("35.76.02.1001").valid_to == date(2027, 6, 30)


def test_a_new_code_is_valid_from_the_day_of_its_decree():
    load_edition(edition=FIRST)

    load_edition(edition=later(*FIRST.rows, Row("35.76.02.1002", "Desa contoh")))

    assert region("35.76.02.1002").valid_from == date(2027, 1, 15)
    assert region("35.76.02.1001").valid_from is None


def test_a_new_name_reaches_the_address_of_everything_below():
    load_edition(edition=FIRST)

    outcome = load_edition(edition=later(*FIRST.rows[:2], Row("35.76.02", "Magersari Baru"), FIRST.rows[3]))

    assert outcome.changed == 2
    assert region("35.76.02.1001").path == "Magersari Baru, Kota Mojokerto, Jawa Timur"
    assert region("35.76.02.1001").row_version == 2
    assert region("35.76").row_version == 1


def test_a_point_from_a_better_source_is_not_overwritten():
    load_edition(edition=FIRST)
    Region.objects.filter(code="35.76").update(latitude="-7.47", longitude="112.44", point_source="Dinas")

    outcome = load_edition(
        edition=later(FIRST.rows[0], Row("35.76", "Kota Mojokerto", "-7.4", "112.4"), *FIRST.rows[2:])
    )

    assert outcome.changed == 0
    assert region("35.76").point_source == "Dinas"


def test_an_older_edition_is_refused():
    load_edition(edition=later(*FIRST.rows))

    with pytest.raises(EditionError, match="Keputusan contoh 1 tidak dimuat, karena Keputusan contoh 2"):
        load_edition(edition=FIRST)


def test_the_command_tells_what_is_wrong_with_a_file(tmp_path):
    Edition.write(
        tmp_path,
        [Row("33.14", "Kabupaten Sragen")],
        **{
            name: getattr(HEADER, name)
            for name in ("source", "package", "licence", "decree", "decree_date", "note", "point_source")
        },
    )

    with pytest.raises(CommandError, match="tidak memiliki wilayah induk"):
        call_command("load_regions", folder=tmp_path)
