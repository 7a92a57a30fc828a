"""What the registry is compared with and judged by: published figures, dated rules, industry codes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordAdmin, words_column
from batik_registry.templatetags.formats import grouped, tanggal
from centres.forms import IndustryCodeForm, ReferenceStatisticForm, RuleForm
from centres.models import IndustryCode, ReferenceStatistic, Rule


@admin.register(ReferenceStatistic)
class ReferenceStatisticAdmin(RecordAdmin):
    form = ReferenceStatisticForm
    sidebar_group = "reference"
    list_display = ["title", "place", "figure", "year", "period", "publisher"]
    list_filter = ["indicator", "year"]
    list_select_related = ["region"]
    search_fields = ["title", "indicator", "publisher", "region__name"]
    search_help_text = _("Cari dengan nama indikator, penerbit, atau wilayah")
    autocomplete_fields = ["region"]
    fieldsets = [
        (None, {"fields": ["title", "indicator", "region", ("value", "unit"), ("year", "period")]}),
        (_("Sumber"), {"fields": ["publisher", "url", "note"]}),
    ]

    @admin.display(description=_("wilayah"), ordering="region")
    def place(self, statistic: ReferenceStatistic) -> str:
        return str(statistic.region.full_name if statistic.region else _("Indonesia"))

    @admin.display(description=_("nilai"), ordering="value")
    def figure(self, statistic: ReferenceStatistic) -> str:
        return f"{grouped(statistic.value)} {statistic.unit}"


@admin.register(Rule)
class RuleAdmin(RecordAdmin):
    form = RuleForm
    sidebar_group = "reference"
    list_display = ["code", "limit", "since", "until", "legal_basis", "status"]
    list_filter = ["code", "status"]
    search_fields = ["code", "value", "legal_basis"]
    search_help_text = _("Cari dengan dasar hukum atau nilai")
    fieldsets = [(None, {"fields": ["code", "value", ("valid_from", "valid_to"), "legal_basis", "status"]})]

    @admin.display(description=_("nilai"), ordering="value")
    def limit(self, rule: Rule) -> str:
        number = rule.as_number()
        return rule.value if number is None else grouped(number)

    @admin.display(description=_("berlaku sejak"), ordering="valid_from")
    def since(self, rule: Rule) -> str:
        return tanggal(rule.valid_from) or str(_("semula"))

    @admin.display(description=_("berlaku sampai"), ordering="valid_to")
    def until(self, rule: Rule) -> str:
        return tanggal(rule.valid_to) or str(_("sekarang"))


@admin.register(IndustryCode)
class IndustryCodeAdmin(RecordAdmin):
    form = IndustryCodeForm
    sidebar_group = "reference"
    list_display = ["code", "title", "version", "batik", "status"]
    list_filter = ["version", "is_batik", "status"]
    search_fields = ["code", "title"]
    search_help_text = _("Cari dengan kode atau judul")
    fieldsets = [(None, {"fields": [("code", "version"), "title", "is_batik", "status", "source"]})]

    batik = staticmethod(words_column("is_batik", _("industri batik")))
