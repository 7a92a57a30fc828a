"""The steps that an allocation has taken: who moved it from which state to which, when, by what paper and why."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.models import RegionalRecord, Sensitivity
from batik_registry.triggers import Trigger
from programs import lifecycle
from programs.choices import Stage, State
from programs.lifecycle import Deed
from programs.models.of_allocation import OfAllocation

KEPT = (
    *("allocation_id", "life", "deed", "from_state", "to_state", "stage", "decided_at", "decided_by_id"),
    *("actor_name", "document", "reason"),
)


class Step(OfAllocation):
    """One step, written once and never changed. The database moves the allocation on when a step is written.

    `programs.actions.take` is the way in. A step that the table in programs/lifecycle.py does not hold is refused by
    the database itself, whichever door it comes through.
    """

    life = models.CharField(_("daur"), max_length=9, editable=False)
    deed = models.CharField(_("langkah"), max_length=25, choices=Deed.choices)
    from_state = models.CharField(_("dari tahap"), max_length=28, choices=State.choices, editable=False)
    to_state = models.CharField(_("ke tahap"), max_length=28, choices=State.choices)
    stage = models.CharField(_("tahap penyaluran"), max_length=9, choices=Stage.choices, blank=True)
    decided_at = models.DateTimeField(_("pada"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,  # who moved the money stays answerable for it
        null=True,
        blank=True,
        related_name="+",
    )
    actor_name = models.CharField(
        _("nama pelaku"), max_length=150, blank=True, help_text=_("Nama pada saat itu; juga untuk pemuatan data")
    )
    document = models.CharField(_("dokumen"), max_length=200, blank=True)
    reason = models.TextField(_("alasan"), blank=True)

    sensitivity = dict.fromkeys(["decided_by", "actor_name", "document", "reason"], Sensitivity.RESTRICTED)

    class Meta(OfAllocation.Meta):
        verbose_name = _("langkah alokasi")
        verbose_name_plural = _("langkah alokasi")
        ordering = ["allocation", "decided_at", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.CheckConstraint(
                name="programs_step_actor",
                condition=Q(decided_at__isnull=False) & (Q(decided_by__isnull=False) | ~Q(actor_name="")),
                violation_error_message=_("Setiap langkah mencatat waktu dan pelakunya"),
                violation_error_code="decided_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} – {self.allocation}"

    def clean_fields(self, exclude: Any = None) -> None:
        if self._state.adding and self.allocation_id:
            self.life = self.allocation.life.code
            self.from_state = self.allocation.state
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        super().clean()
        if self._state.adding and self.allocation_id:
            move = lifecycle.find(self.allocation.life, self.from_state, self.deed, self.to_state)
            if move is None:
                told = {"deed": self.get_deed_display(), "state": self.get_from_state_display()}
                raise ValidationError({"deed": _("%(deed)s tidak dapat dilakukan pada tahap %(state)s") % told})
            if move.needs_reason and not self.reason.strip():
                raise ValidationError({"reason": _("Tulis alasannya")})
            if move.needs_document and not self.document.strip():
                raise ValidationError({"document": _("Sebutkan dokumen yang menjadi dasarnya")})

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        return [*super().database_triggers(), cls._only_listed(), cls._moves_allocation(), *cls._written_once()]

    @classmethod
    def _only_listed(cls) -> Trigger:
        """Turns are taken at the allocation: of two steps at once, the second meets the state that the first left."""
        return Trigger(
            table=cls._meta.db_table,
            name="record_14_listed",
            when="BEFORE INSERT",
            declare="allocation programs_allocation;",
            body=f"""
                SELECT * INTO allocation FROM programs_allocation WHERE id = NEW.allocation_id FOR NO KEY UPDATE;
                NEW.life := {lifecycle.life_in_sql("allocation")};
                IF NEW.from_state IS DISTINCT FROM allocation.state
                    OR (NEW.life, NEW.from_state, NEW.deed, NEW.to_state) NOT IN ({lifecycle.triples_in_sql()}) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'programs_step_listed',
                        MESSAGE = 'Langkah ini tidak ada dalam daur alokasi, atau tahapnya sudah berubah';
                END IF;
                RETURN NEW;
            """,
        )

    @classmethod
    def _moves_allocation(cls) -> Trigger:
        return Trigger(
            table=cls._meta.db_table,
            name="record_35_allocation",
            when="AFTER INSERT",
            body="UPDATE programs_allocation SET state = NEW.to_state WHERE id = NEW.allocation_id; RETURN NULL;",
        )

    @classmethod
    def _written_once(cls) -> list[Trigger]:
        old, new = (", ".join(f'{side}."{column}"' for column in KEPT) for side in ("OLD", "NEW"))
        refuse = "RAISE EXCEPTION 'Langkah alokasi hanya dapat ditambah' USING ERRCODE = 'insufficient_privilege';"
        return [
            Trigger(
                table=cls._meta.db_table,
                name="record_05_kept",
                when="BEFORE UPDATE",
                condition=f"({old}) IS DISTINCT FROM ({new})",
                body=refuse,
            ),
            Trigger(table=cls._meta.db_table, name="record_05_never_deleted", when="BEFORE DELETE", body=refuse),
        ]
