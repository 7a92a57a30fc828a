"""What an event was paid from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.guards import Guard
from batik_registry.models import RegionalRecord, Sensitivity
from centres.choices import FundingSource
from programs.choices import AllocationKind, AllocationSource
from programs.models.activity import Activity
from programs.models.allocation import Allocation
from programs.models.event import Event


class OfEvent(RegionalRecord):
    """What belongs to one event and is seen by whoever keeps the event."""

    event = models.ForeignKey(
        Event,
        verbose_name=_("kegiatan"),
        on_delete=models.PROTECT,  # an event is cancelled, never deleted from under its papers
        related_name="%(class)s_set",
        error_messages={"required": _("Pilih kegiatan")},
    )

    region_source = "event"
    centre_path = "event__centre"

    class Meta(RegionalRecord.Meta):
        abstract = True


#: What an activity of the plan has left for one more event.
LEFT = """(SELECT a.amount_idr FROM programs_activity a WHERE a.id = new.activity_id)
    - (SELECT coalesce(sum(o.amount_idr), 0) FROM programs_eventfunding o
        WHERE o.activity_id = new.activity_id AND o.id <> new.id)"""

FUNDING_GUARDS = [
    Guard(
        name="programs_eventfunding_within_activity",
        field="amount_idr",
        message=_("Biaya kegiatan melebihi nilai rincian RK yang membiayainya"),
        holds=f"new.amount_idr <= {LEFT}",
        lock="programs_activity WHERE id = new.activity_id",
        detail=_("Sisanya %(left)s"),
        figures={"left": LEFT},
    )
]


class EventFunding(OfEvent):
    """Money that an event was held with: from a DAK allocation, one of its activities, or elsewhere."""

    source_of_funds = models.CharField(_("sumber dana"), max_length=12, choices=FundingSource.choices)
    allocation = models.ForeignKey(
        Allocation,
        verbose_name=_("alokasi"),
        on_delete=models.PROTECT,  # money is closed, never deleted from under its papers
        null=True,
        blank=True,
        related_name="event_funding_set",
        help_text=_("Bila dananya dari alokasi yang tercatat"),
    )
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("rincian kegiatan RK"),
        on_delete=models.PROTECT,  # the plan keeps saying what it paid for
        null=True,
        blank=True,
        related_name="event_funding_set",
    )
    amount_idr = Rupiah(_("jumlah (rupiah)"), null=True, blank=True, help_text=_("Kosong bila belum diketahui"))
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    guards = FUNDING_GUARDS
    sensitivity = dict.fromkeys(
        ["source_of_funds", "allocation", "activity", "amount_idr", "note"], Sensitivity.RESTRICTED
    )

    class Meta(OfEvent.Meta):
        verbose_name = _("pembiayaan kegiatan")
        verbose_name_plural = _("pembiayaan kegiatan")
        ordering = ["event", "source_of_funds", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["event", "source_of_funds", "allocation", "activity"],
                name="programs_eventfunding_once",
                nulls_distinct=False,
                violation_error_message=_("Sumber dana ini sudah tercatat untuk kegiatan tersebut"),
                violation_error_code="source_of_funds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_of_funds_display()} – {self.event}"

    def clean_fields(self, exclude: Any = None) -> None:
        if self.activity_id and not self.allocation_id:
            self.allocation_id = self.activity.allocation_id
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        super().clean()
        if self.activity_id and self.allocation_id and self.activity.allocation_id != self.allocation_id:
            raise ValidationError({"activity": _("Rincian ini milik alokasi lain")})
        if self.allocation_id and self.source_of_funds and self._source_of_allocation() != self.source_of_funds:
            raise ValidationError({"allocation": _("Alokasi ini berasal dari sumber dana lain")})

    def _source_of_allocation(self) -> str:
        allocation = self.allocation
        if allocation.source_of_funds != AllocationSource.DAK:
            return str(allocation.source_of_funds)
        physical = allocation.kind == AllocationKind.PHYSICAL
        return str(FundingSource.DAK_FISIK if physical else FundingSource.DAK_NONFISIK)
