"""Rows with a place as GeoJSON (RFC 7946)."""

from collections.abc import Iterable
from typing import Any

import orjson


def feature(text: str, key: str | None, names: Iterable[str]) -> str:
    """A document with a latitude and a longitude as a feature with these fields; without a place it has no geometry."""
    found = orjson.loads(text)
    place = [found["longitude"], found["latitude"]]
    told: dict[str, Any] = {
        "type": "Feature",
        "id": key,
        "geometry": None if None in place else {"type": "Point", "coordinates": [float(one) for one in place]},
        "properties": {name: found[name] for name in names},
    }
    return orjson.dumps(told).decode()
