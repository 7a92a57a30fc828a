"""Sample members of the demo, made from word lists and a fixed seed; every row says that it is a sample.

No source names the real members of a centre, so none are made up for them: what is generated here is marked
`is_sample`, carries "(contoh)" in its name, numbers that no office hands out (NIK and NIB beginning with 99) and phone
numbers of a range without subscribers.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from batik_registry.models import VerificationStatus
from centres import choices, sample_years
from centres.choices import DyeType, MemberStatus, ProductGroup, Technique
from centres.loaders import Loaded
from centres.models import Centre, Member, Membership, Partnership
from centres.records import FOLDER, Row
from changes.choices import Door
from changes.context import changing
from regions.models import Region

SEED = "batik-contoh-1"
ACTOR = "Pemuatan data contoh"
SAID_BY = "Data contoh untuk demo, bukan data nyata"
MARK = {"is_sample": True, "source": SAID_BY}

NAMES: dict[str, list[str]] = tomllib.loads((FOLDER / "sample_names.toml").read_text(encoding="utf-8"))

MIXES: list[dict[str, int]] = [
    {Technique.TULIS: 100},
    {Technique.CAP: 100},
    {Technique.TULIS: 60, Technique.CAP: 40},
    {Technique.KOMBINASI: 100},
    {Technique.TULIS: 30, Technique.CAP: 50, Technique.KOMBINASI: 20},
    {Technique.CAP: 70, Technique.PRINTING: 30},
    {Technique.TULIS: 80, Technique.ECOPRINT: 20},
    {Technique.CAP: 40, Technique.COLD_WAX: 60},
    {Technique.PRINTING: 100},
]
REASONS = {
    MemberStatus.PAUSED: "Contoh: berhenti sementara karena pesanan sepi",
    MemberStatus.CLOSED: "Contoh: usaha ditutup pemiliknya",
}


@dataclass(frozen=True)
class Area:
    """So many sample members in a district or city, members of the batik centre of its regency."""

    regency: str
    within: str
    members: int


AREAS = [Area("33.14", "33.14.03", 40), Area("33.14", "33.14.02", 20), Area("35.76", "35.76", 30)]


def load_sample(*, today: date | None = None) -> Loaded:
    """Add the sample rows that are missing. Raises `ImproperlyConfigured` outside the demo, or without the centres."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Data contoh hanya boleh dimuat di demo (manage.py demo).")
    rows = sample_rows(today or timezone.localdate())
    outcome = Loaded()
    with transaction.atomic(), changing(name=ACTOR, door=Door.COMMAND, reason=SAID_BY):
        for model in dict.fromkeys(row.model for row in rows):  # members come first, then what belongs to them
            add_missing(model, [row for row in rows if row.model is model], outcome)
    return outcome


def add_missing(model: type[Any], rows: list[Row], outcome: Loaded) -> None:
    """In one statement. The fields are judged here, the constraints by the database alone: judged twice, one by one,
    they would keep whoever starts the demo waiting for half a minute.
    """
    known = set(model.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", flat=True))
    records = [sample_record(row) for row in rows if row.id not in known]
    relations = {field.name for field in model._meta.concrete_fields if field.is_relation}
    for record in records:
        record.clean_fields(exclude=relations)
    model.objects.bulk_create(records)
    outcome.added += len(records)
    outcome.known += len(known)


def sample_record(row: Row) -> Any:
    """The row as a record that is not written yet."""
    owner = {f"{row.owner_field}_id": row.owner_id} if row.owner else {}
    return row.model(id=row.id, **row.values, **owner)


def sample_rows(today: date) -> list[Row]:
    rows: list[Row] = []
    first = 1
    for area in AREAS:
        rows += _area(area, first, today)
        first += area.members
    for regency in dict.fromkeys(area.regency for area in AREAS):
        rows += _centre(_centre_of(regency), today)
    return rows


def random_for(key: str) -> Random:
    """The same dice for the same row, whatever other rows are made."""
    return Random(f"{SEED}/{key}")  # noqa: S311 - samples, no secrets


def _centre_of(regency: str) -> Centre:
    centre = Centre.objects.real().batik().filter(regency_id=regency).order_by("code").first()
    if centre is None:
        raise ImproperlyConfigured("Sentra belum dimuat. Jalankan dahulu: manage.py load_records")
    return centre


def _area(area: Area, first: int, today: date) -> Iterator[Row]:
    centre = _centre_of(area.regency)
    villages = [code for code in Region.objects.within(area.within).values_list("code", flat=True) if len(code) == 13]
    for number in range(first, first + area.members):
        key = f"sample/member/{number}"
        values = _member(number, area, villages or [area.within], today)
        yield Row(Member, key, values, SAID_BY)
        starts_on = date(max(values["started_year"], 2015), 1, 1)
        membership = MARK | {"centre": centre, "starts_on": starts_on, "is_primary": True}
        yield Row(Membership, f"{key}/membership", membership, SAID_BY, owner=key, owner_field="member")
        yield from sample_years.of_member(key, values, random_for(f"{key}/years"), today, MARK)


def _member(number: int, area: Area, villages: list[str], today: date) -> dict[str, Any]:
    dice = random_for(f"member/{number}")
    flowers, qualities = NAMES["flowers"], NAMES["qualities"]
    name = f"Batik {flowers[number % len(flowers)]} {qualities[number // len(flowers) % len(qualities)]} (contoh)"
    return (
        MARK
        | {"business_name": name, "regency_id": area.regency, "region_id": dice.choice(villages)}
        | {"address": "Alamat contoh", "as_of": today - timedelta(days=dice.randrange(480))}
        | {"verification_status": dice.choice([VerificationStatus.VALIDATED] * 4 + [VerificationStatus.DRAFT])}
        | _owner(number, dice)
        | _papers(number, dice, today)
        | _work(dice)
        | _history(dice, today)
    )


def _owner(number: int, dice: Random) -> dict[str, Any]:
    sex = dice.choice([choices.Sex.FEMALE, choices.Sex.FEMALE, choices.Sex.MALE])
    first = dice.choice(NAMES["women" if sex == choices.Sex.FEMALE else "men"])
    return {
        "owner_name": f"{first} {dice.choice(NAMES['family'])} (contoh)",
        "owner_sex": sex,
        "owner_birth_year": dice.randint(1958, 2000),
        "owner_nik": f"99{number:014d}",
        "phone": f"+6280000{number:06d}",
    }


def _papers(number: int, dice: Random, today: date) -> dict[str, Any]:
    """Seven in ten have a NIB; three in ten agree to a public profile."""
    values: dict[str, Any] = {
        "no_nib_reason": dice.choice([choices.NoNibReason.NOT_YET, choices.NoNibReason.IN_PROCESS])
    }
    if dice.random() < 0.7:
        values = {"nib": f"99{number:011d}", "no_nib_reason": ""}
    if dice.random() < 0.3:
        agreed_at = datetime(today.year - 1, dice.randint(1, 12), 15, 3, tzinfo=UTC)
        values |= {"consent_version": "contoh", "consent_at": agreed_at, "public_profile": True}
    return values


def _work(dice: Random) -> dict[str, Any]:
    mix = dice.choice(MIXES)
    dye = DyeType.SYNTHETIC if mix == {Technique.PRINTING: 100} else dice.choice(DyeType.values)
    natural = {str(DyeType.NATURAL): 100, str(DyeType.SYNTHETIC): 0}.get(dye, dice.randrange(10, 70, 5))
    more = [group for group in ProductGroup.values if group != ProductGroup.FABRIC and dice.random() < 0.25]
    return {
        "techniques": dict(mix),
        "dye_type": dye,
        "natural_dye_pct": natural,
        "waste_handling": dice.choice(choices.WasteHandling.values),
        "product_groups": [ProductGroup.FABRIC, *more],
        "buyer_segments": sorted(dice.sample(choices.BuyerSegment.values, 3)),
        "has_workshop": dice.random() < 0.8,
        "capital_idr": dice.choice([15, 25, 40, 60, 90, 150, 240, 400, 750, 1_800]) * 1_000_000,
    }


def _history(dice: Random, today: date) -> dict[str, Any]:
    started = dice.randint(1988, today.year - 1)
    is_new = started >= today.year - 2
    status = dice.choice([MemberStatus.ACTIVE] * 14 + [MemberStatus.PAUSED, MemberStatus.CLOSED])
    return {
        "started_year": started,
        "is_new_entrepreneur": is_new,
        "wub_programme": "Program wirausaha baru (contoh)" if is_new else "",
        "status": status,
        "status_reason": REASONS.get(status, ""),
    }


def _centre(centre: Centre, today: date) -> Iterator[Row]:
    members = sum(area.members for area in AREAS if area.regency == centre.regency_id)
    yield from sample_years.of_centre(centre, members, random_for, today, MARK)
    partner = {"partner": "Koperasi Mitra Wastra (contoh)", "kind": choices.PartnershipType.MARKETING}
    values = MARK | partner | {"centre": centre, "starts_on": date(today.year - 1, 1, 1)}
    yield Row(Partnership, f"sample/partnership/{centre.code}", values, SAID_BY)
