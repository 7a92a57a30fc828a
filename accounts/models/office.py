"""Offices: the ministry and the dinas, their names and heads over time."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Affair, OfficeLevel
from batik_registry.fields import DigitString, Phone
from batik_registry.lists import ListField
from batik_registry.models import Record, RegionalQuerySet, RegionalRecord, Sensitivity
from batik_registry.validators import validate_nip


class OfficeQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """An office's name and contact are public: every signed-in user sees all offices."""
        return self

    def editable_by(self, user: Any) -> Self:
        return super().visible_to(user)


class Office(RegionalRecord):
    """A government office that answers for centres: the ministry, a dinas of a province, of a regency or of a city.

    Its region is its reach: the ministry has none and reaches everywhere.
    """

    name = models.CharField(_("nama resmi"), max_length=200)
    abbreviation = models.CharField(_("singkatan"), max_length=60, blank=True)
    level = models.CharField(_("tingkat"), max_length=8, choices=OfficeLevel.choices)
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,  # a region with an office is never dropped
        null=True,
        blank=True,
        related_name="offices",
        help_text=_("Kosong hanya untuk kantor pusat"),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("bagian dari"),
        on_delete=models.PROTECT,  # a directorate cannot outlive its ministry unnoticed
        null=True,
        blank=True,
        related_name="units",
    )
    affairs = ListField(
        models.CharField(max_length=12, choices=Affair.choices), verbose_name=_("urusan"), default=list, blank=True
    )
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    phone = Phone(_("telepon"), blank=True)
    email = models.EmailField(_("surel"), blank=True, help_text=_("Utamakan alamat go.id"))
    verified_by_province = models.BooleanField(
        _("usulannya diverifikasi provinsi"),
        default=False,
        help_text=_("Hanya untuk kabupaten/kota: provinsi memeriksa usulan sebelum Kementerian"),
    )
    is_active = models.BooleanField(_("aktif"), default=True)

    objects = OfficeQuerySet.as_manager()

    is_open_to_all = True

    class Meta(RegionalRecord.Meta):
        verbose_name = _("kantor/dinas")
        verbose_name_plural = _("kantor dan dinas")
        ordering = ["region_code", "name"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.CheckConstraint(
                name="accounts_office_region_by_level",
                condition=Q(level=OfficeLevel.MINISTRY, region__isnull=True)
                | (~Q(level=OfficeLevel.MINISTRY) & Q(region__isnull=False)),
                violation_error_message=_("Dinas daerah harus memilih wilayah; kantor pusat tidak memakai wilayah"),
                violation_error_code="region",
            ),
            models.UniqueConstraint(
                fields=["name", "region"],
                name="accounts_office_name_in_region",
                nulls_distinct=False,
                violation_error_message=_("Kantor dengan nama dan wilayah ini sudah terdaftar"),
                violation_error_code="name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        expected = {OfficeLevel.PROVINCE.value: 2, OfficeLevel.REGENCY.value: 5}.get(self.level)
        if expected and self.region_id and len(self.region_id) != expected:
            raise ValidationError({"region": _("Wilayah harus setingkat dengan tingkat kantor")}, code="region")
        if self.parent_id and self.parent_id == self.pk:
            raise ValidationError(
                {"parent": _("Kantor tidak dapat menjadi bagian dari dirinya sendiri")}, code="parent"
            )

    @property
    def reach(self) -> str | None:
        """The region code that this office's rows begin with; None, which is nowhere, where a dinas has no region."""
        return "" if self.level == OfficeLevel.MINISTRY else self.region_id

    @property
    def place(self) -> str:
        """The name of the office's region; "" for the ministry, whose region is the whole country."""
        return self.region.title if self.region_id else ""

    @property
    def short_name(self) -> str:
        return self.abbreviation or self.name

    @property
    def head(self) -> "OfficeHead | None":
        """Who heads the office today, as far as known. One query."""
        return self.heads.filter(until__isnull=True).first()


class OfficeName(Record):
    """A name that an office had before: old reports keep the name of their time."""

    office = models.ForeignKey(Office, verbose_name=_("kantor"), on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("nama"), max_length=200)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("nama terdahulu")
        verbose_name_plural = _("riwayat nama")
        ordering = [models.F("valid_to").desc(nulls_last=True)]
        constraints = [
            models.CheckConstraint(
                name="accounts_officename_dates",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("Tanggal akhir tidak boleh sebelum tanggal mulai"),
                violation_error_code="valid_to",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OfficeHead(Record):
    """Who heads an office, and when; nobody's name is ever written into a rule."""

    office = models.ForeignKey(Office, verbose_name=_("kantor"), on_delete=models.CASCADE, related_name="heads")
    name = models.CharField(_("nama"), max_length=150)
    title = models.CharField(_("jabatan"), max_length=200, blank=True)
    nip = DigitString(_("NIP"), blank=True, validators=[validate_nip])
    since = models.DateField(_("sejak"), null=True, blank=True)
    until = models.DateField(_("sampai"), null=True, blank=True)
    as_of = models.DateField(_("keadaan per"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300, blank=True)

    sensitivity = {"nip": Sensitivity.PERSONAL}

    class Meta(Record.Meta):
        verbose_name = _("kepala kantor")
        verbose_name_plural = _("kepala kantor")
        ordering = [models.F("since").desc(nulls_last=True), "-as_of"]
        constraints = [
            models.CheckConstraint(
                name="accounts_officehead_dates",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                violation_error_message=_("Tanggal akhir tidak boleh sebelum tanggal mulai"),
                violation_error_code="until",
            )
        ]

    def __str__(self) -> str:
        return self.name
