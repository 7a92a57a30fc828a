"""The fields of a kind as the portal shows them: in groups a person thinks in, and only those the reader may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from batik_registry.permissions import may_read_field
from batik_registry.words import written
from submissions import kinds

#: What belongs together on a page, by kind; fields that stand in no group come last.
GROUPS: dict[str, list[tuple[Any, tuple[str, ...]]]] = {
    "centres.member": [
        (_("Identitas usaha"), ("business_name", "brand_name", "legal_form", "nib", "no_nib_reason", "kbli_codes")),
        (_("Pemilik dan kontak"), ("owner_name", "owner_sex", "owner_birth_year", "owner_nik", "phone", "email")),
        (_("Alamat"), ("regency", "region", "address", "latitude", "longitude")),
        (_("Produksi"), ("techniques", "dye_type", "natural_dye_pct", "waste_handling", "product_groups")),
        (_("Usaha dan modal"), ("started_year", "capital_idr", "investment_idr", "has_workshop")),
        (_("Status"), ("status", "status_on", "status_reason")),
    ],
    "centres.centre": [
        (_("Identitas sentra"), ("name", "aliases", "kinds", "commodity", "operational_status", "established_year")),
        (_("Alamat"), ("regency", "region", "address", "latitude", "longitude")),
        (_("Pengelola"), ("manager_type", "manager_name", "manager_phone", "member_count_declared", "profile")),
    ],
}


def grouped(label: str, names: list[str]) -> list[tuple[Any, list[str]]]:
    """The names in their groups; the last group, without a title, holds those that belong to none."""
    found = [(title, [name for name in group if name in names]) for title, group in GROUPS.get(label, [])]
    placed = {name for _title, group in found for name in group}
    rest = [name for name in names if name not in placed]
    return [(title, group) for title, group in [*found, ("", rest)] if group]


@dataclass(frozen=True)
class Fact:
    label: str
    words: str


def facts_of(record: Any, user: Any) -> list[tuple[Any, list[Fact]]]:
    """What the record says, group by group. What is empty is left out of the rest, and named in the groups."""
    kind = kinds.kind_of(record)
    names = [name for name in kind.field_names if may_read_field(user, kind.model, name)]
    found = []
    for title, group in grouped(kind.label, names):
        facts = [fact for fact in _facts(record, group) if title or fact.words]
        if facts:
            found.append((title, facts))
    return found


def _facts(record: Any, names: list[str]) -> Iterator[Fact]:
    for name in names:
        column = record._meta.get_field(name)
        label = str(column.verbose_name)
        yield Fact(label[:1].upper() + label[1:], words_of(record, column))


def words_of(record: Any, column: Any) -> str:
    """The value of one field in words; a reference by the name of what it points to."""
    if column.is_relation:
        return str(getattr(record, column.name) or "")
    return written(column, getattr(record, column.attname))
