"""The rules of DAK as rows: what staff fill in when a regulation comes out."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordAdmin, RecordTabularInline, money_column, words_column
from batik_registry.templatetags.formats import pukul, tanggal
from programs import forms, models


class StageInline(RecordTabularInline):
    model = models.RuleStage
    form = forms.RuleStageForm
    fields = ["stage", "amount_rule", "share_pct", "basis", "full_above_pct", "note"]
    can_delete = False


class ConditionInline(RecordTabularInline):
    model = models.StageCondition
    form = forms.StageConditionForm
    fields = ["stage", "kind", "threshold_pct", "document", "responsible", "note"]
    can_delete = False


class DeadlineInline(RecordTabularInline):
    model = models.StageDeadline
    form = forms.StageDeadlineForm
    fields = ["stage", "due_at", "is_extension", "decree", "note"]
    can_delete = False


@admin.register(models.RuleSet)
class RuleSetAdmin(RecordAdmin):
    sidebar_group = "reference"
    form = forms.RuleSetForm
    list_display = ["name", "legal_basis", "lump_sum", "status", "open_questions"]
    list_filter = ["kind", "status"]
    search_fields = ["legal_basis", "note"]
    search_help_text = _("Cari dengan dasar hukum atau catatan")
    fieldsets = [
        (None, {"fields": [("fiscal_year", "kind"), "legal_basis", "status"]}),
        (_("Salur sekaligus"), {"fields": [("lump_sum_ceiling_idr", "lump_sum_from", "lump_sum_until")]}),
        (_("Catatan"), {"fields": ["note", "source"]}),
    ]
    inlines = [StageInline, ConditionInline, DeadlineInline]

    lump_sum = staticmethod(money_column("lump_sum_ceiling_idr", _("pagu tertinggi salur sekaligus")))

    @admin.display(description=_("aturan"), ordering="fiscal_year")
    def name(self, ruleset: models.RuleSet) -> str:
        return str(ruleset)

    @admin.display(description=_("yang perlu diisi"))
    def open_questions(self, ruleset: models.RuleSet) -> str:
        return ruleset.note or _now("tidak ada")


class OfRuleSetAdmin(RecordAdmin):
    """Reached from the rules of its year."""

    list_select_related = ["ruleset"]
    search_fields = ["note"]
    search_help_text = _("Cari dengan catatan")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(models.RuleStage)
class RuleStageAdmin(OfRuleSetAdmin):
    form = forms.RuleStageForm
    list_display = ["ruleset", "stage", "amount_rule", "note"]
    fieldsets = [
        (None, {"fields": ["ruleset", "stage", "mode_note"]}),
        (_("Besarnya"), {"fields": ["amount_rule", ("share_pct", "basis"), "full_above_pct"]}),
        (_("Catatan"), {"fields": ["note"]}),
    ]


@admin.register(models.StageCondition)
class StageConditionAdmin(OfRuleSetAdmin):
    form = forms.StageConditionForm
    list_display = ["ruleset", "stage", "kind", "document", "responsible"]
    fieldsets = [
        (None, {"fields": ["ruleset", ("stage", "kind"), ("threshold_pct", "document"), "responsible", "note"]})
    ]


@admin.register(models.StageDeadline)
class StageDeadlineAdmin(OfRuleSetAdmin):
    form = forms.StageDeadlineForm
    list_display = ["ruleset", "stage", "due", "extension", "decree"]
    fieldsets = [
        (None, {"fields": ["ruleset", "stage", ("due_at", "time_is_known")]}),
        (_("Perpanjangan"), {"fields": ["is_extension", "decree"]}),
        (_("Catatan"), {"fields": ["source", "note"]}),
    ]

    extension = staticmethod(words_column("is_extension", _("perpanjangan")))

    @admin.display(description=_("batas waktu"), ordering="due_at")
    def due(self, deadline: models.StageDeadline) -> str:
        if deadline.due_at is None:
            return _now("belum diketahui")
        return pukul(deadline.due_at) if deadline.time_is_known else tanggal(deadline.due_at)


@admin.register(models.ReportDue)
class ReportDueAdmin(RecordAdmin):
    sidebar_group = "reference"
    form = forms.ReportDueForm
    list_display = ["kind", "period", "for_year", "due", "status"]
    list_filter = ["kind", "status"]
    search_fields = ["legal_basis"]
    search_help_text = _("Cari dengan dasar")
    fieldsets: Any = [
        (None, {"fields": [("kind", "period"), "fiscal_year", ("day", "month", "years_later")]}),
        (_("Tambahan waktu"), {"fields": [("province_days", "ministry_days")]}),
        (_("Dasar"), {"fields": ["legal_basis", "status"]}),
    ]

    @admin.display(description=_("tahun anggaran"), ordering="fiscal_year")
    def for_year(self, due: models.ReportDue) -> str:
        return str(due.fiscal_year or _now("setiap tahun"))

    @admin.display(description=_("jatuh tempo"), ordering="month")
    def due(self, due: models.ReportDue) -> str:
        day = tanggal(due.day_in(due.fiscal_year or 2001)).rpartition(" ")[0]
        return _now("%s tahun berikutnya") % day if due.years_later else day
