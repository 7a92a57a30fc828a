"""Levels and kinds of regions. Both are written in the Kemendagri code itself, so nothing else decides them."""

from typing import Self

from django.db import models
from django.db.models import Case, Value, When
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact, LessThan
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "PROVINSI", _("provinsi")
    REGENCY = "KAB_KOTA", _("kabupaten/kota")
    DISTRICT = "KECAMATAN", _("kecamatan")
    VILLAGE = "DESA_KEL", _("desa/kelurahan")

    @classmethod
    def of(cls, code: str) -> Self:
        return cls(LEVEL_BY_LENGTH[len(code)])


class Kind(models.TextChoices):
    PROVINCE = "PROVINSI", _("provinsi")
    REGENCY = "KABUPATEN", _("kabupaten")
    CITY = "KOTA", _("kota")
    DISTRICT = "KECAMATAN", _("kecamatan")
    URBAN_VILLAGE = "KELURAHAN", _("kelurahan")
    VILLAGE = "DESA", _("desa")
    CUSTOMARY_VILLAGE = "DESA_ADAT", _("desa adat")

    @classmethod
    def of(cls, code: str) -> Self:
        """What the code says: kabupaten count from 01 and kota from 71, kelurahan from 1001 and desa from 2001."""
        match len(code):
            case 5:
                return cls(Kind.REGENCY if code[3] < "7" else Kind.CITY)
            case 13:
                return cls({"1": Kind.URBAN_VILLAGE, "3": Kind.CUSTOMARY_VILLAGE}.get(code[9], Kind.VILLAGE))
        return cls(Kind.PROVINCE if len(code) == 2 else Kind.DISTRICT)


VILLAGE_KINDS = (Kind.URBAN_VILLAGE, Kind.VILLAGE, Kind.CUSTOMARY_VILLAGE)

LEVEL_BY_LENGTH = {2: Level.PROVINCE, 5: Level.REGENCY, 8: Level.DISTRICT, 13: Level.VILLAGE}
LEVEL_BELOW_LENGTH = {0: Level.PROVINCE, 2: Level.REGENCY, 5: Level.DISTRICT, 8: Level.VILLAGE}


# The same two rules for the database's generated columns.


def level_expression() -> Case:
    return Case(*[When(_length_is(length), then=_text(level)) for length, level in LEVEL_BY_LENGTH.items()])


def kind_expression() -> Case:
    return Case(
        When(_length_is(2), then=_text(Kind.PROVINCE)),
        When(_length_is(5) & LessThan(Substr("code", 4, 1), "7"), then=_text(Kind.REGENCY)),
        When(_length_is(5), then=_text(Kind.CITY)),
        When(_length_is(8), then=_text(Kind.DISTRICT)),
        When(Exact(Substr("code", 10, 1), "1"), then=_text(Kind.URBAN_VILLAGE)),
        When(Exact(Substr("code", 10, 1), "3"), then=_text(Kind.CUSTOMARY_VILLAGE)),
        default=_text(Kind.VILLAGE),
    )


def _length_is(length: int) -> Exact:
    return Exact(Length("code"), length)


def _text(choice: models.TextChoices) -> Value:
    return Value(str(choice))
