"""Where a centre or a member is: a regency, as exact a region as is known, an address and a point."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batik_registry.measures import Coordinate
from batik_registry.models import RegionalRecord
from batik_registry.validators import validate_latitude, validate_longitude
from centres.choices import RuleCode
from centres.models.rule import Rule

EARTH_RADIUS_KM = 6371.0
PLACE_FIELDS = ["regency", "region", "address", "latitude", "longitude"]


def kilometres(a: tuple[Any, Any], b: tuple[Any, Any]) -> float:
    """The distance between two points given as (latitude, longitude) in degrees."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(float(x)), radians(float(y))) for x, y in (a, b))
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


class Point(models.Model):
    """A point on the map, whole or not at all. `point_near` names the region that it must lie in or near."""

    latitude = Coordinate(
        _("lintang"), null=True, blank=True, validators=[validate_latitude], help_text=_("Misalnya -7,471234 (WGS84)")
    )
    longitude = Coordinate(
        _("bujur"), null=True, blank=True, validators=[validate_longitude], help_text=_("Misalnya 112,449876 (WGS84)")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_point_pair",
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Lintang dan bujur harus diisi bersama"),
                violation_error_code="longitude",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_point_in_indonesia",
                condition=Q(latitude=None) | Q(latitude__range=(-11.5, 6.5), longitude__range=(94.5, 141.5)),
                violation_error_message=_("Titik harus berada di Indonesia: lintang -11,5–6,5, bujur 94,5–141,5"),
                violation_error_code="latitude",
            ),
        ]

    def point_near(self) -> Any:
        """The region whose middle the point must not be far from, or None."""
        return None

    def clean(self) -> None:
        super().clean()
        region = self.point_near() if self._is_in_indonesia() else None
        if region is None or region.latitude is None or region.longitude is None:
            return
        distance = kilometres((self.latitude, self.longitude), (region.latitude, region.longitude))
        limit = Rule.objects.number(RuleCode.CENTROID_KM)
        if limit is not None and distance > limit:
            told = {"distance": round(distance), "region": region.title}
            raise ValidationError(
                {"latitude": _("Titik ini %(distance)s km dari tengah %(region)s; periksa lintang dan bujurnya") % told}
            )

    def _is_in_indonesia(self) -> bool:
        """Whether there is a point to judge; what is not even that is refused by the fields themselves."""
        if not isinstance(self.latitude, Decimal) or not isinstance(self.longitude, Decimal):
            return False
        return -11.5 <= self.latitude <= 6.5 and 94.5 <= self.longitude <= 141.5


class PlacedRecord(RegionalRecord, Point):
    """A record of a regency or city. `region` is as exact as is known, at least the regency itself."""

    regency = models.ForeignKey(
        "regions.Region",
        verbose_name=_("kabupaten/kota"),
        on_delete=models.PROTECT,  # regions are never dropped: old reports keep them
        related_name="+",
        error_messages={"required": _("Pilih kabupaten atau kota")},
        help_text=_("Kode lima angka, misalnya 35.76 untuk Kota Mojokerto"),
    )
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("desa/kelurahan"),
        on_delete=models.PROTECT,  # regions are never dropped: old reports keep them
        related_name="+",
        blank=True,
        help_text=_("Desa atau kelurahan; kecamatan bila desanya belum diketahui"),
    )
    address = models.CharField(_("alamat"), max_length=300, blank=True, help_text=_("Jalan dan nomor, RT/RW"))

    class Meta(RegionalRecord.Meta):
        abstract = True
        constraints = [*RegionalRecord.Meta.constraints, *Point.Meta.constraints]

    def point_near(self) -> Any:
        return self.regency if self.regency_id else None

    def clean_fields(self, exclude: Any = None) -> None:
        # Nothing more exact is known, or only an old regency: the regency stands for the place.
        if self.regency_id and len(self.region_id or "") <= 5:
            self.region_id = self.regency_id
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        if self.regency_id and len(self.regency_id) != 5:
            raise ValidationError({"regency": _("Pilih kabupaten atau kota, bukan provinsi, kecamatan, atau desa")})
        if self.regency_id and self.region_id and not self.region_id.startswith(self.regency_id):
            raise ValidationError(
                {
                    "region": _("Desa/kelurahan ini tidak berada di %s; pilih desa lain atau ubah kabupatennya")
                    % self.regency.title
                }
            )
        super().clean()
