"""What hangs on an allocation, and which centres it serves."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batik_registry.measures import Measure
from batik_registry.models import RegionalQuerySet, RegionalRecord
from batik_registry.validators import validate_percent
from programs.models.allocation import Allocation
from programs.models.guards import SHARE_GUARDS


class OfAllocationQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the allocation sees what belongs to it."""
        if user.assigned_ids is None:
            return super().visible_to(user)
        return self.filter(allocation__in=Allocation.objects.visible_to(user).order_by().values("pk"))


class OfAllocation(RegionalRecord):
    """What belongs to one allocation and is seen by whoever sees the allocation."""

    allocation = models.ForeignKey(
        Allocation,
        verbose_name=_("alokasi"),
        on_delete=models.PROTECT,  # money is closed, never deleted from under its papers
        related_name="%(class)s_set",
        error_messages={"required": _("Pilih alokasi")},
    )

    objects = OfAllocationQuerySet.as_manager()

    region_source = "allocation"
    centre_path = "allocation__centre_links__centre"

    class Meta(RegionalRecord.Meta):
        abstract = True


class AllocationCentre(OfAllocation):
    """A centre that an allocation serves, with its share of the money; nonfisik funds may serve several."""

    allocation = models.ForeignKey(
        Allocation,
        verbose_name=_("alokasi"),
        on_delete=models.PROTECT,  # money is closed, never deleted from under its papers
        related_name="centre_links",
        error_messages={"required": _("Pilih alokasi")},
    )
    centre = models.ForeignKey(
        "centres.Centre",
        verbose_name=_("sentra"),
        on_delete=models.PROTECT,  # a centre is archived, never deleted
        related_name="allocation_links",
        error_messages={"required": _("Pilih sentra")},
    )
    share_pct = Measure(
        _("porsi (%)"),
        max_digits=5,
        null=True,
        blank=True,
        validators=[validate_percent],
        help_text=_("Kosong bila hanya satu sentra"),
    )

    guards = SHARE_GUARDS

    class Meta(OfAllocation.Meta):
        verbose_name = _("sentra yang dilayani")
        verbose_name_plural = _("sentra yang dilayani")
        ordering = ["allocation", "centre"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation", "centre"],
                name="programs_allocationcentre_once",
                violation_error_message=_("Sentra ini sudah tercatat pada alokasi tersebut"),
                violation_error_code="centre",
            ),
            models.CheckConstraint(
                name="programs_allocationcentre_share",
                condition=Q(share_pct=None) | Q(share_pct__gt=0),
                violation_error_message=_("Porsi sentra harus lebih dari nol; kosongkan bila belum diketahui"),
                violation_error_code="share_pct",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre}"

    def clean(self) -> None:
        super().clean()
        if self.allocation_id and self.centre_id:
            region = self.allocation.region_id or ""
            if not self.centre.region_code.startswith(region):
                raise ValidationError({"centre": _("Sentra ini berada di luar daerah penerima alokasi")})
