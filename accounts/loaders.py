"""Brings the known offices into the registry; running it again changes nothing that is already there."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Office, OfficeHead

OFFICES = Path(__file__).parent / "data" / "offices.toml"


@dataclass(frozen=True)
class Loaded:
    offices: int = 0
    heads: int = 0


@transaction.atomic
def load_offices(path: Path = OFFICES) -> Loaded:
    """Add the offices and heads of the file that are missing. What staff have edited since is left alone."""
    offices = heads = 0
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["office"]:
        known_heads = row.pop("head", [])
        office, is_new = _office(row)
        offices += is_new
        heads += sum(_head(office, head) for head in known_heads)
    return Loaded(offices, heads)


def _office(row: dict[str, Any]) -> tuple[Office, bool]:
    region, parent = row.pop("region", None), row.pop("parent", None)
    key = {"name": row.pop("name"), "region_id": region}
    found = Office.objects.filter(**key).first()
    if found:
        return found, False
    if parent:
        row["parent"] = Office.objects.get(name=parent, region_id=None)
    return Office.objects.create(**key, **row), True


def _head(office: Office, row: dict[str, Any]) -> bool:
    if office.heads.filter(name=row["name"]).exists():
        return False
    OfficeHead.objects.create(office=office, **row)
    return True
