"""Orders that members have won, above all from the government."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.models import RegionalRecord, Sensitivity
from centres.choices import BuyerSegment
from centres.models import Member
from centres.models.snapshot import OfMemberQuerySet
from programs.choices import PROCUREMENT, OrderChannel
from programs.models.event import Event


class OrderQuerySet(OfMemberQuerySet):
    def government(self) -> Self:
        """Bought by the government (I15)."""
        return self.filter(buyer_segment=BuyerSegment.GOVERNMENT)

    def procurement(self) -> Self:
        """Feeds P3DN: bought by the government, or through a channel of government procurement."""
        return self.filter(Q(buyer_segment=BuyerSegment.GOVERNMENT) | Q(channel__in=PROCUREMENT))

    def in_year(self, year: int) -> Self:
        return self.filter(ordered_on__year=year)

    def value(self) -> Any:
        """What these orders are worth together, in rupiah; None where there are none."""
        return self.aggregate(value=Sum("value_idr"))["value"]


class Order(RegionalRecord):
    """A purchase agreed with a member, perhaps won at an event; the money may still be on its way."""

    member = models.ForeignKey(
        Member,
        verbose_name=_("IKM"),
        on_delete=models.PROTECT,  # a member is closed or merged, never deleted
        related_name="order_set",
        error_messages={"required": _("Pilih IKM")},
    )
    buyer_segment = models.CharField(_("segmen pembeli"), max_length=10, choices=BuyerSegment.choices)
    buyer = models.CharField(_("pembeli"), max_length=200, blank=True, help_text=_("Instansi atau perusahaan"))
    channel = models.CharField(_("saluran"), max_length=11, choices=OrderChannel.choices)
    package_id = models.CharField(
        _("ID paket"), max_length=60, blank=True, help_text=_("Nomor paket e-Katalog atau SPSE")
    )
    value_idr = Rupiah(_("nilai (rupiah)"))
    ordered_on = models.DateField(_("dipesan pada"))
    event = models.ForeignKey(
        Event,
        verbose_name=_("kegiatan asal"),
        on_delete=models.PROTECT,  # an order keeps saying where it was won
        null=True,
        blank=True,
        related_name="order_set",
    )

    objects = OrderQuerySet.as_manager()

    region_source = "member"
    centre_path = "member__memberships__centre"
    sensitivity = dict.fromkeys(
        ["buyer_segment", "buyer", "channel", "package_id", "value_idr", "ordered_on", "event"], Sensitivity.RESTRICTED
    )

    class Meta(RegionalRecord.Meta):
        verbose_name = _("pesanan")
        verbose_name_plural = _("pesanan")
        ordering = ["-ordered_on", "member", "id"]
        indexes = [models.Index(fields=["buyer_segment", "channel", "ordered_on"], name="programs_order_counted")]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["channel", "package_id", "member"],
                condition=~Q(package_id=""),
                name="programs_order_package",
                violation_error_message=_("Paket ini sudah tercatat untuk IKM tersebut"),
                violation_error_code="package_id",
            ),
            models.CheckConstraint(
                name="programs_order_value",
                condition=Q(value_idr__gt=0),
                violation_error_message=_("Nilai pesanan harus lebih dari nol"),
                violation_error_code="value_idr",
            ),
            models.CheckConstraint(
                name="programs_order_package_known",
                condition=~Q(channel__in=PROCUREMENT) | ~Q(package_id=""),
                violation_error_message=_("Isi ID paket e-Katalog atau SPSE"),
                violation_error_code="package_id",
            ),
            models.CheckConstraint(
                name="programs_order_export",
                condition=~Q(channel=OrderChannel.EXPORT) | Q(buyer_segment=BuyerSegment.EXPORT),
                violation_error_message=_("Pesanan lewat saluran ekspor memakai segmen pembeli Ekspor"),
                violation_error_code="buyer_segment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.package_id} – {self.member}".replace("  ", " ")

    def clean(self) -> None:
        super().clean()
        if self.ordered_on and self.ordered_on > timezone.localdate():
            raise ValidationError({"ordered_on": _("Tanggal pesanan belum tiba")})
        if self.event_id and self.ordered_on and self.ordered_on < self.event.starts_on:
            raise ValidationError({"event": _("Pesanan ini lebih tua daripada kegiatan itu; periksa tanggalnya")})
