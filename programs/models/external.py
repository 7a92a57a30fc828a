"""What other systems say about an allocation, as their exports tell it: beside our own figures, never over them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.models import RegionalRecord, Sensitivity
from programs.choices import AmountKind, ExternalSystem
from programs.models.of_allocation import OfAllocation


class ExternalAmount(OfAllocation):
    """An amount that OMSPAN or KRISNA gave for an allocation on a day; the checks compare it with ours."""

    system = models.CharField(_("sistem"), max_length=10, choices=ExternalSystem.choices)
    kind = models.CharField(_("jenis angka"), max_length=8, choices=AmountKind.choices)
    stated_on = models.DateField(_("keadaan pada"))
    amount_idr = Rupiah(_("jumlah (rupiah)"))

    sensitivity = {"amount_idr": Sensitivity.RESTRICTED}

    class Meta(OfAllocation.Meta):
        verbose_name = _("angka sistem lain")
        verbose_name_plural = _("angka sistem lain")
        ordering = ["allocation", "system", "kind", "-stated_on"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation", "system", "kind", "stated_on"],
                name="programs_externalamount_once",
                violation_error_message=_("Angka sistem ini pada tanggal itu sudah tercatat"),
                violation_error_code="stated_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} – {self.get_kind_display()}"
