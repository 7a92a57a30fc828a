from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import words_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, ProvinceFilter, place_column
from centres.forms import MemberMotifForm, MotifForm
from centres.models import MemberMotif, Motif


@admin.register(Motif)
class MotifAdmin(DeskAdmin):
    form = MotifForm
    list_display = ["name", "other_names", "home", "maker", "verification_status"]
    list_filter = [ProvinceFilter, "verification_status", "is_sample"]
    list_select_related = ["region"]
    search_fields = ["name"]  # opens the search box; Motif.objects.search does the searching
    autocomplete_fields = ["region"]
    fieldsets = [
        (None, {"fields": ["name", "aliases", "region", "maker", "philosophy"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    home = staticmethod(place_column("region", _("daerah asal")))
    other_names = staticmethod(words_column("aliases", _("nama lain")))


@admin.register(MemberMotif)
class MemberMotifAdmin(DeskAdmin):
    form = MemberMotifForm
    list_display = ["member", "motif", "verification_status"]
    list_filter = [ProvinceFilter, "verification_status"]
    list_select_related = ["member", "motif"]
    search_fields = ["member__business_name", "motif__name"]
    search_help_text = _("Cari dengan nama usaha atau nama motif")
    autocomplete_fields = ["member", "motif"]
    fieldsets = [
        (None, {"fields": ["member", "motif"]}),
        SOURCE,
        VERIFICATION,
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reached from the member."""
        return False
