"""What happens after the building stands: it is handed over, entered as an asset, given a manager, and used, or not."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.models import RegionalRecord, Sensitivity
from centres.choices import RuleCode
from centres.models import OperationReport, Rule
from programs.models.guards import HANDOVER_GUARDS
from programs.models.of_allocation import AllocationCentre, OfAllocation, OfAllocationQuerySet


class UseStatus(models.TextChoices):
    """What the dates say of a building; nobody sets it."""

    IN_USE = "DIMANFAATKAN", _("Dimanfaatkan")
    NEW = "BARU_SERAH_TERIMA", _("Baru diserahterimakan")
    UNUSED = "BELUM_DIMANFAATKAN", _("Belum dimanfaatkan")
    ABANDONED = "MANGKRAK", _("Mangkrak")


class HandoverQuerySet(OfAllocationQuerySet):
    def with_use(self) -> Self:
        """Adds `used_until`, the end of the last quarter with open days of a centre served, and `idle_since`."""
        centres = AllocationCentre.objects.filter(allocation=OuterRef(OuterRef("allocation"))).order_by()
        reports = OperationReport.objects.filter(centre__in=centres.values("centre"), open_days__gt=0)
        ended = Func(F("year"), F("quarter"), function="programs_quarter_end", output_field=models.DateField())
        last = reports.annotate(ended_on=ended).order_by("-year", "-quarter").values("ended_on")[:1]
        rows = self.annotate(used_until=Subquery(last))
        return rows.annotate(idle_since=Greatest("bast_on", "used_until"))

    def unused(self, on: date | None = None) -> Self:
        """Handed over, and nothing heard of its use for longer than the rule allows; abandoned ones are among them."""
        return self._idle(RuleCode.UNUSED_DAYS, on)

    def abandoned(self, on: date | None = None) -> Self:
        return self._idle(RuleCode.ABANDONED_DAYS, on)

    def _idle(self, rule: str, on: date | None) -> Self:
        day = on or timezone.localdate()
        days = Rule.objects.number(rule, day)
        if days is None:
            return self.none()
        return self.with_use().filter(bast_on__isnull=False, idle_since__lt=day - timedelta(days=int(days)))


class Handover(OfAllocation):
    """The handover of what an allocation built: BAST, entry as a regional asset, manager, first day of operation."""

    bast_number = models.CharField(_("nomor BAST I"), max_length=100, blank=True)
    bast_on = models.DateField(_("tanggal BAST I"), null=True, blank=True)
    bast_value_idr = Rupiah(_("nilai menurut BAST (rupiah)"), null=True, blank=True)
    final_bast_number = models.CharField(_("nomor BAST II"), max_length=100, blank=True)
    final_bast_on = models.DateField(_("tanggal BAST II"), null=True, blank=True)
    asset_recorded_on = models.DateField(_("dicatat sebagai barang milik daerah pada"), null=True, blank=True)
    asset_code = models.CharField(_("kode barang milik daerah"), max_length=100, blank=True)
    manager_decree = models.CharField(_("nomor SK pengelola"), max_length=100, blank=True)
    manager_decree_on = models.DateField(_("tanggal SK pengelola"), null=True, blank=True)
    operational_on = models.DateField(_("beroperasi sejak"), null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    guards = HANDOVER_GUARDS

    class Meta(OfAllocation.Meta):
        verbose_name = _("serah terima")
        verbose_name_plural = _("serah terima")
        ordering = ["allocation"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation"],
                name="programs_handover_once",
                violation_error_message=_("Serah terima alokasi ini sudah tercatat; perbarui data itu"),
                violation_error_code="allocation",
            ),
            models.CheckConstraint(
                name="programs_handover_bast",
                condition=Q(bast_on=None, bast_number="") | (Q(bast_on__isnull=False) & ~Q(bast_number="")),
                violation_error_message=_("Nomor dan tanggal BAST I harus diisi bersama"),
                violation_error_code="bast_number",
            ),
            models.CheckConstraint(
                name="programs_handover_order",
                condition=Q(final_bast_on=None) | Q(bast_on__isnull=False, final_bast_on__gte=F("bast_on")),
                violation_error_message=_("BAST II mengikuti BAST I; periksa tanggalnya"),
                violation_error_code="final_bast_on",
            ),
            models.CheckConstraint(
                name="programs_handover_asset",
                condition=Q(asset_recorded_on=None, asset_code="")
                | (Q(asset_recorded_on__isnull=False) & ~Q(asset_code="")),
                violation_error_message=_("Kode barang dan tanggal pencatatannya harus diisi bersama"),
                violation_error_code="asset_code",
            ),
            models.CheckConstraint(
                name="programs_handover_manager",
                condition=Q(operational_on=None) | ~Q(manager_decree=""),
                violation_error_message=_("Isi SK pengelola sebelum mencatat hari pertama beroperasi"),
                violation_error_code="manager_decree",
            ),
            models.CheckConstraint(
                name="programs_handover_operational",
                condition=Q(operational_on=None) | Q(bast_on=None) | Q(operational_on__gte=F("bast_on")),
                violation_error_message=_("Gedung beroperasi setelah diserahterimakan; periksa tanggalnya"),
                violation_error_code="operational_on",
            ),
        ]

    def __str__(self) -> str:
        return f"BAST {self.bast_number}".strip()

    def use_status(self, on: date | None = None) -> str:
        """A code of `UseStatus`, "" while nothing was handed over. Two queries, three without `with_use`."""
        day = on or timezone.localdate()
        if self.bast_on is None:
            return ""
        seen = self if hasattr(self, "idle_since") else Handover.objects.with_use().get(pk=self.pk)
        idle = (day - seen.idle_since).days
        for status, rule in ((UseStatus.ABANDONED, RuleCode.ABANDONED_DAYS), (UseStatus.UNUSED, RuleCode.UNUSED_DAYS)):
            days = Rule.objects.number(rule, day)
            if days is not None and idle > days:
                return status
        is_used = seen.used_until is not None and seen.used_until >= self.bast_on
        return UseStatus.IN_USE if is_used else UseStatus.NEW

    def idle_days(self, on: date | None = None) -> int | None:
        """Days since the last sign of use (or the BAST); None while nothing was handed over."""
        if self.bast_on is None:
            return None
        since: Any = getattr(self, "idle_since", None) or Handover.objects.with_use().get(pk=self.pk).idle_since
        return ((on or timezone.localdate()) - since).days


class Residual(OfAllocation):
    """Money of an allocation left in the regional treasury; next year's stage I asks for a report of it."""

    reported_on = models.DateField(_("dilaporkan pada"))
    amount_idr = Rupiah(_("sisa di RKUD (rupiah)"))
    used_idr = Rupiah(_("sudah digunakan (rupiah)"), null=True, blank=True)
    used_on = models.DateField(_("digunakan pada"), null=True, blank=True)
    use = models.CharField(_("penggunaan"), max_length=300, blank=True)

    sensitivity = dict.fromkeys(["reported_on", "amount_idr", "used_idr", "used_on", "use"], Sensitivity.RESTRICTED)

    class Meta(OfAllocation.Meta):
        verbose_name = _("sisa dana")
        verbose_name_plural = _("sisa dana")
        ordering = ["allocation", "-reported_on"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation", "reported_on"],
                name="programs_residual_once",
                violation_error_message=_("Sisa dana pada tanggal ini sudah dilaporkan"),
                violation_error_code="reported_on",
            ),
            models.CheckConstraint(
                name="programs_residual_used",
                condition=Q(used_idr=None) | Q(used_idr__lte=F("amount_idr")),
                violation_error_message=_("Yang digunakan tidak boleh melebihi sisanya"),
                violation_error_code="used_idr",
            ),
            models.CheckConstraint(
                name="programs_residual_use",
                condition=Q(used_idr=None) | Q(used_idr=0) | (Q(used_on__isnull=False) & ~Q(use="")),
                violation_error_message=_("Isi tanggal dan penggunaan sisa dana"),
                violation_error_code="use",
            ),
        ]

    def __str__(self) -> str:
        return f"Sisa per {self.reported_on}"
