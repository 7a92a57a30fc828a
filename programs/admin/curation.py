from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import date_column
from batik_registry.templatetags.formats import angka
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, ProvinceFilter
from programs.forms import CurationForm
from programs.models import Curation


class ScoreMixin:
    """A column with the mean of the criteria."""

    @admin.display(description=_("nilai rata-rata"))
    def mean(self, curation: Any) -> str:
        return angka(curation.score) or _now("belum ada")


@admin.register(Curation)
class CurationAdmin(ScoreMixin, DeskAdmin):
    form = CurationForm
    list_display = ["product", "member", "event", "technique", "mean", "result", "day"]
    list_filter = [ProvinceFilter, "result", "technique", "is_sample"]
    list_select_related = ["member", "event"]
    search_fields = ["product", "curator", "member__business_name", "event__name"]
    search_help_text = _("Cari dengan produk, kurator, nama usaha, atau nama kegiatan")
    autocomplete_fields = ["event", "member"]
    readonly_fields = ["mean"]
    fieldsets = [
        (None, {"fields": ["event", "member", ("product", "technique")]}),
        (
            _("Penilaian"),
            {
                "fields": [
                    ("legality_score", "quality_score", "packaging_score"),
                    ("technique_score", "motif_score", "mean"),
                ]
            },
        ),
        (_("Hasil"), {"fields": ["result", ("reason", "override_reason"), ("curator", "curated_on")]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    day = staticmethod(date_column("curated_on", _("dinilai")))
