"""The submission: what an office asks the ministry to change, and how far that has come."""

from typing import Any, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from batik_registry.models import RegionalQuerySet, RegionalRecord
from changes.models import Change
from submissions.choices import Desk, Outcome, Purpose, State
from submissions.lifecycle import DECIDED, OPEN
from submissions.routing import desk_filter


class SubmissionQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Submissions of the user's region; a draft only within its office, and to a centre's manager only the own."""
        prefix = user.region_prefix
        if prefix is None or not user.may.read(self.model):
            return self.none()
        rows = self.filter(region_code__startswith=prefix) if prefix else self
        if user.assigned_ids is not None:
            rows = rows.filter(Q(created_by=user.pk) | Q(keeper=user.pk))
        return rows.filter(~Q(state=State.DRAFT) | Q(office=user.office_id))

    def editable_by(self, user: Any) -> Self:
        """The drafts of the user's office: they belong to it, not to whoever began them."""
        return self.visible_to(user).filter(state=State.DRAFT, office=user.office_id)

    def open(self) -> Self:
        """Sent and not yet decided."""
        return self.filter(state__in=OPEN)

    def at_desk_of(self, user: Any) -> Self:
        """What waits for this very user: at the own desk, and neither written nor sent by the user. Oldest first."""
        waiting = self.visible_to(user).open().filter(desk_filter(user))
        return waiting.exclude(Q(created_by=user.pk) | Q(submitted_by=user.pk)).order_by("submitted_at", "pk")

    def decided_since(self, moment: Any) -> Self:
        return self.filter(state__in=DECIDED, decided_at__gte=moment)

    def with_size(self) -> Self:
        """Adds `size`, how many fields it would change."""
        fields = self.model.changes.rel.related_model.objects.filter(submission=OuterRef("pk")).order_by()
        counted = fields.values("submission").annotate(size=Count("fields")).values("size")
        return self.annotate(size=Coalesce(Subquery(counted), 0))

    def with_movement(self) -> Self:
        """Adds `has_moved`: one of its records was changed since the outcome was found; it may be another now."""
        since = Change.objects.filter(
            record_id=Cast(OuterRef("record_id"), models.CharField()), recorded_at__gt=OuterRef(OuterRef("examined_at"))
        )
        changes = self.model.changes.rel.related_model.objects.filter(Exists(since), submission=OuterRef("pk"))
        return self.annotate(has_moved=Exists(changes))


def _user(name: Any, **options: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=name,
        on_delete=models.PROTECT,  # who wrote, sent or decided stays answerable for it
        editable=False,
        related_name="+",
        **options,
    )


class Submission(RegionalRecord):
    """What an office proposes to change in the registry: one or many records, sent to be decided as one matter.

    A draft is the office's. Once sent nothing in it changes but decisions, which a trigger sees to. What was returned
    goes on as a new draft that names this one as its `parent`, so that the thread stays readable. `verified_at` and
    `verified_by` say who passed it on last. Being a regional record, it can carry attachments: the evidence.
    """

    number = models.CharField(_("nomor"), max_length=16, unique=True, editable=False)
    office = models.ForeignKey(
        Office,
        verbose_name=_("kantor/dinas"),
        on_delete=models.PROTECT,  # what an office asked for outlives the office
        related_name="submissions",
    )
    purpose = models.CharField(_("jenis"), max_length=8, choices=Purpose.choices, default=Purpose.CHANGE)
    title = models.CharField(_("tentang"), max_length=300, blank=True, editable=False)
    due_on = models.DateField(_("tenggat"), null=True, blank=True, help_text=_("Hanya untuk laporan berkala"))
    note = models.TextField(_("catatan pengusul"), blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("kelanjutan dari"),
        on_delete=models.PROTECT,  # a thread keeps its beginning
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
    )
    client_key = models.CharField(
        _("kunci pengiriman"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Kiriman berulang dikenali darinya"),
    )

    state = models.CharField(_("status"), max_length=9, choices=State.choices, default=State.DRAFT, editable=False)
    desk = models.CharField(_("meja"), max_length=8, choices=Desk.choices, blank=True, editable=False)
    outcome = models.CharField(
        _("hasil pemeriksaan"),
        max_length=8,
        choices=Outcome.choices,
        default=Outcome.UNKNOWN,
        blank=True,
        editable=False,
    )

    # When the outcome was found: a clock of the machine, that nobody's name belongs to.
    examined_at = models.DateTimeField(_("diperiksa pada"), null=True, blank=True, editable=False)

    created_by = _user(_("disusun oleh"))
    keeper = _user(_("dipegang oleh"))
    submitted_at = models.DateTimeField(_("dikirim pada"), null=True, blank=True, editable=False)
    submitted_by = _user(_("dikirim oleh"), null=True, blank=True)
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True, editable=False)
    decided_by = _user(_("diputuskan oleh"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    region_source = "office"
    #: What a simulation said last is computed, and no change of the submission.
    unlogged_columns = ("outcome", "examined_at")
    #: The columns that stand still once it was sent.
    FROZEN = (
        "id",
        "number",
        "office_id",
        "purpose",
        "title",
        "due_on",
        "note",
        "parent_id",
        "client_key",
        "created_at",
        "created_by_id",
    )

    class Meta(RegionalRecord.Meta):
        verbose_name = _("usulan")
        verbose_name_plural = _("usulan")
        ordering = ["submitted_at", "id"]
        indexes = [
            models.Index(fields=["desk", "submitted_at"], condition=Q(state__in=OPEN), name="submissions_queue"),
            models.Index(fields=["decided_at"], name="submissions_decided"),
        ]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["office", "client_key"],
                condition=~Q(client_key=""),
                name="submissions_client_key",
                violation_error_message=_("Kiriman ini sudah diterima"),
                violation_error_code="client_key",
            ),
            models.CheckConstraint(
                name="submissions_report_due",
                condition=~Q(purpose=Purpose.REPORT) | Q(due_on__isnull=False),
                violation_error_message=_("Laporan berkala mempunyai tenggat"),
                violation_error_code="due_on",
            ),
            models.CheckConstraint(
                name="submissions_submitted_pair",
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                violation_error_message=_("Waktu kirim dan nama pengirim harus diisi bersama"),
                violation_error_code="submitted_at",
            ),
            models.CheckConstraint(
                name="submissions_decided_pair",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                violation_error_message=_("Waktu putusan dan nama yang memutuskan harus diisi bersama"),
                violation_error_code="decided_at",
            ),
            models.CheckConstraint(
                name="submissions_decided_when_decided",
                condition=Q(state__in=DECIDED, decided_at__isnull=False) | (~Q(state__in=DECIDED) & Q(decided_at=None)),
                violation_error_message=_("Usulan yang diputuskan mencatat siapa dan kapan"),
                violation_error_code="decided_at",
            ),
            models.CheckConstraint(
                name="submissions_not_ones_own",
                condition=Q(decided_by=None) | (~Q(decided_by=F("created_by")) & ~Q(decided_by=F("submitted_by"))),
                violation_error_message=_("Usulan sendiri tidak boleh diputuskan sendiri"),
                violation_error_code="decided_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def clean_fields(self, exclude: Any = None) -> None:
        if not self.number:
            self.number = _next_number()
        super().clean_fields(exclude=exclude)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """A report that was sent after its day, or is not sent although its day has passed."""
        if self.due_on is None:
            return False
        sent = timezone.localtime(self.submitted_at).date() if self.submitted_at else timezone.localdate()
        return sent > self.due_on

    @property
    def days_waiting(self) -> int:
        """Whole days since it was sent; 0 for a draft."""
        return (timezone.now() - self.submitted_at).days if self.submitted_at else 0


def _next_number() -> str:
    """U-2026-000123. The running number never begins again, so a gap means a draft that was not kept, no more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('submissions_number')")
        return f"U-{timezone.localdate().year}-{cursor.fetchone()[0]:06d}"
