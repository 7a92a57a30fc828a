"""Exhibitions, trainings and other events."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.lists import ListField
from batik_registry.measures import Measure
from batik_registry.models import RegionalRecord
from batik_registry.templatetags.formats import grouped, tanggal
from batik_registry.triggers import Trigger
from centres.choices import ProgrammeTag, RuleCode
from centres.models import Centre, Rule
from centres.models.searchable import Searchable
from programs import event_life
from programs.choices import SELLING, EventGoal, EventKind, EventMode, EventStatus
from programs.models.event_queryset import SETTLED, EventQuerySet
from programs.models.event_rules import EVENT_CONSTRAINTS
from programs.models.organisation import Organisation, Venue

OVER = (EventStatus.FINISHED, EventStatus.CLOSED)


class Event(Searchable, RegionalRecord):
    """Something held for batik makers: an exhibition, a training, a curation, an inauguration.

    It lies in the region of whoever initiated it; the venue has a region of its own. Initiator, organiser and
    facilitator are three roles. The status moves by deeds (programs/event_life.py), it is never typed.
    """

    code = models.CharField(
        _("kode kegiatan"), max_length=30, editable=False, help_text=_("Seperti K-2023-3314-01; diberi sekali, tetap")
    )
    name = models.CharField(_("nama kegiatan"), max_length=200, error_messages={"required": _("Isi nama kegiatan")})
    kind = models.CharField(_("jenis kegiatan"), max_length=22, choices=EventKind.choices)
    mode = models.CharField(_("cara"), max_length=8, choices=EventMode.choices, default=EventMode.OFFLINE)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("selesai"))
    long_reason = models.CharField(
        _("alasan lebih dari 31 hari"), max_length=300, blank=True, help_text=_("Hanya untuk kegiatan yang panjang")
    )
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("daerah pemrakarsa"),
        on_delete=models.PROTECT,  # regions are never dropped: old reports keep them
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Provinsi atau kabupaten/kota yang memprakarsai; kosong bila diprakarsai pusat"),
    )
    centre = models.ForeignKey(
        Centre,
        verbose_name=_("sentra"),
        on_delete=models.PROTECT,  # a centre is archived, never deleted
        null=True,
        blank=True,
        related_name="event_set",
        help_text=_("Bila kegiatan ini untuk satu sentra"),
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("tempat"),
        on_delete=models.PROTECT,  # an event keeps saying where it was
        null=True,
        blank=True,
        related_name="event_set",
        help_text=_("Wilayahnya boleh berbeda dari daerah pemrakarsa"),
    )

    initiator = models.ForeignKey(
        Organisation,
        verbose_name=_("pemrakarsa"),
        on_delete=models.PROTECT,  # an event keeps saying who wanted it
        related_name="initiated_events",
        error_messages={"required": _("Pilih pemrakarsa kegiatan")},
        help_text=_("Yang berinisiatif mengadakan kegiatan"),
    )
    organiser = models.ForeignKey(
        Organisation,
        verbose_name=_("penyelenggara"),
        on_delete=models.PROTECT,  # an event keeps saying who held it
        null=True,
        blank=True,
        related_name="organised_events",
        help_text=_("Yang menjalankan kegiatan; boleh sama dengan pemrakarsa"),
    )
    facilitator = models.ForeignKey(
        Organisation,
        verbose_name=_("fasilitator"),
        on_delete=models.PROTECT,  # an event keeps saying who helped
        null=True,
        blank=True,
        related_name="facilitated_events",
        help_text=_("Yang menyediakan tempat, biaya, atau pendampingan"),
    )
    opened_by = models.CharField(
        _("dibuka oleh"), max_length=200, blank=True, help_text=_("Jabatan, misalnya Direktur Jenderal IKMA")
    )
    opened_on = models.DateField(_("dibuka pada"), null=True, blank=True)

    goals = ListField(
        models.CharField(max_length=14, choices=EventGoal.choices), verbose_name=_("tujuan"), default=list, blank=True
    )
    programme_tags = ListField(
        models.CharField(max_length=8, choices=ProgrammeTag.choices),
        verbose_name=_("program"),
        default=list,
        blank=True,
    )
    description = models.TextField(_("uraian"), blank=True)
    topic = models.CharField(_("topik"), max_length=200, blank=True, help_text=_("Wajib untuk pelatihan"))
    hours = Measure(_("jam pelajaran"), null=True, blank=True)
    sessions = models.PositiveSmallIntegerField(
        _("jumlah sesi atau kunjungan"), null=True, blank=True, help_text=_("Untuk pendampingan dan pelatihan")
    )

    target_participants = models.PositiveIntegerField(_("target peserta (IKM)"), null=True, blank=True)
    declared_participants = models.PositiveIntegerField(
        _("peserta menurut pernyataan (IKM)"),
        null=True,
        blank=True,
        help_text=_("Seperti dikatakan penyelenggara atau berita; dibandingkan dengan peserta tercatat"),
    )
    target_visitors = models.PositiveIntegerField(_("target pengunjung"), null=True, blank=True)
    visitors = models.PositiveIntegerField(_("pengunjung"), null=True, blank=True)

    status = models.CharField(
        _("status"), max_length=19, choices=EventStatus.choices, default=EventStatus.PLANNED, editable=False
    )
    status_at = models.DateTimeField(_("status sejak"), null=True, blank=True, editable=False)
    status_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("status ditetapkan oleh"),
        on_delete=models.PROTECT,  # who closed or cancelled an event stays answerable for it
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    status_reason = models.CharField(
        _("alasan"), max_length=300, blank=True, help_text=_("Mengapa kegiatan dibatalkan")
    )

    objects = EventQuerySet.as_manager()

    search_parts = ("name", "code")

    class Meta(RegionalRecord.Meta):
        verbose_name = _("kegiatan")
        verbose_name_plural = _("kegiatan")
        ordering = ["-starts_on", "name", "id"]
        indexes = [
            *Searchable.Meta.indexes,
            models.Index(fields=["kind", "status", "starts_on"], name="programs_event_counted"),
        ]
        constraints = [*RegionalRecord.Meta.constraints, *EVENT_CONSTRAINTS]

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: Any = None) -> None:
        if self._state.adding and not self.code and isinstance(self.starts_on, date):
            self.code = self._next_code()
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        super().clean()
        if self.region_id and len(self.region_id) > 5:
            raise ValidationError({"region": _("Pilih kabupaten/kota atau provinsi, bukan kecamatan atau desa")})
        if self.centre_id and self.region_id and not self.centre.region_code.startswith(self.region_id):
            raise ValidationError({"centre": _("Sentra ini berada di luar daerah pemrakarsa")})
        self._check_move()
        self._check_day_of_status()

    def _next_code(self) -> str:
        """The next number of the year and region. Two at once meet the unique constraint; one saves again."""
        prefix = f"K-{self.starts_on.year}-{(self.region_id or '00').replace('.', '')}-"
        codes = Event.objects.filter(code__startswith=prefix).values_list("code", flat=True)
        return f"{prefix}{max((int(code[len(prefix) :]) for code in codes), default=0) + 1:02d}"

    # --- the status -----------------------------------------------------------------------------------------------

    def _check_move(self) -> None:
        """A status follows from another as the table says; an event older than the registry may come in anywhere."""
        was = Event.objects.filter(pk=self.pk).values_list("status", flat=True).first()
        if was == self.status:
            return
        if was is not None and not event_life.may_follow(was, self.status):
            told = {"before": EventStatus(was).label, "after": self.get_status_display()}
            raise ValidationError({"status": _("Status tidak berubah dari %(before)s menjadi %(after)s") % told})
        if self.status == EventStatus.CLOSED and (lacking := self.lacks_before_closing()):
            raise ValidationError({"status": lacking})

    def _check_day_of_status(self) -> None:
        today = timezone.localdate()
        if self.status == EventStatus.RUNNING and self.starts_on and self.starts_on > today:
            raise ValidationError({"status": _("Kegiatan ini baru mulai pada %s") % tanggal(self.starts_on)})
        if self.status in OVER and self.ends_on and self.ends_on > today:
            raise ValidationError({"status": _("Kegiatan ini baru selesai pada %s") % tanggal(self.ends_on)})

    def lacks_before_closing(self) -> str:
        """What stands in the way of closing, in a sentence; "" where nothing does. Two or three queries."""
        taking_part = self.participation_set.participating()
        count, missing = taking_part.count(), taking_part.without_result().count()
        if not count:
            lacking = _("Belum ada peserta yang tercatat; catat peserta beserta hasilnya")
            return str(lacking) if self.kind in SELLING else ""
        share = Rule.objects.number(RuleCode.RESULTS_PCT)
        if share is None or (count - missing) * 100 >= share * count:
            return ""
        told = {"missing": missing, "count": count, "share": grouped(share)}
        sentence = _(
            "%(missing)d dari %(count)d peserta belum punya hasil. Isi hasilnya atau tandai tidak ada transaksi; "
            "kegiatan ditutup bila sedikitnya %(share)s%% peserta sudah punya hasil"
        )
        return str(sentence % told)

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    @property
    def declared_share(self) -> Decimal | None:
        """Declared participants in percent of the declared members of the centre, such as 37 of 139: 26.6."""
        members = self.centre.member_count_declared if self.centre else None
        if not members or self.declared_participants is None:
            return None
        return (Decimal(100) * self.declared_participants / members).quantize(Decimal("0.1"))

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def period(self) -> str:
        """11–15 Desember 2023, with as much of the first day as differs from the last."""
        first, last = self.starts_on, self.ends_on
        if first == last:
            return tanggal(last)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{tanggal(last)}"
        return f"{tanggal(first)} – {tanggal(last)}"

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        return [*super().database_triggers(), cls._status_trigger()]

    @classmethod
    def _status_trigger(cls) -> Trigger:
        return Trigger(
            table=cls._meta.db_table,
            name="record_12_status",
            when="BEFORE UPDATE",
            condition="OLD.status IS DISTINCT FROM NEW.status",
            body=f"""
                IF (OLD.status, NEW.status) NOT IN ({event_life.pairs_in_sql()}) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'programs_event_status',
                        MESSAGE = 'Status kegiatan hanya berubah lewat langkah yang tercatat';
                END IF;
                RETURN NEW;
            """,
        )
