"""What an allocation is to be spent on: the lines of the activity plan (RK)."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.measures import Measure
from batik_registry.models import RegionalRecord
from programs.lifecycle import PLAN_FIXED
from programs.models.guards import ACTIVITY_GUARDS
from programs.models.of_allocation import OfAllocation

MOST = Decimal(10) ** 18  # as much as a column of rupiah holds


class Activity(OfAllocation):
    """One line of the plan: so many units of something at a unit cost; contracts and events are paid from it."""

    menu = models.CharField(_("menu kegiatan"), max_length=200, error_messages={"required": _("Isi menu kegiatan")})
    item = models.CharField(
        _("rincian kegiatan"), max_length=200, error_messages={"required": _("Isi rincian kegiatan")}
    )
    volume = Measure(_("volume"), default=1)
    unit = models.CharField(_("satuan"), max_length=30, default="paket")
    unit_cost_idr = Rupiah(_("harga satuan (rupiah)"))
    amount_idr = Rupiah(_("jumlah (rupiah)"), editable=False, help_text=_("Volume dikali harga satuan"))
    location = models.CharField(_("lokasi"), max_length=200, blank=True)
    facility = models.ForeignKey(
        "centres.CentreFacility",
        verbose_name=_("fasilitas sentra"),
        on_delete=models.PROTECT,  # what was built keeps saying what it was paid for
        null=True,
        blank=True,
        related_name="activities",
    )
    output = models.CharField(
        _("keluaran"), max_length=200, blank=True, help_text=_("Misalnya gedung produksi, 1 unit")
    )
    output_target = Measure(_("target keluaran"), null=True, blank=True)
    labour_planned = models.PositiveIntegerField(_("perkiraan tenaga kerja"), null=True, blank=True)

    guards = ACTIVITY_GUARDS

    class Meta(OfAllocation.Meta):
        verbose_name = _("rincian kegiatan")
        verbose_name_plural = _("rincian kegiatan")
        ordering = ["allocation", "menu", "item", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation", "menu", "item"],
                name="programs_activity_once",
                violation_error_message=_("Rincian ini sudah tercatat dalam rencana kegiatan"),
                violation_error_code="item",
            ),
            models.CheckConstraint(
                name="programs_activity_volume",
                condition=Q(volume__gt=0),
                violation_error_message=_("Volume harus lebih dari nol"),
                violation_error_code="volume",
            ),
            models.CheckConstraint(
                name="programs_activity_amount",
                condition=Q(amount_idr=Round(F("volume") * F("unit_cost_idr"))),
                violation_error_message=_("Jumlah harus sama dengan volume dikali harga satuan"),
                violation_error_code="unit_cost_idr",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.menu}: {self.item}"

    def clean_fields(self, exclude: Any = None) -> None:
        """The amount follows from what is typed."""
        try:
            super().clean_fields(exclude={*(exclude or ()), "amount_idr"})
        finally:
            if isinstance(self.volume, Decimal) and isinstance(self.unit_cost_idr, Decimal):
                self.amount_idr = (self.volume * self.unit_cost_idr).quantize(Decimal(1), ROUND_HALF_UP)
        if self.amount_idr is not None and self.amount_idr >= MOST:
            raise ValidationError({"unit_cost_idr": _("Jumlahnya terlalu besar; periksa volume dan harga satuan")})

    def clean(self) -> None:
        super().clean()
        if self.facility_id and self.allocation_id:
            served = self.allocation.centre_links.values_list("centre", flat=True)
            if served and self.facility.centre_id not in served:
                raise ValidationError({"facility": _("Fasilitas ini milik sentra yang tidak dilayani alokasi")})
        if self.allocation_id and self.allocation.state in PLAN_FIXED and self.amount_idr != self._amount_before():
            raise ValidationError({"unit_cost_idr": _("RK sudah disetujui; buka perubahan RK dahulu")})

    def _amount_before(self) -> Decimal | None:
        return Activity.objects.filter(pk=self.pk).values_list("amount_idr", flat=True).first()
