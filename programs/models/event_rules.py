"""What always holds between the columns of an event."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.choices import EventKind, EventStatus

LONGEST_DAYS = 31  # a longer event says why

EVENT_CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["code"],
        name="programs_event_code",
        violation_error_message=_("Kode kegiatan ini baru saja terpakai; simpan sekali lagi"),
        violation_error_code="code",
    ),
    models.UniqueConstraint(
        fields=["name", "starts_on", "region"],
        name="programs_event_once",
        nulls_distinct=False,
        violation_error_message=_("Kegiatan dengan nama dan tanggal mulai ini sudah tercatat"),
        violation_error_code="name",
    ),
    models.CheckConstraint(
        name="programs_event_dates",
        condition=Q(ends_on__gte=F("starts_on")),
        violation_error_message=_("Tanggal selesai tidak boleh sebelum tanggal mulai"),
        violation_error_code="ends_on",
    ),
    models.CheckConstraint(
        name="programs_event_long_reason",
        condition=Q(ends_on__lt=F("starts_on") + timedelta(days=LONGEST_DAYS)) | ~Q(long_reason=""),
        violation_error_message=_("Kegiatan lebih dari 31 hari memerlukan alasan"),
        violation_error_code="long_reason",
    ),
    models.CheckConstraint(
        name="programs_event_opened_within",
        condition=Q(opened_on=None) | Q(opened_on__gte=F("starts_on"), opened_on__lte=F("ends_on")),
        violation_error_message=_("Pembukaan terjadi di antara tanggal mulai dan tanggal selesai"),
        violation_error_code="opened_on",
    ),
    models.CheckConstraint(
        name="programs_event_topic",
        condition=~Q(kind=EventKind.TRAINING) | ~Q(topic=""),
        violation_error_message=_("Isi topik pelatihan"),
        violation_error_code="topic",
    ),
    models.CheckConstraint(
        name="programs_event_cancel_reason",
        condition=~Q(status=EventStatus.CANCELLED) | ~Q(status_reason=""),
        violation_error_message=_("Tulis alasan kegiatan dibatalkan"),
        violation_error_code="status_reason",
    ),
    models.CheckConstraint(
        name="programs_event_status_pair",
        condition=Q(status_at=None, status_by=None) | Q(status_at__isnull=False, status_by__isnull=False),
        violation_error_message=_("Waktu status dan nama yang menetapkannya harus diisi bersama"),
        violation_error_code="status_at",
    ),
]
