"""What happened in a centre during a quarter."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.measures import Measure
from batik_registry.models import RegionalQuerySet, RegionalRecord, Sensitivity
from centres.models.facility import OfCentre
from centres.models.quarterly import Quarterly


class OperationReportQuerySet(RegionalQuerySet):
    def of_quarter(self, year: int, quarter: int) -> Self:
        return self.filter(year=year, quarter=quarter)


def at_most(name: str, field: str, limit: str, message: Any) -> models.CheckConstraint:
    """`field` is no greater than `limit`, where both are known."""
    condition = Q(**{field: None}) | Q(**{limit: None}) | Q(**{f"{field}__lte": F(limit)})
    return models.CheckConstraint(
        name=f"centres_operationreport_{name}",
        condition=condition,
        violation_error_message=message,
        violation_error_code=field,
    )


class OperationReport(Quarterly, OfCentre):
    """A quarter in the life of a centre: days open, users, visitors, sales, income and cost. Empty means unknown."""

    open_days = models.PositiveSmallIntegerField(_("hari buka"), help_text=_("0 sampai 92"))
    closed_reason = models.CharField(_("alasan tidak buka"), max_length=300, blank=True)
    ikm_users = models.PositiveIntegerField(_("IKM pengguna fasilitas"), null=True, blank=True)
    ikm_consigning = models.PositiveIntegerField(_("IKM titip jual"), null=True, blank=True)
    visitors = models.PositiveIntegerField(_("pengunjung"), null=True, blank=True)
    edu_groups = models.PositiveIntegerField(_("rombongan edukasi"), null=True, blank=True)
    foreign_visitors = models.PositiveIntegerField(_("wisatawan asing"), null=True, blank=True)
    hours_used = Measure(_("jam pakai"), null=True, blank=True)
    hours_available = Measure(_("jam tersedia"), null=True, blank=True)

    sales_turnover_idr = Rupiah(_("omzet penjualan (rupiah)"), null=True, blank=True)
    pieces_sold = models.PositiveIntegerField(_("potong terjual"), null=True, blank=True)
    service_income_idr = Rupiah(_("pendapatan layanan (rupiah)"), null=True, blank=True)
    operating_cost_idr = Rupiah(_("biaya operasional (rupiah)"), null=True, blank=True)
    operating_cost_apbd_idr = Rupiah(_("biaya operasional dari APBD (rupiah)"), null=True, blank=True)
    production_pieces = models.PositiveIntegerField(_("produksi di sentra (potong)"), null=True, blank=True)

    staff_male = models.PositiveIntegerField(_("pegawai laki-laki"), null=True, blank=True)
    staff_female = models.PositiveIntegerField(_("pegawai perempuan"), null=True, blank=True)
    ipal_is_working = models.BooleanField(_("IPAL berfungsi"), null=True, blank=True)
    ipal_reason = models.CharField(_("alasan IPAL tidak berfungsi"), max_length=300, blank=True)
    wax_recycled_kg = Measure(_("malam didaur ulang (kg)"), null=True, blank=True)
    trainings_held = models.PositiveIntegerField(_("jumlah pelatihan"), null=True, blank=True)
    training_participants = models.PositiveIntegerField(_("peserta pelatihan"), null=True, blank=True)
    main_problem = models.TextField(_("kendala utama"), blank=True)
    follow_up = models.TextField(_("tindak lanjut"), blank=True)
    support_needed = models.TextField(_("dukungan yang diperlukan"), blank=True)

    objects = OperationReportQuerySet.as_manager()

    FIGURES = (
        *("open_days", "closed_reason", "ikm_users", "ikm_consigning", "visitors", "edu_groups", "foreign_visitors"),
        *("hours_used", "hours_available", "sales_turnover_idr", "pieces_sold", "service_income_idr"),
        *("operating_cost_idr", "operating_cost_apbd_idr", "production_pieces", "staff_male", "staff_female"),
        *("ipal_is_working", "ipal_reason", "wax_recycled_kg", "trainings_held", "training_participants"),
        *("main_problem", "follow_up", "support_needed"),
    )
    sensitivity = dict.fromkeys(FIGURES, Sensitivity.RESTRICTED)

    class Meta(OfCentre.Meta):
        verbose_name = _("laporan operasional")
        verbose_name_plural = _("laporan operasional")
        ordering = ["-year", "-quarter", "centre"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            *Quarterly.Meta.constraints,
            models.UniqueConstraint(
                fields=["centre", "year", "quarter"],
                name="centres_operationreport_period",
                violation_error_message=_("Laporan sentra ini untuk triwulan tersebut sudah ada"),
                violation_error_code="quarter",
            ),
            models.CheckConstraint(
                name="centres_operationreport_year",
                condition=Q(year__range=(2000, 2100)),
                violation_error_message=_("Tahun ditulis empat angka, misalnya 2026"),
                violation_error_code="year",
            ),
            models.CheckConstraint(
                name="centres_operationreport_open_days",
                condition=Q(open_days__range=(0, 92)),
                violation_error_message=_("Hari buka dalam satu triwulan antara 0 dan 92"),
                violation_error_code="open_days",
            ),
            models.CheckConstraint(
                name="centres_operationreport_closed_reason",
                condition=Q(open_days__gt=0) | ~Q(closed_reason=""),
                violation_error_message=_("Jelaskan mengapa sentra tidak buka sama sekali pada triwulan ini"),
                violation_error_code="closed_reason",
            ),
            at_most("consigning", "ikm_consigning", "ikm_users", _("IKM titip jual melebihi IKM pengguna fasilitas")),
            at_most("foreign", "foreign_visitors", "visitors", _("Wisatawan asing melebihi jumlah pengunjung")),
            at_most("hours", "hours_used", "hours_available", _("Jam pakai melebihi jam tersedia")),
            at_most(
                "cost_share",
                "operating_cost_apbd_idr",
                "operating_cost_idr",
                _("Biaya dari APBD melebihi seluruh biaya"),
            ),
            models.CheckConstraint(
                name="centres_operationreport_sales_pair",
                condition=Q(sales_turnover_idr=None)
                | Q(pieces_sold=None)
                | Q(sales_turnover_idr=0, pieces_sold=0)
                | Q(sales_turnover_idr__gt=0, pieces_sold__gt=0),
                violation_error_message=_("Omzet dan potong terjual harus sama-sama nol atau sama-sama lebih dari nol"),
                violation_error_code="pieces_sold",
            ),
            models.CheckConstraint(
                name="centres_operationreport_ipal_reason",
                condition=Q(ipal_is_working=None) | Q(ipal_is_working=True) | ~Q(ipal_reason=""),
                violation_error_message=_("Jelaskan mengapa IPAL tidak berfungsi"),
                violation_error_code="ipal_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre} – triwulan {self.quarter} {self.year}"

    def clean(self) -> None:
        super().clean()
        self._check_users()

    def _check_users(self) -> None:
        """Users cannot be more than the members; where no member is registered yet, the declared number counts."""
        if not self.centre_id or self.ikm_users is None:
            return
        members = self.centre.membership_set.open().values("member").distinct().count()
        known = max(members, self.centre.member_count_declared or 0)
        if known and self.ikm_users > known:
            raise ValidationError({"ikm_users": _("IKM pengguna melebihi jumlah anggota sentra, yaitu %d") % known})
