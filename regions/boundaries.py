"""The drawn borders of provinces: a small file of SVG paths, ours unless the ministry imported official ones."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

from django.conf import settings

WIDTH, HEIGHT = 1000, 372
WEST, EAST, SOUTH, NORTH = 94.5, 141.5, -11.2, 6.3
SCALE = WIDTH / (EAST - WEST)
OURS = Path(__file__).parent / "data" / "boundaries.json"
NEAR = 0.35  # on a map this wide a nearer point cannot be told from the one before

Ring = Iterable[Iterable[float]]


@dataclass(frozen=True)
class Boundaries:
    """Paths by province code, in the map's own units, and what must be said of them."""

    source: str
    licence: str
    is_official: bool
    paths: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> Self:
        return cls(**json.loads(path.read_text("utf-8")))

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")


def boundaries() -> Boundaries:
    """The imported borders where there are any, else ours. Read once per file."""
    imported: Path = settings.MAP_BOUNDARIES
    chosen = imported if imported.exists() else OURS
    return _read(chosen, chosen.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Boundaries:
    return Boundaries.read(path)


def project(latitude: Any, longitude: Any) -> tuple[float, float]:
    """Degrees to the map's units, x to the east and y to the south."""
    return round((float(longitude) - WEST) * SCALE, 1), round((NORTH - float(latitude)) * SCALE, 1)


def path_of(geometry: dict[str, Any]) -> str:
    """The SVG path of a GeoJSON Polygon or MultiPolygon, relative and short; raises `ValueError` for anything else."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(geometry["type"])
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return "".join(_ring(ring) for polygon in polygons for ring in polygon)


def _ring(ring: Ring) -> str:
    points = [project(latitude, longitude) for longitude, latitude, *_height in ring]
    kept = points[:1]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= NEAR:
            kept.append(point)
    if len(kept) < 4:
        return ""
    steps = [f"{b[0] - a[0]:.1f},{b[1] - a[1]:.1f}" for a, b in pairwise(kept[:-1])]
    return f"M{kept[0][0]:g},{kept[0][1]:g}l{' '.join(steps).replace('.0', '')}z"
