"""Where things are: Indonesia's provinces, regencies and cities, districts and villages by Kemendagri code."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from batik_registry.lists import ListField
from batik_registry.measures import Coordinate
from batik_registry.models import Record, Versioned
from batik_registry.search import Squash
from batik_registry.validators import REGION_CODE, validate_latitude, validate_longitude, validate_region_code
from regions.choices import LEVEL_BELOW_LENGTH, Kind, Level, kind_expression, level_expression
from regions.search import code_in, ranked


def search_key() -> Squash:
    """The squashed name without "Kabupaten" and "Kota": people search for Mojokerto."""
    said = Value("^(Kabupaten|Kota)( Administrasi)? (?=.)")
    return Squash(Func(F("name"), said, Value(""), function="regexp_replace", output_field=models.TextField()))


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, user: Any) -> Self:
        """Everybody knows where places are."""
        return self

    def provinces(self) -> Self:
        return self.filter(level=Level.PROVINCE)

    def regencies(self) -> Self:
        """Kabupaten and kota."""
        return self.filter(level=Level.REGENCY)

    def within(self, code: str) -> Self:
        """The region itself and everything below it; all of Indonesia when the code is empty."""
        return self.filter(code__startswith=code) if code else self

    def children_of(self, code: str) -> Self:
        """The regions one level below; the provinces when the code is empty."""
        below = LEVEL_BELOW_LENGTH.get(len(code))
        return self.filter(code__startswith=f"{code}." if code else "", level=below) if below else self.none()

    def current(self, on: date | None = None) -> Self:
        """Regions whose code is valid today, or on the given day."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))

    def search(self, text: str) -> Self:
        """Regions that the text may mean, best first: by code, name, another name, beginning, similar spelling."""
        if code := code_in(text):
            return self.filter(code__startswith=code).order_by(Length("code"), "code")
        return ranked(self, text)


class Region(Versioned):
    """A province, regency or city, district, or village of Indonesia.

    The Kemendagri code is the key, and its beginning is the code of the region above. Regions are loaded from the data
    file by `load_regions`; a code that a later decree drops is kept with its last day, for old reports point to it.
    """

    code = models.CharField(
        _("kode wilayah"),
        max_length=13,
        primary_key=True,
        db_collation="C",  # codes sort and compare by their characters on every server
        validators=[validate_region_code],
        help_text=_("Kode Kemendagri dengan titik, misalnya 35, 35.76, 35.76.02 atau 35.76.02.1001"),
    )
    level = models.GeneratedField(
        verbose_name=_("tingkat"),
        expression=level_expression(),
        output_field=models.CharField(max_length=9),
        choices=Level.choices,
        db_persist=True,
    )
    kind = models.GeneratedField(
        verbose_name=_("jenis"),
        expression=kind_expression(),
        output_field=models.CharField(max_length=9),
        choices=Kind.choices,
        db_persist=True,
    )

    name = models.CharField(
        _("nama"), max_length=120, help_text=_("Nama resmi; kabupaten dan kota disebut dengan jenisnya")
    )
    path = models.CharField(
        _("wilayah di atasnya"),
        max_length=250,
        blank=True,
        editable=False,
        help_text=_("Sisa alamat, misalnya Magersari, Kota Mojokerto, Jawa Timur"),
    )
    squashed = models.GeneratedField(
        verbose_name=_("nama untuk pencarian"),
        expression=search_key(),
        output_field=models.TextField(),
        db_persist=True,
    )
    bps_code = models.CharField(
        _("kode BPS"),
        max_length=10,
        blank=True,
        help_text=_("Hanya untuk menjembatani data BPS; tidak selalu sama dengan kode Kemendagri"),
    )

    decree = models.CharField(
        _("dasar hukum"), max_length=120, blank=True, help_text=_("Keputusan yang memuat kode ini seperti tercatat")
    )
    valid_from = models.DateField(
        _("berlaku sejak"), null=True, blank=True, help_text=_("Kosong bila awal berlakunya tidak diketahui")
    )
    valid_to = models.DateField(
        _("berlaku sampai"),
        null=True,
        blank=True,
        help_text=_("Hari terakhir berlaku; kosong bila masih berlaku"),
    )
    successor_codes = ListField(
        models.CharField(max_length=13, validators=[validate_region_code]),
        verbose_name=_("kode pengganti"),
        default=list,
        blank=True,
        help_text=_("Kode wilayah yang meneruskan wilayah ini, satu per baris"),
    )

    latitude = Coordinate(_("lintang"), null=True, blank=True, validators=[validate_latitude])
    longitude = Coordinate(_("bujur"), null=True, blank=True, validators=[validate_longitude])
    point_source = models.CharField(
        _("sumber titik"),
        max_length=120,
        blank=True,
        help_text=_("Asal titik koordinat; titik dari sumber lain tidak ditimpa saat data wilayah dimuat ulang"),
    )

    objects = RegionQuerySet.as_manager()

    is_open_to_all = True

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["level", "code"], name="regions_region_level"),
            GinIndex(fields=["squashed"], name="regions_region_squashed", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="regions_region_code_form",
                condition=Q(code__regex=REGION_CODE.pattern),
                violation_error_message=_("Kode wilayah ditulis seperti 35, 35.76, 35.76.02 atau 35.76.02.1001"),
                violation_error_code="code",
            ),
            models.CheckConstraint(
                name="regions_region_point_pair",
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Lintang dan bujur harus diisi bersama"),
                violation_error_code="longitude",
            ),
            models.CheckConstraint(
                name="regions_region_point_in_indonesia",
                condition=Q(latitude=None) | Q(latitude__range=(-11.5, 6.5), longitude__range=(94.5, 141.5)),
                violation_error_message=_(
                    "Titik harus di Indonesia: lintang -11,5 sampai 6,5 dan bujur 94,5 sampai 141,5"
                ),
                violation_error_code="latitude",
            ),
            models.CheckConstraint(
                name="regions_region_validity",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Hari terakhir berlaku tidak boleh sebelum hari pertama"),
                violation_error_code="valid_to",
            ),
        ]

    def __str__(self) -> str:
        """Address and code, since names repeat: Kota Mojokerto, Jawa Timur (35.76). Pickers show this."""
        return f"{self.full_name} ({self.code})"

    def clean(self) -> None:
        unknown = set(self.successor_codes or ()) - set(
            Region.objects.filter(code__in=self.successor_codes or ()).values_list("code", flat=True)
        )
        if unknown:
            raise ValidationError(
                {"successor_codes": _("Kode %(codes)s tidak ada") % {"codes": ", ".join(sorted(unknown))}}
            )

    @property
    def title(self) -> str:
        """The name with its kind: Kota Mojokerto, Kelurahan Gununggedangan, Provinsi Jawa Timur."""
        kind = Kind.of(self.code)
        named_by_kind = kind in (Kind.REGENCY, Kind.CITY)
        return self.name if named_by_kind else f"{_capitalised(kind.label)} {self.name}"

    @property
    def full_name(self) -> str:
        """The title with the rest of the address."""
        return f"{self.title}, {self.path}" if self.path else self.title

    @property
    def parent_code(self) -> str:
        """The code one level up, empty for a province."""
        return self.code.rpartition(".")[0]

    @property
    def ancestor_codes(self) -> list[str]:
        """Codes of the regions above, the province first."""
        parts = self.code.split(".")
        return [".".join(parts[:count]) for count in range(1, len(parts))]

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_to is None or self.valid_to >= today
        )

    def ancestors(self) -> RegionQuerySet:
        """The regions above, the province first: one query."""
        return Region.objects.filter(code__in=self.ancestor_codes).order_by("code")


def _capitalised(label: str | Promise) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


class RegionAlias(Record):
    """Another name that people use for a region, such as Kota Onde-onde for Kota Mojokerto."""

    region = models.ForeignKey(
        Region,
        verbose_name=_("wilayah"),
        on_delete=models.CASCADE,  # a name means nothing without what it names
        related_name="aliases",
    )
    name = models.CharField(_("nama lain"), max_length=120)
    squashed = models.GeneratedField(
        verbose_name=_("nama untuk pencarian"),
        expression=search_key(),
        output_field=models.TextField(),
        db_persist=True,
    )
    source = models.CharField(_("sumber"), max_length=300, help_text=_("Dari mana nama ini diketahui"))

    class Meta:
        verbose_name = _("nama lain wilayah")
        verbose_name_plural = _("nama lain wilayah")
        ordering = ["region", "name"]
        constraints = [
            models.UniqueConstraint(
                "region",
                Squash("name"),
                name="regions_regionalias_unique",
                violation_error_message=_("Nama lain ini sudah tercatat untuk wilayah tersebut"),
                violation_error_code="name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RegionEdition(Record):
    """One load of the region data: which data set, by which decree, under which licence, and what it changed."""

    source = models.CharField(_("sumber"), max_length=300)
    package = models.CharField(_("paket data"), max_length=120)
    licence = models.CharField(_("lisensi"), max_length=300)
    decree = models.CharField(_("dasar hukum"), max_length=120)
    decree_date = models.DateField(_("tanggal dasar hukum"))
    note = models.TextField(_("catatan"), blank=True)
    sha256 = models.CharField(_("sidik data (SHA-256)"), max_length=64)
    provinces = models.PositiveIntegerField(_("provinsi"))
    regencies = models.PositiveIntegerField(_("kabupaten/kota"))
    districts = models.PositiveIntegerField(_("kecamatan"))
    villages = models.PositiveIntegerField(_("desa/kelurahan"))
    added = models.PositiveIntegerField(_("kode ditambahkan"))
    changed = models.PositiveIntegerField(_("kode diubah"))
    vanished = models.PositiveIntegerField(_("kode berakhir"))

    class Meta:
        verbose_name = _("edisi data wilayah")
        verbose_name_plural = _("edisi data wilayah")
        ordering = ["-created_at"]
        get_latest_by = "created_at"

    def __str__(self) -> str:
        return f"{self.decree} ({self.package})"
