"""Money given to a region for its centres, from proposal to a building in use."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from batik_registry.fields import Rupiah
from batik_registry.models import RegionalQuerySet, RegionalRecord, Sensitivity, TriggerText
from batik_registry.triggers import Trigger
from centres.choices import Commodity
from programs import lifecycle
from programs.choices import AllocationKind, AllocationSource, DisbursementMode, Purpose, State
from programs.models.guards import ALLOCATION_GUARDS

FIRST_YEAR = 2016  # DAK for small industry began then
MONEY = models.DecimalField(max_digits=20, decimal_places=0)


class AllocationQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Allocations of the user's region; for a centre's manager, those that serve the centre."""
        if user.assigned_ids is None or user.region_prefix is None:
            return super().visible_to(user)
        served = self.model.centre_links.rel.related_model.objects.filter(centre__in=user.assigned_ids)
        return self.filter(pk__in=served.order_by().values("allocation"), region_code__startswith=user.region_prefix)

    def in_fiscal_year(self, year: int) -> Self:
        return self.filter(fiscal_year=year)

    def dak(self) -> Self:
        return self.filter(source_of_funds=AllocationSource.DAK)

    def batik(self) -> Self:
        """Allocations that serve a batik centre; one for another commodity stays out of batik totals."""
        links = self.model.centre_links.rel.related_model.objects
        return self.filter(Exists(links.filter(allocation=OuterRef("pk"), centre__commodity=Commodity.BATIK)))

    def with_money(self) -> Self:
        """Adds `contracted`, `disbursed` and `absorbed` in rupiah, None where nothing of the kind is known."""
        contracts = self._of("contract_set")
        disbursed = self._of("disbursement_set").filter(received_on__isnull=False)
        reports = self._of("progressreport_set").filter(absorbed_idr__isnull=False)
        return self.annotate(
            contracted=_total(contracts, "value_idr"),
            disbursed=_total(disbursed, "amount_idr"),
            absorbed=Subquery(reports.order_by("-year", "-quarter").values("absorbed_idr")[:1]),
        )

    def with_progress(self) -> Self:
        """Adds `physical` and `output`: the percentages that were last reported, None where none was."""
        reports = self._of("progressreport_set").order_by("-year", "-quarter")
        return self.annotate(
            physical=Subquery(reports.filter(physical_pct__isnull=False).values("physical_pct")[:1]),
            output=Subquery(reports.filter(output_pct__isnull=False).values("output_pct")[:1]),
        )

    def with_watch(self) -> Self:
        """Adds `taken_in_at`, the moment of `watched_since`."""
        steps = self._of("step_set").filter(deed=lifecycle.Deed.TAKE_IN)
        return self.annotate(taken_in_at=Subquery(steps.values("decided_at")[:1]))

    def _of(self, name: str) -> Any:
        related = getattr(self.model, name).rel.related_model
        return related.objects.filter(allocation=OuterRef("pk")).order_by()


def _total(rows: Any, field: str) -> Subquery:
    return Subquery(rows.values("allocation").annotate(total=Sum(field)).values("total"), output_field=MONEY)


class Allocation(RegionalRecord):
    """Money for one purpose in one region and fiscal year: DAK fisik or nonfisik, or another fund.

    It belongs to the region and serves centres. Amounts of different kinds stay apart: proposed, ceiling (pagu) and
    activity plan (RK) here; contracted, disbursed and absorbed are what the rows below it add up to.
    """

    code = models.CharField(
        _("kode alokasi"), max_length=30, editable=False, help_text=_("Seperti A-2023-3314-01; diberi sekali, tetap")
    )
    title = models.CharField(
        _("nama alokasi"),
        max_length=200,
        error_messages={"required": _("Isi nama alokasi, misalnya Pembangunan Sentra IKM Batik")},
    )
    fiscal_year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    kind = models.CharField(_("jenis"), max_length=8, choices=AllocationKind.choices, default=AllocationKind.PHYSICAL)
    source_of_funds = models.CharField(
        _("sumber dana"), max_length=9, choices=AllocationSource.choices, default=AllocationSource.DAK
    )
    purpose = models.CharField(_("tujuan"), max_length=12, choices=Purpose.choices, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("daerah penerima"),
        on_delete=models.PROTECT,  # regions are never dropped: old reports keep them
        related_name="+",
        error_messages={"required": _("Pilih daerah penerima")},
        help_text=_("Kabupaten/kota, atau provinsi bila provinsi penerimanya"),
    )
    office = models.ForeignKey(
        Office,
        verbose_name=_("dinas pelaksana"),
        on_delete=models.PROTECT,  # the office stays answerable for the money
        null=True,
        blank=True,
        related_name="allocations",
    )
    field_code = models.CharField(_("bidang/subbidang"), max_length=100, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=300, blank=True)
    krisna_id = models.CharField(_("ID KRISNA"), max_length=60, blank=True)

    proposed_idr = Rupiah(_("usulan (rupiah)"), null=True, blank=True)
    ceiling_idr = Rupiah(_("pagu alokasi (rupiah)"), null=True, blank=True)
    plan_idr = Rupiah(_("nilai RK (rupiah)"), null=True, blank=True)
    disbursement_mode = models.CharField(
        _("pola penyaluran"),
        max_length=21,
        choices=DisbursementMode.choices,
        blank=True,
        help_text=_("Kosong: mengikuti aturan tahun itu"),
    )
    facility = models.ForeignKey(
        "centres.CentreFacility",
        verbose_name=_("gedung yang dibangun"),
        on_delete=models.PROTECT,  # a building keeps saying who paid for it
        null=True,
        blank=True,
        related_name="allocations",
    )
    state = TriggerText(_("tahap"), max_length=28, choices=State.choices, editable=False, blank=True, default="")

    objects = AllocationQuerySet.as_manager()

    fields_of_triggers = [*RegionalRecord.fields_of_triggers, "state"]
    centre_path = "centre_links__centre"
    sensitivity = dict.fromkeys(["proposed_idr", "krisna_id"], Sensitivity.RESTRICTED)
    guards = ALLOCATION_GUARDS

    class Meta(RegionalRecord.Meta):
        verbose_name = _("alokasi")
        verbose_name_plural = _("alokasi")
        ordering = ["-fiscal_year", "region", "code"]
        indexes = [models.Index(fields=["fiscal_year", "kind", "state"], name="programs_allocation_counted")]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"],
                name="programs_allocation_code",
                violation_error_message=_("Kode alokasi ini baru saja terpakai; simpan sekali lagi"),
                violation_error_code="code",
            ),
            models.UniqueConstraint(
                fields=["krisna_id"],
                condition=~Q(krisna_id=""),
                name="programs_allocation_krisna",
                violation_error_message=_("ID KRISNA ini sudah dipakai alokasi lain"),
                violation_error_code="krisna_id",
            ),
            models.CheckConstraint(
                name="programs_allocation_year",
                condition=Q(fiscal_year__range=(FIRST_YEAR, 2100)),
                violation_error_message=_("Tahun anggaran sedikitnya 2016, ditulis empat angka"),
                violation_error_code="fiscal_year",
            ),
            models.CheckConstraint(
                name="programs_allocation_plan_in_ceiling",
                condition=Q(plan_idr=None) | Q(ceiling_idr=None) | Q(plan_idr__lte=F("ceiling_idr")),
                violation_error_message=_("Nilai RK melebihi pagu alokasi"),
                violation_error_code="plan_idr",
            ),
            models.CheckConstraint(
                name="programs_allocation_purpose",
                condition=Q(kind=AllocationKind.NON_PHYSICAL) | ~Q(purpose=""),
                violation_error_message=_("Pilih tujuan dana fisik: pembangunan atau revitalisasi"),
                violation_error_code="purpose",
            ),
            models.CheckConstraint(
                name="programs_allocation_no_purpose",
                condition=Q(kind=AllocationKind.PHYSICAL) | Q(purpose=""),
                violation_error_message=_("Tujuan pembangunan atau revitalisasi hanya untuk dana fisik"),
                violation_error_code="purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, TA {self.fiscal_year}"

    def clean_fields(self, exclude: Any = None) -> None:
        if self._state.adding and not self.code and isinstance(self.fiscal_year, int) and self.region_id:
            self.code = self._next_code()
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        super().clean()
        if self.fiscal_year and self.fiscal_year > timezone.localdate().year + 1:
            raise ValidationError({"fiscal_year": _("Tahun anggaran paling jauh tahun depan")})
        if self.region_id and len(self.region_id) > 5:
            raise ValidationError({"region": _("Pilih kabupaten/kota atau provinsi, bukan kecamatan atau desa")})
        if self.office_id and self.region_id and not self.region_id.startswith(self.office.reach or ""):
            raise ValidationError({"office": _("Dinas ini bekerja di daerah lain")})
        if self.facility_id and self.region_id and not self.facility.region_code.startswith(self.region_id):
            raise ValidationError({"facility": _("Gedung ini berada di daerah lain")})
        self._check_plan()

    def _check_plan(self) -> None:
        if self.state not in lifecycle.PLAN_FIXED:
            return
        before = Allocation.objects.filter(pk=self.pk).values_list("plan_idr", flat=True).first()
        if before is not None and before != self.plan_idr:
            raise ValidationError({"plan_idr": _("RK sudah disetujui; buka perubahan RK dahulu")})

    def _next_code(self) -> str:
        """The next number of the year and region. Two at once meet the unique constraint; one saves again."""
        prefix = f"A-{self.fiscal_year}-{self.region_id.replace('.', '')}-"
        codes = Allocation.objects.filter(code__startswith=prefix).values_list("code", flat=True)
        return f"{prefix}{max((int(code[len(prefix) :]) for code in codes), default=0) + 1:02d}"

    @property
    def watched_since(self) -> date:
        """Of the time before it was taken in nobody owes reports or contracts. Rows `with_watch` only."""
        taken_in_at = self.taken_in_at  # type: ignore[attr-defined]
        return timezone.localtime(taken_in_at).date() if taken_in_at else date.min

    @property
    def life(self) -> lifecycle.Life:
        """Which states and deeds this allocation knows."""
        return lifecycle.life_of(self.source_of_funds, self.kind)

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        return [*super().database_triggers(), cls._state_trigger()]

    @classmethod
    def _state_trigger(cls) -> Trigger:
        """The state comes from the steps alone: before any step the first of its life, then what the last step says."""
        first = " ".join(f"WHEN '{life.code}' THEN '{life.first}'" for life in lifecycle.LIVES)
        return Trigger(
            table=cls._meta.db_table,
            name="record_12_state",
            when="BEFORE INSERT OR UPDATE",
            body=f"""
                IF pg_trigger_depth() > 1 THEN
                    RETURN NEW;  -- a step moves it on
                END IF;
                IF NOT EXISTS (SELECT FROM programs_step WHERE allocation_id = NEW.id) THEN
                    NEW.state := CASE {lifecycle.life_in_sql("NEW")} {first} END;
                ELSIF NEW.state <> OLD.state THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'programs_allocation_state',
                        MESSAGE = 'Tahap alokasi hanya berubah lewat langkah yang tercatat';
                END IF;
                RETURN NEW;
            """,
        )
