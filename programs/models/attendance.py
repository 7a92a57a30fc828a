"""Who sat in a training: people, not businesses."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from batik_registry.measures import Measure
from batik_registry.models import RegionalQuerySet, RegionalRecord, Sensitivity
from batik_registry.search import Squash
from batik_registry.validators import validate_percent
from centres.choices import Sex
from centres.models import Member
from programs.models.event_funding import OfEvent


class AttendanceQuerySet(RegionalQuerySet):
    def count_persons(self) -> int:
        """How many different people: whoever came to three trainings is one person, however the name was typed."""
        told = self.annotate(person=Squash("name")).order_by()
        return len(told.values("person", "member").annotate(times=Count("pk")))


class Attendance(OfEvent):
    """One person's line in the list of those present at a training or another event."""

    name = models.CharField(_("nama"), max_length=150, error_messages={"required": _("Isi nama orang yang hadir")})
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex.choices, blank=True)
    member = models.ForeignKey(
        Member,
        verbose_name=_("IKM"),
        on_delete=models.PROTECT,  # a member is closed or merged, never deleted
        null=True,
        blank=True,
        related_name="attendance_set",
        help_text=_("Usaha tempat orang ini bekerja, bila tercatat"),
    )
    hours = Measure(_("jam hadir"), null=True, blank=True)
    pre_score = Measure(_("nilai sebelum"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    post_score = Measure(_("nilai sesudah"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    certificate_number = models.CharField(_("nomor sertifikat"), max_length=100, blank=True)

    objects = AttendanceQuerySet.as_manager()

    sensitivity = {
        **dict.fromkeys(["name", "sex", "pre_score", "post_score", "certificate_number"], Sensitivity.PERSONAL),
        **dict.fromkeys(["member", "hours"], Sensitivity.RESTRICTED),
    }

    class Meta(OfEvent.Meta):
        verbose_name = _("daftar hadir")
        verbose_name_plural = _("daftar hadir")
        ordering = ["event", "created_at", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["event", "name", "member"],
                name="programs_attendance_once",
                nulls_distinct=False,
                violation_error_message=_("Orang ini sudah tercatat dalam daftar hadir"),
                violation_error_code="name",
            ),
            models.UniqueConstraint(
                fields=["certificate_number"],
                condition=~Q(certificate_number=""),
                name="programs_attendance_certificate",
                violation_error_message=_("Nomor sertifikat ini sudah tercatat untuk orang lain"),
                violation_error_code="certificate_number",
            ),
        ]

    def __str__(self) -> str:
        """Without the name, which is personal."""
        return str(_("Peserta %(event)s") % {"event": self.event})

    def clean(self) -> None:
        super().clean()
        longest: Any = self.event.hours if self.event_id else None
        if self.hours is not None and longest is not None and self.hours > longest:
            raise ValidationError({"hours": _("Jam hadir melebihi jam pelajaran kegiatan")})
