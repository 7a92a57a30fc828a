"""The rules of a fiscal year for paying DAK out: stages, shares, conditions, last dates. Rows, never code.

They change every year, and sometimes within the year. What was not published, or could not be read, stays empty, and
the row says so in `note`: staff fill it in when they know.
"""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.measures import Measure
from batik_registry.models import Record
from batik_registry.validators import validate_percent
from centres.choices import RuleStatus
from programs.choices import AllocationKind, AmountRule, ConditionKind, DocumentKind, ShareBasis, Stage
from programs.models.allocation import FIRST_YEAR

UNPUBLISHED = _("Angka ini belum terbit atau belum terbaca; tulis itu pada catatan")


class RulesQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Rules are for everybody to know."""
        return self


class RuleSetQuerySet(RulesQuerySet):
    def in_force(self, fiscal_year: int, kind: str) -> "RuleSet | None":
        """The rules of this year and kind, or None where none is recorded."""
        return self.filter(fiscal_year=fiscal_year, kind=kind).first()


class RuleSet(Record):
    """How DAK of one kind is paid out in one fiscal year, and by which regulation."""

    fiscal_year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    kind = models.CharField(_("jenis DAK"), max_length=8, choices=AllocationKind.choices)
    legal_basis = models.CharField(_("dasar hukum"), max_length=300, error_messages={"required": _("Isi dasar hukum")})
    lump_sum_ceiling_idr = Rupiah(
        _("pagu tertinggi untuk salur sekaligus (rupiah)"),
        null=True,
        blank=True,
        help_text=_("Kosong bila belum diketahui"),
    )
    lump_sum_from = models.DateField(_("salur sekaligus sejak"), null=True, blank=True)
    lump_sum_until = models.DateField(_("salur sekaligus sampai"), null=True, blank=True)
    status = models.CharField(
        _("status dasar hukum"), max_length=16, choices=RuleStatus.choices, default=RuleStatus.UNVERIFIED
    )
    note = models.TextField(_("catatan"), blank=True, help_text=_("Apa yang belum diketahui dan perlu diisi staf"))
    source = models.CharField(_("sumber"), max_length=300, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("aturan penyaluran")
        verbose_name_plural = _("aturan penyaluran")
        ordering = ["-fiscal_year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "kind"],
                name="programs_ruleset_once",
                violation_error_message=_("Aturan untuk tahun dan jenis ini sudah ada; perbarui yang itu"),
                violation_error_code="fiscal_year",
            ),
            models.CheckConstraint(
                name="programs_ruleset_year",
                condition=Q(fiscal_year__range=(FIRST_YEAR, 2100)),
                violation_error_message=_("Tahun anggaran sedikitnya 2016, ditulis empat angka"),
                violation_error_code="fiscal_year",
            ),
            models.CheckConstraint(
                name="programs_ruleset_lump_sum_dates",
                condition=Q(lump_sum_from=None) | Q(lump_sum_until=None) | Q(lump_sum_until__gte=F("lump_sum_from")),
                violation_error_message=_("Tanggal akhir tidak boleh sebelum tanggal mulai"),
                violation_error_code="lump_sum_until",
            ),
        ]

    def __str__(self) -> str:
        return f"DAK {self.get_kind_display()} {self.fiscal_year}"


class OfRuleSet(Record):
    """What belongs to the rules of one year."""

    ruleset = models.ForeignKey(
        RuleSet,
        verbose_name=_("aturan penyaluran"),
        on_delete=models.PROTECT,  # rules that money was paid by stay
        related_name="%(class)s_set",
        error_messages={"required": _("Pilih aturan penyaluran")},
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    objects = RulesQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True


class RuleStage(OfRuleSet):
    """One stage of a year's rules, and how its money is reckoned."""

    stage = models.CharField(_("tahap"), max_length=9, choices=Stage.choices)
    mode_note = models.CharField(_("berlaku untuk"), max_length=150, blank=True)
    amount_rule = models.CharField(
        _("cara menghitung"), max_length=18, choices=AmountRule.choices, default=AmountRule.UNPUBLISHED
    )
    share_pct = Measure(_("porsi (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    basis = models.CharField(_("dasar porsi"), max_length=4, choices=ShareBasis.choices, blank=True)
    full_above_pct = Measure(
        _("porsi penuh bila kontrak melebihi (%)"),
        max_digits=5,
        null=True,
        blank=True,
        validators=[validate_percent],
        help_text=_("Dari dasar porsi; bila kurang, yang dibayar nilai kontrak dikurangi yang sudah disalurkan"),
    )

    class Meta(OfRuleSet.Meta):
        verbose_name = _("tahap penyaluran")
        verbose_name_plural = _("tahap penyaluran")
        ordering = ["ruleset", "stage", "amount_rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["ruleset", "stage", "amount_rule"],
                name="programs_rulestage_once",
                violation_error_message=_("Tahap ini sudah ada dalam aturan tahun itu"),
                violation_error_code="stage",
            ),
            models.CheckConstraint(
                name="programs_rulestage_share",
                condition=~Q(amount_rule__in=[AmountRule.SHARE, AmountRule.SHARE_OR_CONTRACTS])
                | (Q(share_pct__isnull=False, share_pct__gt=0) & ~Q(basis="")),
                violation_error_message=_("Isi porsi dan dasarnya"),
                violation_error_code="share_pct",
            ),
            models.CheckConstraint(
                name="programs_rulestage_threshold",
                condition=~Q(amount_rule=AmountRule.SHARE_OR_CONTRACTS) | Q(full_above_pct__isnull=False),
                violation_error_message=_("Isi batas kontrak untuk porsi penuh"),
                violation_error_code="full_above_pct",
            ),
            models.CheckConstraint(
                name="programs_rulestage_unpublished",
                condition=~Q(amount_rule=AmountRule.UNPUBLISHED) | ~Q(note=""),
                violation_error_message=UNPUBLISHED,
                violation_error_code="note",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())


class StageCondition(OfRuleSet):
    """Something that must be shown before a stage is paid: a percentage reached, or a paper handed in."""

    stage = models.CharField(_("tahap"), max_length=9, choices=Stage.choices)
    kind = models.CharField(_("jenis syarat"), max_length=8, choices=ConditionKind.choices)
    threshold_pct = Measure(_("sedikitnya (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    document = models.CharField(_("dokumen"), max_length=20, choices=DocumentKind.choices, blank=True)
    responsible = models.CharField(_("penanggung jawab"), max_length=100, blank=True)

    class Meta(OfRuleSet.Meta):
        verbose_name = _("syarat penyaluran")
        verbose_name_plural = _("syarat penyaluran")
        ordering = ["ruleset", "stage", "kind", "document"]
        constraints = [
            models.UniqueConstraint(
                fields=["ruleset", "stage", "kind", "document"],
                name="programs_stagecondition_once",
                violation_error_message=_("Syarat ini sudah ada untuk tahap tersebut"),
                violation_error_code="kind",
            ),
            models.CheckConstraint(
                name="programs_stagecondition_document",
                condition=Q(kind=ConditionKind.DOCUMENT) & ~Q(document="")
                | ~Q(kind=ConditionKind.DOCUMENT) & Q(document=""),
                violation_error_message=_("Pilih dokumen untuk syarat dokumen, dan hanya untuk itu"),
                violation_error_code="document",
            ),
            models.CheckConstraint(
                name="programs_stagecondition_unpublished",
                condition=Q(kind=ConditionKind.DOCUMENT) | Q(threshold_pct__isnull=False) | ~Q(note=""),
                violation_error_message=UNPUBLISHED,
                violation_error_code="note",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_document_display() if self.document else self.get_kind_display())


class StageDeadlineQuerySet(RulesQuerySet):
    def of(self, ruleset: RuleSet, stage: str) -> Self:
        """All dates of a stage, the one in force first: an extension comes after what it extends."""
        return self.filter(ruleset=ruleset, stage=stage).order_by("-is_extension", F("due_at").desc(nulls_first=True))


class StageDeadline(OfRuleSet):
    """The last moment for the papers of a stage. An extension is a row of its own and cites its decree."""

    stage = models.CharField(_("tahap"), max_length=9, choices=Stage.choices)
    due_at = models.DateTimeField(_("batas waktu"), null=True, blank=True, help_text=_("Kosong bila belum diketahui"))
    time_is_known = models.BooleanField(_("jamnya diketahui"), default=True)
    is_extension = models.BooleanField(_("perpanjangan"), default=False)
    decree = models.CharField(_("ditetapkan dengan"), max_length=200, blank=True)
    source = models.CharField(_("sumber"), max_length=300, blank=True)

    objects = StageDeadlineQuerySet.as_manager()

    class Meta(OfRuleSet.Meta):
        verbose_name = _("batas waktu penyaluran")
        verbose_name_plural = _("batas waktu penyaluran")
        ordering = ["ruleset", "stage", "is_extension", "due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["ruleset", "stage", "due_at"],
                name="programs_stagedeadline_once",
                nulls_distinct=False,
                violation_error_message=_("Batas waktu ini sudah ada untuk tahap tersebut"),
                violation_error_code="due_at",
            ),
            models.CheckConstraint(
                name="programs_stagedeadline_decree",
                condition=Q(is_extension=False) | ~Q(decree=""),
                violation_error_message=_("Sebutkan keputusan yang memperpanjang batas waktu"),
                violation_error_code="decree",
            ),
            models.CheckConstraint(
                name="programs_stagedeadline_unpublished",
                condition=Q(due_at__isnull=False) | ~Q(note=""),
                violation_error_message=UNPUBLISHED,
                violation_error_code="note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.ruleset}"

    def has_passed(self, now: datetime) -> bool:
        return self.due_at is not None and now > self.due_at
