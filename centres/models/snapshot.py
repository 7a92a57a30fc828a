"""How a member's business stood in a year."""

from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.lists import ListField
from batik_registry.measures import Measure
from batik_registry.models import RegionalQuerySet, RegionalRecord, Sensitivity
from batik_registry.validators import validate_percent
from centres.choices import CapacityUnit, CollectionMethod, ExportMode, Semester
from centres.models.member import Member, sees_published_only

validate_country = RegexValidator(
    r"^[A-Z]{2}$", _("Kode negara terdiri atas dua huruf besar (ISO 3166), misalnya JP"), code="country"
)


class OfMember(RegionalRecord):
    """What belongs to one member and is seen by whoever sees the member."""

    class Meta(RegionalRecord.Meta):
        abstract = True

    @classmethod
    def told_to(cls, user: Any) -> Q:
        """To whoever sees only members who agreed, nothing: the row does not say whether its member did."""
        return Q(pk__in=[]) if sees_published_only(user) else super().told_to(user)


class OfMemberQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the member sees what belongs to it; whole-country users need no look at the members."""
        if user.region_prefix == "" and user.assigned_ids is None and not sees_published_only(user):
            return self
        return self.filter(member__in=Member.objects.visible_to(user).order_by().values("pk"))

    def editable_by(self, user: Any) -> Self:
        prefix = user.region_prefix
        return self.visible_to(user).filter(region_code__startswith=prefix) if prefix else self.visible_to(user)


class MemberSnapshot(OfMember):
    """Workers, production and money of a member in one year or half-year. Empty means unknown, never zero."""

    member = models.ForeignKey(
        Member,
        verbose_name=_("IKM"),
        on_delete=models.PROTECT,  # a member is closed or merged, never deleted
        related_name="snapshots",
        error_messages={"required": _("Pilih IKM")},
    )
    year = models.PositiveSmallIntegerField(_("tahun"))
    semester = models.PositiveSmallIntegerField(_("semester"), choices=Semester.choices, default=Semester.WHOLE_YEAR)
    workers_male = models.PositiveIntegerField(_("tenaga kerja laki-laki"), null=True, blank=True)
    workers_female = models.PositiveIntegerField(_("tenaga kerja perempuan"), null=True, blank=True)
    piecework_male = models.PositiveIntegerField(_("pekerja borongan laki-laki"), null=True, blank=True)
    piecework_female = models.PositiveIntegerField(_("pekerja borongan perempuan"), null=True, blank=True)

    capacity_installed = Measure(_("kapasitas terpasang"), null=True, blank=True)
    capacity_unit = models.CharField(
        _("satuan kapasitas dan produksi"), max_length=6, choices=CapacityUnit.choices, blank=True
    )
    production_quantity = Measure(_("jumlah produksi"), null=True, blank=True)
    production_value_idr = Rupiah(_("nilai produksi (rupiah)"), null=True, blank=True)
    revenue_idr = Rupiah(_("omzet (rupiah)"), null=True, blank=True)
    domestic_idr = Rupiah(_("omzet dalam negeri (rupiah)"), null=True, blank=True)
    export_idr = Rupiah(_("omzet ekspor (rupiah)"), null=True, blank=True)
    export_destinations = ListField(
        models.CharField(max_length=2, validators=[validate_country]),
        verbose_name=_("negara tujuan ekspor"),
        default=list,
        blank=True,
        help_text=_("Satu kode negara per baris, misalnya JP"),
    )
    export_mode = models.CharField(_("cara ekspor"), max_length=14, choices=ExportMode.choices, blank=True)
    raw_material_idr = Rupiah(_("nilai bahan baku (rupiah)"), null=True, blank=True)
    imported_material_pct = Measure(
        _("porsi bahan baku impor (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent]
    )
    online_sales_pct = Measure(
        _("porsi penjualan daring (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent]
    )
    credit_idr = Rupiah(_("pembiayaan (rupiah)"), null=True, blank=True)
    credit_source = models.CharField(
        _("sumber pembiayaan"), max_length=100, blank=True, help_text=_("Misalnya KUR, bank, koperasi")
    )
    investment_new_idr = Rupiah(_("tambahan investasi (rupiah)"), null=True, blank=True)
    electricity_kwh = Measure(_("listrik (kWh)"), null=True, blank=True)
    fuel = models.CharField(_("bahan bakar"), max_length=150, blank=True, help_text=_("Jenis dan jumlahnya"))
    water_m3 = Measure(_("air (m³)"), null=True, blank=True)
    method = models.CharField(
        _("cara pengumpulan"), max_length=9, choices=CollectionMethod.choices, default=CollectionMethod.INTERVIEW
    )
    remarks = models.TextField(_("penjelasan"), blank=True, help_text=_("Bila angka tampak janggal, jelaskan di sini"))

    objects = OfMemberQuerySet.as_manager()

    region_source = "member"
    centre_path = "member__memberships__centre"
    MONEY = ("production_value_idr", "revenue_idr", "domestic_idr", "export_idr", "raw_material_idr", "credit_idr")
    FIGURES = (
        *("workers_male", "workers_female", "piecework_male", "piecework_female", "capacity_installed"),
        *("capacity_unit", "production_quantity", "export_destinations", "export_mode", "imported_material_pct"),
        *("online_sales_pct", "electricity_kwh", "fuel", "water_m3", "method", "remarks"),
    )
    sensitivity = {
        **dict.fromkeys(FIGURES, Sensitivity.RESTRICTED),
        **dict.fromkeys([*MONEY, "credit_source", "investment_new_idr"], Sensitivity.SPECIFIC),
    }

    class Meta(RegionalRecord.Meta):
        verbose_name = _("perkembangan usaha")
        verbose_name_plural = _("perkembangan usaha")
        ordering = ["-year", "-semester", "member"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "year", "semester"],
                name="centres_snapshot_period",
                violation_error_message=_("Data IKM ini untuk masa tersebut sudah ada; perbarui data itu"),
                violation_error_code="year",
            ),
            models.CheckConstraint(
                name="centres_snapshot_year",
                condition=Q(year__range=(2000, 2100)),
                violation_error_message=_("Tahun ditulis empat angka, misalnya 2025"),
                violation_error_code="year",
            ),
            models.CheckConstraint(
                name="centres_snapshot_capacity_positive",
                condition=Q(capacity_installed=None) | Q(capacity_installed__gt=0),
                violation_error_message=_("Kapasitas terpasang harus lebih dari nol; kosongkan bila belum diketahui"),
                violation_error_code="capacity_installed",
            ),
            models.CheckConstraint(
                name="centres_snapshot_unit",
                condition=Q(capacity_installed=None, production_quantity=None) | ~Q(capacity_unit=""),
                violation_error_message=_("Pilih satuan kapasitas dan produksi"),
                violation_error_code="capacity_unit",
            ),
            models.CheckConstraint(
                name="centres_snapshot_revenue_parts",
                condition=Q(revenue_idr=None)
                | Q(domestic_idr=None)
                | Q(export_idr=None)
                | Q(
                    revenue_idr__gte=(F("domestic_idr") + F("export_idr")) * Decimal("100.0") / 101,
                    revenue_idr__lte=(F("domestic_idr") + F("export_idr")) * Decimal("100.0") / 99,
                ),
                violation_error_message=_("Omzet dalam negeri dan ekspor harus berjumlah sama dengan omzet"),
                violation_error_code="revenue_idr",
            ),
            models.CheckConstraint(
                name="centres_snapshot_export_destinations",
                condition=Q(export_idr=None) | Q(export_idr=0) | ~Q(export_destinations=[]),
                violation_error_message=_("Isi negara tujuan ekspor"),
                violation_error_code="export_destinations",
            ),
            models.CheckConstraint(
                name="centres_snapshot_export_mode",
                condition=Q(export_idr=None) | Q(export_idr=0) | ~Q(export_mode=""),
                violation_error_message=_("Pilih cara ekspor"),
                violation_error_code="export_mode",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.year}"

    def clean(self) -> None:
        super().clean()
        if self.year and self.year > timezone.localdate().year:
            raise ValidationError({"year": _("Tahun ini belum tiba")})

    def concerns(self) -> list[str]:
        """What is allowed but looks odd, for the officer to confirm or explain."""
        found = []
        if self.production_quantity and self.capacity_installed and self.production_quantity > self.capacity_installed:
            found.append(str(_("Produksi melebihi kapasitas terpasang")))
        if self.revenue_idr and (self.workers_male, self.workers_female) == (0, 0):
            found.append(str(_("Ada omzet, tetapi tidak ada tenaga kerja")))
        return found
