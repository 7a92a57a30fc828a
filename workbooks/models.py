"""A workbook that an office brought, its rows as they were checked, and what the office's own titles mean."""

import json
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.models import Office
from batik_registry import encryption
from submissions.lifecycle import OPEN
from submissions.models import Submission
from workbooks.choices import AT_WORK, READY, Deed, Outcome, State

#: After so long without a sign a check counts as interrupted.
SILENCE = timedelta(minutes=2)
#: So long a workbook that nobody goes on with is kept: it holds what belongs to persons.
KEPT = timedelta(days=60)


class Sealed(models.BinaryField):
    """Bytes that rest encrypted: a workbook may hold a NIK."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else encryption.decrypt_bytes(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encryption.encrypt_bytes(bytes(value))


class SealedJSON(models.TextField):
    """JSON that rests encrypted."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return json.loads(encryption.decrypt(value)) if value else {}

    def get_prep_value(self, value: Any) -> Any:
        return encryption.encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) if value else ""


class WorkbookQuerySet(models.QuerySet["Workbook"]):
    def of_office(self, user: Any) -> Self:
        """The workbooks of the user's office; to a centre's manager only the own."""
        if user.office_id is None:
            return self.none()
        rows = self.filter(office=user.office_id)
        return rows if user.assigned_ids is None else rows.filter(created_by=user)

    def current(self) -> Self:
        return self.filter(state__in=[*AT_WORK, State.CHECKED])

    def interrupted(self) -> Self:
        """Begun, and nobody has said for a while that it goes on: a worker was stopped at it."""
        return self.filter(state__in=AT_WORK, touched_at__lt=timezone.now() - SILENCE)

    def forgotten(self) -> Self:
        return self.filter(touched_at__lt=timezone.now() - KEPT).exclude(state__in=AT_WORK)

    def counted(self) -> Self:
        """Adds `bad` and `ready`, how many rows want mending and how many could go."""
        return self.annotate(
            bad=Count("rows", filter=Q(rows__outcome=Outcome.BAD)),
            ready=Count("rows", filter=Q(rows__outcome__in=READY)),
        )


class Workbook(models.Model):
    """A file of rows that an officer brought: checked as a whole, mended, and submitted row by row.

    `mapping` says which column (counted from 0) holds which field; `progress` is how many of `total` rows are checked,
    and `touched_at` when whoever holds the `claim` last said that it is at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(
        Office,
        verbose_name=_("kantor/dinas"),
        on_delete=models.PROTECT,  # what an office brought belongs to it
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("pengunggah"),
        on_delete=models.PROTECT,  # who brought it stays answerable for it
        related_name="+",
    )
    created_at = models.DateTimeField(_("diunggah pada"), default=timezone.now)
    claim = models.UUIDField(_("giliran"), null=True, editable=False)
    touched_at = models.DateTimeField(_("terakhir dikerjakan pada"), default=timezone.now)
    kind = models.CharField(_("jenis isi"), max_length=30)
    name = models.CharField(_("nama berkas"), max_length=200)
    state = models.CharField(_("keadaan"), max_length=8, choices=State.choices, default=State.READING)
    refusal = models.CharField(_("alasan ditolak"), max_length=500, blank=True)
    sheet = models.CharField(_("lembar"), max_length=100, blank=True)
    heading_row = models.PositiveIntegerField(_("baris judul"), default=0)
    titles = models.JSONField(_("judul kolom"), default=list)
    mapping = models.JSONField(_("arti kolom"), default=dict)
    total = models.PositiveIntegerField(_("banyaknya baris"), default=0)
    progress = models.PositiveIntegerField(_("sudah diperiksa"), default=0)
    rounds = models.PositiveIntegerField(_("kali diajukan"), default=0)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diajukan oleh"),
        on_delete=models.PROTECT,  # in whose name a worker sends it
        null=True,
        related_name="+",
    )
    submissions = models.ManyToManyField(Submission, verbose_name=_("usulan"), blank=True, related_name="+")

    objects = WorkbookQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas Excel")
        verbose_name_plural = _("berkas Excel")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["office", "state"], name="workbooks_of_office")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        """Somebody reads or sends it just now, or was interrupted at it."""
        return self.state in AT_WORK

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have which outcome. One query."""
        found = self.rows.order_by().values_list("outcome").annotate(Count("pk"))
        return dict.fromkeys(Outcome.values, 0) | dict(found)


class Content(models.Model):
    """The file itself, as it came. Apart from the workbook, for nobody needs it to show a page."""

    workbook = models.OneToOneField(
        Workbook,
        verbose_name=_("berkas Excel"),
        on_delete=models.CASCADE,  # a part of it
        related_name="content",
    )
    data: Any = Sealed(_("isi"))

    class Meta:
        verbose_name = _("isi berkas Excel")
        verbose_name_plural = _("isi berkas Excel")

    def __str__(self) -> str:
        return str(self.workbook)


class RowQuerySet(models.QuerySet["Row"]):
    def ready(self) -> Self:
        return self.filter(outcome__in=READY)

    def proposed_by(self, office: Any, marks: list[str]) -> Self:
        """Rows of the office about one of these things, on their way in a submission that nobody has decided."""
        sent = self.filter(outcome=Outcome.SENT, marks__overlap=marks, workbook__office=office)
        return sent.filter(submission__state__in=OPEN)

    def bad(self) -> Self:
        return self.filter(outcome=Outcome.BAD)


class Row(models.Model):
    """One row of the sheet, by its number there: what was read, what stands against it, what it would change.

    `content` holds `cells` (by field), `problems`, and `diff` (by field the base and the proposed value, as proposals
    keep them). `marks` are keyed hashes by which the same thing is found twice in one file.
    """

    workbook = models.ForeignKey(
        Workbook,
        verbose_name=_("berkas Excel"),
        on_delete=models.CASCADE,  # a part of it
        related_name="rows",
    )
    number = models.PositiveIntegerField(_("nomor baris"))
    outcome = models.CharField(_("hasil"), max_length=6, choices=Outcome.choices)
    subject = models.CharField(_("nama data"), max_length=300, blank=True)
    deed = models.CharField(_("tindakan"), max_length=6, choices=Deed.choices, blank=True)
    record_id = models.UUIDField(_("ID data"), null=True)
    row_version = models.BigIntegerField(_("versi yang dilihat"), default=0)
    changed = models.PositiveSmallIntegerField(_("banyaknya isian berubah"), default=0)
    warnings = models.PositiveSmallIntegerField(_("banyaknya peringatan"), default=0)
    submission = models.ForeignKey(
        Submission,
        verbose_name=_("usulan"),
        on_delete=models.PROTECT,  # submissions are never deleted
        null=True,
        related_name="+",
    )
    marks = ArrayField(models.CharField(max_length=64), verbose_name=_("sidik"), default=list)
    content: Any = SealedJSON(_("isi"), default=dict)

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = _("baris berkas Excel")
        verbose_name_plural = _("baris berkas Excel")
        ordering = ["number"]
        indexes = [
            models.Index(fields=["workbook", "outcome", "number"], name="workbooks_row_outcome"),
            GinIndex(fields=["marks"], name="workbooks_row_marks", condition=Q(outcome=Outcome.SENT)),
        ]
        constraints = [models.UniqueConstraint(fields=["workbook", "number"], name="workbooks_row_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}".strip()

    @property
    def cells(self) -> dict[str, Any]:
        return dict(self.content.get("cells", {}))

    @property
    def problems(self) -> list[dict[str, Any]]:
        return list(self.content.get("problems", []))

    @property
    def faults(self) -> list[dict[str, Any]]:
        return [one for one in self.problems if one["blocks"]]

    @property
    def diff(self) -> dict[str, Any]:
        return dict(self.content.get("diff", {}))


class KnownTitle(models.Model):
    """What a title means in the files of one office; said once, known ever after. `field` is "" for "leave it out"."""

    office = models.ForeignKey(
        Office,
        verbose_name=_("kantor/dinas"),
        on_delete=models.CASCADE,  # a habit of the office, no record
        related_name="+",
    )
    kind = models.CharField(_("jenis isi"), max_length=30)
    title = models.CharField(_("judul"), max_length=200)
    field = models.CharField(_("isian"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("judul kolom yang dikenal")
        verbose_name_plural = _("judul kolom yang dikenal")
        constraints = [models.UniqueConstraint(fields=["office", "kind", "title"], name="workbooks_title_once")]

    def __str__(self) -> str:
        return self.title
