"""Reads the data files of this app: rows for the registry, each with its source and a key that never changes."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from centres.models import Centre, CentreFacility, CentreService, DatedFact, Motif, ReferenceStatistic

FOLDER = Path(__file__).parent / "data"
NAMESPACE = UUID("6f0f6d5a-3c1e-4f7e-9d0b-5a2f0c9be201")
FOREIGN_KEYS = {"region": "region_id", "regency": "regency_id"}


@dataclass(frozen=True)
class Row:
    """One record to be: its identity comes from `key`, so that it is known again whatever staff have changed in it."""

    model: type[Any]
    key: str
    values: dict[str, Any]
    said_by: str
    #: Fields by which the same thing is known that somebody has entered by hand.
    natural: tuple[str, ...] = ()
    owner: str = ""  # the key of the row that this one belongs to
    owner_field: str = ""
    #: Other rows that this one points to: the name of the field, and the key of the row.
    points_to: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE, self.key)

    @property
    def owner_id(self) -> UUID:
        return uuid5(NAMESPACE, self.owner)


def read_records(folder: Path = FOLDER) -> list[Row]:
    """All rows of the folder, owners before what belongs to them."""
    files = {name: parsed(folder / f"{name}.toml") for name in ("sources", "statistics", "motifs", "centres")}
    sources = files["sources"]
    return [
        *_statistics(files["statistics"], sources),
        *(_motif(row, sources) for row in files["motifs"]["motif"]),
        *(row for centre in files["centres"]["centre"] for row in _centre(centre, sources)),
    ]


def parsed(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def sourced(row: dict[str, Any], sources: dict[str, Any]) -> dict[str, Any]:
    """The row's values with its source written out."""
    source = sources[row["source"]]
    known = {"source": source["name"], "source_url": source.get("url", ""), "as_of": source.get("as_of")}
    return known | {FOREIGN_KEYS.get(name, name): value for name, value in row.items() if name != "source"}


def _statistics(file: dict[str, Any], sources: dict[str, Any]) -> Iterator[Row]:
    split = file["by_province"]
    values = split.pop("values")
    for row in [*file["statistic"], *(split | {"region": code, "value": value} for code, value in values.items())]:
        source = sources[row["source"]]
        known = {FOREIGN_KEYS.get(name, name): value for name, value in row.items() if name != "source"}
        key = [row["indicator"], row.get("region", ""), str(row["year"]), row.get("period", ""), row["publisher"]]
        natural = ("indicator", "region_id", "year", "period", "publisher")
        known = {"region_id": None, "period": "", "url": source.get("url", "")} | known
        yield Row(ReferenceStatistic, "/".join(["statistic", *key]), known, source["name"], natural)


def _motif(row: dict[str, Any], sources: dict[str, Any]) -> Row:
    values = sourced(row, sources)
    return Row(Motif, f"motif/{values.pop('key')}", values, values["source"], ("name", "region_id"))


def _centre(row: dict[str, Any], sources: dict[str, Any]) -> Iterator[Row]:
    values = sourced(row, sources)
    facts, facilities, services = (values.pop(name, []) for name in ("fact", "facility", "service"))
    key = f"centre/{values.pop('key')}"
    values["profile"] = values["profile"].strip()
    yield Row(Centre, key, values, values["source"], ("regency_id", "name"))
    yield from facts_of(facts, key, sources)
    for facility in facilities:
        yield from _facility(facility, key, sources)
    for service in services:
        yield _part(CentreService, service, key, sources)


def _facility(row: dict[str, Any], owner: str, sources: dict[str, Any]) -> Iterator[Row]:
    facts = row.pop("fact", [])
    facility = _part(CentreFacility, row, owner, sources)
    yield facility
    yield from facts_of(facts, facility.key, sources)


def _part(model: type[Any], row: dict[str, Any], owner: str, sources: dict[str, Any]) -> Row:
    values = sourced(row, sources)
    key = f"{owner}/{model._meta.model_name}/{values.pop('key')}"
    return Row(model, key, values, values["source"], ("centre", "name"), owner, "centre")


def facts_of(rows: list[dict[str, Any]], owner: str, sources: dict[str, Any]) -> Iterator[Row]:
    """A fact that stands alone for its thing is preferred; among several, the one marked so."""
    said = Counter(_thing(row) for row in rows)
    for row in rows:
        prefer = row.pop("prefer", said[_thing(row)] == 1)
        key = "/".join([owner, "fact", _thing(row), row["value"], row["source"]])
        values = sourced(row, sources) | {"is_preferred": prefer}
        natural = ("content_type", "object_id", "field", "label", "value", "source", "as_of")
        yield Row(DatedFact, key, {"field": "", "label": ""} | values, values["source"], natural, owner, "record")


def _thing(row: dict[str, Any]) -> str:
    return row.get("field") or row["label"]
