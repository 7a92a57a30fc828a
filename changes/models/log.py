"""The append-only change log, and the hash chain that seals it.

Rows are written by database triggers alone (`changes/triggers.py`). `row` is the record after the change (the last one
before a deletion) as the text of a PostgreSQL composite; `shape` names the composite type that reads it back, so that
old rows stay readable after a table has gained or lost columns.
"""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from changes.choices import Door, Operation


class Decoded(Func):
    """The columns of a logged row as JSON: {"name": ..., ...}."""

    function = "changes_decode"
    output_field = models.JSONField()


class ChangeQuerySet(models.QuerySet["Change"]):
    def of(self, *records: models.Model) -> Self:
        """The changes of these records, oldest first."""
        return self.filter(record_id__in=[str(record.pk) for record in records]).order_by("seq")

    def visible_to(self, user: Any) -> Self:
        prefix = user.region_prefix
        if prefix is None or not user.may.read("changes.change"):
            return self.none()
        return self.filter(region_code__startswith=prefix) if prefix else self

    def with_values(self) -> Self:
        """Annotate `new` and `old`, the record's columns after and before each change (one index look-up a row)."""
        before = (
            Change.objects.filter(record_id=OuterRef("record_id"), model=OuterRef("model"), seq__lt=OuterRef("seq"))
            .order_by("-seq")
            .values(decoded=Decoded(F("shape"), F("row")))[:1]
        )
        return self.annotate(after=Decoded(F("shape"), F("row")), before=Subquery(before))


class Change(models.Model):
    """One change of one record: what, who, when, through which door, why."""

    seq = models.BigAutoField(_("nomor urut"), primary_key=True)
    xid = models.BigIntegerField(_("nomor transaksi"), editable=False)
    recorded_at = models.DateTimeField(_("dicatat pada"))
    model = models.CharField(_("jenis data"), max_length=60)
    record_id = models.CharField(_("ID data"), max_length=40, db_collation="C")
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C", blank=True)
    operation = models.CharField(_("perbuatan"), max_length=1, choices=Operation.choices)
    actor_id = models.CharField(_("ID pelaku"), max_length=40, blank=True)
    actor_name = models.CharField(_("pelaku"), max_length=150, blank=True)
    door = models.CharField(_("pintu"), max_length=10, choices=Door.choices)
    reason = models.TextField(_("alasan"), blank=True)
    submission_id = models.CharField(_("usulan"), max_length=40, blank=True)
    request_id = models.CharField(_("nomor permintaan"), max_length=40, blank=True)
    shape = models.CharField(_("bentuk baris"), max_length=63)
    row = models.TextField(_("isi baris"))

    #: The record's columns after and before the change, where the query asked for them with `with_values()`.
    after: dict[str, Any]
    before: dict[str, Any] | None

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("perubahan")
        verbose_name_plural = _("jejak perubahan")
        default_permissions = ("view",)
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["record_id", "seq"], name="changes_of_record"),
            models.Index(fields=["model", "seq"], condition=models.Q(operation="D"), name="changes_deletions"),
            BrinIndex(fields=["xid"], name="changes_by_transaction", pages_per_range=16, autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.get_operation_display()} {self.model} {self.record_id}"

    @property
    def new(self) -> dict[str, Any] | None:
        """The record after the change; None after a deletion. Needs `with_values()`."""
        return None if self.operation == Operation.DELETE else self.after

    @property
    def old(self) -> dict[str, Any] | None:
        """The record before the change; None before a creation. Needs `with_values()`."""
        return None if self.operation == Operation.INSERT else self.before


class Seal(models.Model):
    """A link of the hash chain: the log in its commit-safe order, position by position."""

    position = models.BigIntegerField(_("posisi"), primary_key=True)
    change = models.OneToOneField(
        Change,
        on_delete=models.DO_NOTHING,  # the log is never deleted; a missing row is for verify_history to find
        db_constraint=False,
        related_name="seal",
    )
    digest = models.BinaryField(_("sidik baris"))
    hash = models.BinaryField(_("sidik rantai"))
    sealed_at = models.DateTimeField(_("disegel pada"))

    class Meta:
        verbose_name = _("segel")
        verbose_name_plural = _("segel")
        default_permissions = ("view",)
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}"


class Epoch(models.Model):
    """A restart of transaction numbers: after a restore into a new cluster they begin low again."""

    starts_after = models.BigIntegerField(_("sesudah nomor urut"), primary_key=True)
    started_at = models.DateTimeField(_("dimulai pada"))

    class Meta:
        verbose_name = _("zaman")
        verbose_name_plural = _("zaman")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.starts_after}"


class PersonalRead(models.Model):
    """Somebody uncovered the personal data of a record, and said why."""

    at = models.DateTimeField(_("waktu"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,  # who read personal data stays answerable for it
        related_name="+",
    )
    model = models.CharField(_("jenis data"), max_length=60)
    record_id = models.CharField(_("ID data"), max_length=40, db_collation="C", db_index=True)
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C", blank=True)
    reason = models.TextField(_("alasan"))

    class Meta:
        verbose_name = _("pembukaan data pribadi")
        verbose_name_plural = _("pembukaan data pribadi")
        default_permissions = ("view",)
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.by}: {self.model} {self.record_id}"
