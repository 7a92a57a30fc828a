"""What is proposed: per record a change, per field the value seen and the value wanted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batik_registry.models import Sensitivity
from submissions import kinds, values
from submissions.choices import Decision, Operation
from submissions.models.submission import Submission


class ProposedChange(models.Model):
    """What shall become of one record. A new record has its final id already, so that others can point to it.

    Drafts are saved as one types, so these rows stay out of the change log; after sending a trigger keeps them as they
    are.
    """

    submission = models.ForeignKey(
        Submission,
        verbose_name=_("usulan"),
        on_delete=models.PROTECT,  # submissions are never deleted
        related_name="changes",
    )
    position = models.PositiveSmallIntegerField(
        _("urutan"), help_text=_("Data baru mendahului yang menunjuk kepadanya")
    )
    model = models.CharField(_("jenis data"), max_length=60)
    record_id = models.UUIDField(_("ID data"))
    operation = models.CharField(_("perbuatan"), max_length=6, choices=Operation.choices)
    row_version = models.BigIntegerField(_("versi yang dilihat"), help_text=_("0 untuk data baru"))
    subject = models.CharField(_("nama data"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("usulan perubahan")
        verbose_name_plural = _("usulan perubahan")
        default_permissions = ()
        ordering = ["position"]
        indexes = [models.Index(fields=["record_id"], name="submissions_change_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "model", "record_id"],
                name="submissions_change_once",
                violation_error_message=_("Data ini sudah ada dalam usulan"),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def kind(self) -> kinds.Kind:
        return kinds.kind_of(self.model)

    @property
    def is_new(self) -> bool:
        return self.operation == Operation.CREATE


class ProposedField(models.Model):
    """One field of a proposed change: the value that the officer saw, the value wanted, and what a reviewer said.

    Values are kept as `submissions.values` writes them; a personal number rests encrypted. Whoever shows one asks the
    mark of sensitivity of the record's own field first (`comparing.py`).
    """

    change = models.ForeignKey(
        ProposedChange,
        verbose_name=_("usulan perubahan"),
        on_delete=models.CASCADE,  # part of the change; both can go only while the submission is a draft
        related_name="fields",
    )
    name = models.CharField(_("isian"), max_length=60)
    base = models.JSONField(_("nilai yang dilihat"), null=True, blank=True)
    proposed = models.JSONField(_("nilai yang diusulkan"), null=True, blank=True)
    decision = models.CharField(_("keputusan"), max_length=6, choices=Decision.choices, blank=True)
    comment = models.CharField(_("catatan penelaah"), max_length=500, blank=True)
    is_written = models.BooleanField(_("tertulis di registri"), default=False)
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diputuskan oleh"),
        on_delete=models.PROTECT,  # who decided stays answerable for it
        null=True,
        blank=True,
        related_name="+",
    )

    sensitivity = dict.fromkeys(["base", "proposed"], Sensitivity.PERSONAL)

    class Meta:
        verbose_name = _("isian yang diusulkan")
        verbose_name_plural = _("isian yang diusulkan")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "name"], name="submissions_field_once"),
            models.CheckConstraint(
                name="submissions_field_decided",
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                violation_error_message=_("Keputusan mencatat siapa dan kapan"),
            ),
            models.CheckConstraint(
                name="submissions_field_return_reason",
                condition=~Q(decision=Decision.RETURN) | ~Q(comment=""),
                violation_error_message=_("Isian yang dikembalikan memerlukan catatan"),
            ),
            models.CheckConstraint(
                name="submissions_field_written_accepted",
                condition=Q(is_written=False) | Q(decision=Decision.ACCEPT),
                violation_error_message=_("Hanya isian yang diterima tertulis di registri"),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def column(self) -> Any:
        """The record's own field that this is about."""
        return self.change.kind.field(self.name)

    @property
    def label(self) -> str:
        return str(self.column.verbose_name)

    @property
    def wanted(self) -> Any:
        """The proposed value as the record's field holds it."""
        return values.read(self.column, self.proposed)
