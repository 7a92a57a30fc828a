"""Who works together with a centre, and which members take part."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.models import RegionalQuerySet, RegionalRecord, Sensitivity
from centres.choices import PartnershipType
from centres.models.facility import OfCentre
from centres.models.member import Member


class PartnershipQuerySet(RegionalQuerySet):
    def current(self, on: date | None = None) -> Self:
        """Partnerships that hold on a day, today unless told."""
        day = on or timezone.localdate()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class Partnership(OfCentre):
    """An agreement of a centre with an outside partner, such as a buyer, a bank or a university."""

    partner = models.CharField(_("mitra"), max_length=200, error_messages={"required": _("Isi nama mitra")})
    kind = models.CharField(_("jenis kemitraan"), max_length=10, choices=PartnershipType.choices)
    agreement_number = models.CharField(_("nomor perjanjian (MoU/PKS)"), max_length=100, blank=True)
    starts_on = models.DateField(_("mulai"), null=True, blank=True)
    ends_on = models.DateField(_("selesai"), null=True, blank=True)
    value_idr = Rupiah(_("nilai (rupiah)"), null=True, blank=True)
    members = models.ManyToManyField(
        Member,
        verbose_name=_("IKM"),
        through="centres.PartnershipMember",
        blank=True,
        related_name="partnerships",
    )
    description = models.TextField(_("uraian"), blank=True)

    objects = PartnershipQuerySet.as_manager()

    sensitivity = dict.fromkeys(["agreement_number", "value_idr", "members"], Sensitivity.RESTRICTED)

    class Meta(OfCentre.Meta):
        verbose_name = _("kemitraan")
        verbose_name_plural = _("kemitraan")
        ordering = ["-starts_on", "partner", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.CheckConstraint(
                name="centres_partnership_dates",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Tanggal selesai tidak boleh sebelum tanggal mulai"),
                violation_error_code="ends_on",
            ),
        ]

    def __str__(self) -> str:
        return self.partner


class PartnershipMember(RegionalRecord):
    """A member's part in a partnership; kept, like the partnership, by the region of its centre."""

    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("kemitraan"),
        on_delete=models.PROTECT,  # a partnership ends by its date, it is not deleted
        related_name="member_links",
        error_messages={"required": _("Pilih kemitraan")},
    )
    member = models.ForeignKey(
        Member,
        verbose_name=_("IKM"),
        on_delete=models.PROTECT,  # a member is closed or merged, never deleted
        related_name="partnership_links",
        error_messages={"required": _("Pilih IKM")},
    )

    region_source = "partnership"
    centre_path = "partnership__centre"
    sensitivity = {"member": Sensitivity.RESTRICTED}

    class Meta(RegionalRecord.Meta):
        verbose_name = _("IKM dalam kemitraan")
        verbose_name_plural = _("IKM dalam kemitraan")
        ordering = ["partnership", "member"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "member"],
                name="centres_partnershipmember_once",
                violation_error_message=_("IKM ini sudah tercatat dalam kemitraan tersebut"),
                violation_error_code="member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership} – {self.member}"
