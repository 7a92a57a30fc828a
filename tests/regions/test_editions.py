import json
import lzma
import shutil

import pytest

from regions.editions import DATA, HEADER, TABLE, Edition, EditionError, Row

ROWS = [Row("35", "Jawa Timur", "-7.48315", "112.42704"), Row("35.76", "Kota Mojokerto")]
DESCRIPTION = {
    "source": "contoh",
    "package": "contoh 1",
    "licence": "contoh",
    "decree": "Keputusan contoh",
    "decree_date": "2025-04-25",
    "note": "",
    "point_source": "contoh",
}


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_file_of_the_application_is_what_its_header_says():
    edition = Edition.read()

    assert edition.header.counts == {"PROVINSI": 38, "KAB_KOTA": 514, "KECAMATAN": 7285, "DESA_KEL": 83762}
    assert edition.header.decree == "Kepmendagri 300.2.2-2138 Tahun 2025"
    assert len(edition.rows) == sum(edition.header.counts.values())


def test_every_name_in_the_file_is_clean():
    names = [row.name for row in Edition.read().rows]

    assert [name for name in names if not name or name != " ".join(name.split())] == []
    assert [name for name in names if not set('"<>_;|\ufffd').isdisjoint(name)] == []


def test_every_alias_names_a_region_of_the_file_and_its_source():
    edition = Edition.read()
    codes = {row.code for row in edition.rows}

    assert ("35.76", "Kota Onde-onde") in {(alias.code, alias.name) for alias in edition.aliases}
    assert all(alias.code in codes and alias.source for alias in edition.aliases)


def test_a_changed_file_is_refused(copied):
    table = lzma.decompress((copied / TABLE).read_bytes()).replace(b"Gununggedangan", b"Gunung Gedangan")
    (copied / TABLE).write_bytes(lzma.compress(table, preset=0))

    with pytest.raises(EditionError, match="SHA-256 berkas wilayah tidak sama"):
        Edition.read(copied)


def test_a_header_with_another_count_is_refused(copied):
    header = json.loads((copied / HEADER).read_text())
    header["counts"]["PROVINSI"] = 39
    (copied / HEADER).write_text(json.dumps(header))

    with pytest.raises(EditionError, match="Jumlah wilayah dalam berkas"):
        Edition.read(copied)


def test_a_region_without_the_region_above_it_is_refused(copied):
    Edition.write(copied, [*ROWS, Row("33.14", "Kabupaten Sragen")], **DESCRIPTION)

    with pytest.raises(EditionError, match=r"Wilayah 33\.14 tidak memiliki wilayah induk"):
        Edition.read(copied)


def test_writing_twice_gives_equal_bytes_and_reading_gives_the_rows_back(copied, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")

    Edition.write(copied, ROWS, **DESCRIPTION)
    Edition.write(other, ROWS, **DESCRIPTION)

    assert [(copied / name).read_bytes() for name in (TABLE, HEADER)] == [
        (other / name).read_bytes() for name in (TABLE, HEADER)
    ]
    assert Edition.read(copied).rows == ROWS
