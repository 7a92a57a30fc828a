"""The map of Indonesia: whole without JavaScript, honest about its borders, quick with thousands of points."""

import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string

from regions.boundaries import OURS, Boundaries, boundaries, path_of
from regions.editions import Edition
from regions.map import Place, draw

MOJOKERTO = {"latitude": "-7.47", "longitude": "112.43"}
SQUARE = {"type": "Polygon", "coordinates": [[[110, -7], [112, -7], [112, -8], [110, -8], [110, -7]]]}


@pytest.fixture(autouse=True)
def _own_borders(settings, tmp_path):
    settings.MAP_BOUNDARIES = tmp_path / "boundaries.json"


def drawn(**what):
    return render_to_string("components/map.html", {"map": draw(**what), "title": "Peta", "note": ""})


def test_every_province_of_today_is_drawn():
    provinces = {row.code for row in Edition.read().rows if len(row.code) == 2}

    assert set(Boundaries.read(OURS).paths) == provinces
    assert len(OURS.read_bytes()) < 30_000


def test_areas_of_circles_stand_to_each_other_as_their_values():
    large, small = draw(circles=[Place(-7, 110, "kecil", value=16), Place(-7, 112, "besar", value=64)]).circles

    assert large.place.text == "besar"
    assert large.r == pytest.approx(2 * small.r, abs=0.1)


def test_a_point_lies_where_its_degrees_say():
    (point,) = draw(points=[Place(**MOJOKERTO, text="Maja Barama Wastra", href="/sentra/x/")]).points

    left, top, width, height = map(int, draw().java.split())
    assert left < point.x < left + width
    assert top < point.y < top + height


def test_each_place_is_a_link_with_a_name_and_the_map_says_that_it_is_schematic():
    page = drawn(circles=[Place(**MOJOKERTO, text="Jawa Timur: 62 sentra", href="/provinsi/35/", value=62)])

    assert re.search(r'<a href="/provinsi/35/" aria-label="Jawa Timur: 62 sentra">', page)
    assert "bukan batas resmi" in page
    assert 'cx="381.5"' in page  # numbers of SVG have points, also where text has commas


def test_five_thousand_points_are_one_shape():
    places = [Place(-11 + n / 400, 95 + n / 110, f"Sentra {n}") for n in range(5000)]

    page = drawn(points=places)

    assert page.count("<path") == len(boundaries().paths) + 1
    assert len(page) < 110_000


def test_official_borders_are_drawn_once_imported(tmp_path):
    features = [{"properties": {"kode": code}, "geometry": SQUARE} for code in boundaries().paths]
    file = tmp_path / "resmi.geojson"
    file.write_text(json.dumps({"features": features}))

    call_command("import_boundaries", file, source="BIG contoh", verbosity=0)

    assert boundaries().paths["35"] == path_of(SQUARE)
    assert "bukan batas resmi" not in drawn()
    assert "BIG contoh" in drawn()


def test_borders_without_a_province_are_refused(tmp_path):
    file = tmp_path / "kurang.geojson"
    file.write_text(json.dumps({"features": [{"properties": {"kode": "35"}, "geometry": SQUARE}]}))

    with pytest.raises(CommandError, match="11, 12"):
        call_command("import_boundaries", file, source="BIG contoh")
