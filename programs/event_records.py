"""Reads the data files of events: organisations, venues, and the events that public sources tell of."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accounts.models import Office
from centres.records import FOLDER as CENTRES
from centres.records import Row, facts_of, parsed, sourced
from programs.models import Event, EventFunding, Organisation, Venue

FOLDER = Path(__file__).parent / "data"
#: The fields in which an event points to other rows, and how the keys of those begin.
POINTS_TO = {
    "initiator": "organisation",
    "organiser": "organisation",
    "facilitator": "organisation",
    "venue": "venue",
    "centre": "centre",
}


def read_event_records(folder: Path = FOLDER) -> list[Row]:
    """All rows, organisations and venues first. The centres must be loaded together with them: events point there."""
    sources = parsed(CENTRES / "sources.toml")
    named = parsed(folder / "organisations.toml")
    return [
        *(_organisation(row, sources) for row in named["organisation"]),
        *(_venue(row, sources) for row in named["venue"]),
        *(row for event in parsed(folder / "events.toml")["event"] for row in _event(event, sources)),
    ]


def _organisation(row: dict[str, Any], sources: dict[str, Any]) -> Row:
    values = {"region_id": None} | sourced(row, sources)
    if office := values.pop("office", ""):
        values["office"] = Office.objects.filter(name=office, region_id=values["region_id"]).first()
    key = f"organisation/{values.pop('key')}"
    return Row(Organisation, key, values, values["source"], ("name", "region_id"))


def _venue(row: dict[str, Any], sources: dict[str, Any]) -> Row:
    values = sourced(row, sources)
    return Row(Venue, f"venue/{values.pop('key')}", values, values["source"], ("name", "region_id"))


def _event(row: dict[str, Any], sources: dict[str, Any]) -> Iterator[Row]:
    facts, funding = row.pop("fact", []), row.pop("funding", [])
    pointed = {field: f"{kind}/{row.pop(field)}" for field, kind in POINTS_TO.items() if field in row}
    values = {"description": ""} | sourced(row, sources)
    values["description"] = values["description"].strip()
    key = f"event/{values.pop('key')}"
    yield Row(Event, key, values, values["source"], ("name", "starts_on", "region_id"), points_to=pointed)
    yield from facts_of(facts, key, sources)
    for money in funding:
        yield _funding(money, key, sources)


def _funding(row: dict[str, Any], event: str, sources: dict[str, Any]) -> Row:
    pointed = {"allocation": f"allocation/{row.pop('allocation')}"} if "allocation" in row else {}
    values = sourced(row, sources)
    key = f"{event}/funding/{values['source_of_funds']}"
    return Row(EventFunding, key, values, values["source"], ("event", "source_of_funds"), event, "event", pointed)
