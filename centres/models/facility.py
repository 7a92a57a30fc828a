"""What a centre has and offers: buildings and halls, machines, services with tariffs, procedures."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.measures import Measure
from batik_registry.models import RegionalRecord, Sensitivity
from centres.choices import Condition, FacilityType, FundingSource, IpalStatus, LandStatus, ProcedureKind
from centres.models.centre import Centre
from centres.models.place import Point


class OfCentre(RegionalRecord):
    """What belongs to one centre and is seen by whoever sees the centre."""

    centre = models.ForeignKey(
        Centre,
        verbose_name=_("sentra"),
        on_delete=models.PROTECT,  # a centre is archived, never deleted from under what it owns
        related_name="%(class)s_set",
        error_messages={"required": _("Pilih sentra")},
    )

    region_source = "centre"

    class Meta(RegionalRecord.Meta):
        abstract = True


class CentreFacility(OfCentre, Point):
    """A building or a hall of a centre, perhaps paid by DAK; it may stand away from where the members work."""

    name = models.CharField(_("nama fasilitas"), max_length=200, error_messages={"required": _("Isi nama fasilitas")})
    facility_type = models.CharField(_("jenis fasilitas"), max_length=16, choices=FacilityType.choices)
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("desa/kelurahan"),
        on_delete=models.PROTECT,  # regions are never dropped
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Bila berbeda dari lokasi sentra"),
    )
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    land_area_m2 = Measure(_("luas lahan (m²)"), null=True, blank=True)
    building_area_m2 = Measure(_("luas bangunan (m²)"), null=True, blank=True)
    floors = models.PositiveSmallIntegerField(_("jumlah lantai"), null=True, blank=True)
    land_status = models.CharField(
        _("status lahan"), max_length=15, choices=LandStatus.choices, default=LandStatus.UNKNOWN
    )
    land_certificate = models.CharField(_("nomor sertifikat lahan"), max_length=100, blank=True)
    condition = models.CharField(_("kondisi"), max_length=12, choices=Condition.choices, blank=True)
    ipal_status = models.CharField(_("status IPAL"), max_length=9, choices=IpalStatus.choices, blank=True)
    ipal_capacity_m3_day = Measure(_("kapasitas IPAL (m³ per hari)"), null=True, blank=True)
    ipal_tested_on = models.DateField(_("uji air limbah terakhir"), null=True, blank=True)
    asset_owner = models.CharField(_("pemilik aset"), max_length=200, blank=True)
    kib_number = models.CharField(_("nomor KIB"), max_length=100, blank=True)
    funding_source = models.CharField(_("sumber dana"), max_length=12, choices=FundingSource.choices, blank=True)
    funding_year = models.PositiveSmallIntegerField(_("tahun anggaran"), null=True, blank=True)

    sensitivity = dict.fromkeys(
        ["land_status", "land_certificate", "asset_owner", "kib_number"], Sensitivity.RESTRICTED
    )

    class Meta(OfCentre.Meta):
        verbose_name = _("fasilitas sentra")
        verbose_name_plural = _("fasilitas sentra")
        ordering = ["centre", "name", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            *Point.Meta.constraints,
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="centres_facility_name",
                violation_error_message=_("Fasilitas dengan nama ini sudah tercatat pada sentra tersebut"),
                violation_error_code="name",
            ),
            models.CheckConstraint(
                name="centres_facility_land_positive",
                condition=Q(land_area_m2=None) | Q(land_area_m2__gt=0),
                violation_error_message=_("Luas lahan harus lebih dari nol; kosongkan bila belum diketahui"),
                violation_error_code="land_area_m2",
            ),
            models.CheckConstraint(
                name="centres_facility_floors_positive",
                condition=Q(floors=None) | Q(floors__range=(1, 60)),
                violation_error_message=_("Jumlah lantai sedikitnya 1"),
                violation_error_code="floors",
            ),
            models.CheckConstraint(
                name="centres_facility_fits_land",
                condition=Q(land_area_m2=None)
                | Q(building_area_m2=None)
                | Q(floors=None)
                | Q(building_area_m2__lte=F("land_area_m2") * F("floors")),
                violation_error_message=_("Luas bangunan melebihi luas lahan dikali jumlah lantai"),
                violation_error_code="building_area_m2",
            ),
            models.CheckConstraint(
                name="centres_facility_funding_year",
                condition=Q(funding_year=None) | Q(funding_year__range=(1970, 2100)),
                violation_error_message=_("Tahun anggaran ditulis empat angka, misalnya 2023"),
                violation_error_code="funding_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def point_near(self) -> Any:
        return self.centre.regency if self.centre_id else None

    def clean(self) -> None:
        if self.centre_id and self.region_id and not self.region_id.startswith(self.centre.regency_id):
            raise ValidationError({"region": _("Desa/kelurahan ini tidak berada di kabupaten/kota sentra")})
        super().clean()


class Equipment(OfCentre):
    """Machines and tools of a centre, counted by kind; what stands idle needs a reason."""

    facility = models.ForeignKey(
        CentreFacility,
        verbose_name=_("fasilitas"),
        on_delete=models.PROTECT,  # machines do not vanish with the hall they stand in
        null=True,
        blank=True,
        related_name="equipment_set",
    )
    name = models.CharField(_("nama mesin atau peralatan"), max_length=200)
    quantity = models.PositiveIntegerField(_("jumlah"), default=1)
    unit = models.CharField(_("satuan"), max_length=30, default="unit")
    year = models.PositiveSmallIntegerField(_("tahun perolehan"), null=True, blank=True)
    value_idr = Rupiah(_("nilai perolehan (rupiah)"), null=True, blank=True)
    condition = models.CharField(_("kondisi"), max_length=12, choices=Condition.choices, blank=True)
    in_use = models.PositiveIntegerField(_("jumlah yang dipakai"), null=True, blank=True)
    unused_reason = models.CharField(_("alasan tidak dipakai"), max_length=300, blank=True)

    sensitivity = dict.fromkeys(
        ["quantity", "unit", "year", "value_idr", "condition", "in_use", "unused_reason"], Sensitivity.RESTRICTED
    )

    class Meta(OfCentre.Meta):
        verbose_name = _("mesin/peralatan")
        verbose_name_plural = _("mesin dan peralatan")
        ordering = ["centre", "name", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.CheckConstraint(
                name="centres_equipment_quantity",
                condition=Q(quantity__gte=1),
                violation_error_message=_("Jumlah sedikitnya 1"),
                violation_error_code="quantity",
            ),
            models.CheckConstraint(
                name="centres_equipment_in_use",
                condition=Q(in_use=None) | Q(in_use__lte=F("quantity")),
                violation_error_message=_("Jumlah yang dipakai tidak boleh melebihi jumlah yang ada"),
                violation_error_code="in_use",
            ),
            models.CheckConstraint(
                name="centres_equipment_unused_reason",
                condition=Q(in_use=None) | Q(in_use=F("quantity")) | ~Q(unused_reason=""),
                violation_error_message=_("Jelaskan mengapa sebagian peralatan tidak dipakai"),
                violation_error_code="unused_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.facility_id and self.centre_id and self.facility.centre_id != self.centre_id:
            raise ValidationError({"facility": _("Fasilitas ini milik sentra lain")})


class CentreService(OfCentre):
    """A service that a centre offers, its tariff, and how often it was used."""

    name = models.CharField(_("nama layanan"), max_length=200)
    tariff_idr = Rupiah(_("tarif (rupiah)"), null=True, blank=True, help_text=_("0 bila gratis, kosong bila belum ada"))
    tariff_unit = models.CharField(_("satuan tarif"), max_length=60, blank=True, help_text=_("Misalnya potong terjual"))
    legal_basis = models.CharField(_("dasar hukum tarif"), max_length=200, blank=True)
    starts_on = models.DateField(_("tersedia sejak"), null=True, blank=True)
    ends_on = models.DateField(_("tersedia sampai"), null=True, blank=True)
    uses_last_year = models.PositiveIntegerField(_("jumlah pemakaian tahun lalu"), null=True, blank=True)

    class Meta(OfCentre.Meta):
        verbose_name = _("layanan sentra")
        verbose_name_plural = _("layanan sentra")
        ordering = ["centre", "name", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="centres_service_name",
                violation_error_message=_("Layanan ini sudah tercatat pada sentra tersebut"),
                violation_error_code="name",
            ),
            models.CheckConstraint(
                name="centres_service_dates",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Tanggal akhir tidak boleh sebelum tanggal mulai"),
                violation_error_code="ends_on",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CentreProcedure(OfCentre):
    """A written way of working of a centre: its business process or one of its SOPs; the document is attached."""

    kind = models.CharField(_("jenis"), max_length=13, choices=ProcedureKind.choices, default=ProcedureKind.SOP)
    title = models.CharField(_("judul"), max_length=200)
    number = models.CharField(_("nomor dokumen"), max_length=100, blank=True)
    decided_on = models.DateField(_("ditetapkan pada"), null=True, blank=True)

    class Meta(OfCentre.Meta):
        verbose_name = _("prosedur sentra")
        verbose_name_plural = _("prosedur sentra")
        ordering = ["centre", "kind", "title", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["centre", "kind", "title"],
                name="centres_procedure_title",
                violation_error_message=_("Prosedur dengan judul ini sudah tercatat pada sentra tersebut"),
                violation_error_code="title",
            ),
        ]

    def __str__(self) -> str:
        return self.title
