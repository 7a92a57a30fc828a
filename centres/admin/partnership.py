from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordTabularInline, date_column, money_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, FactInline, ProvinceFilter
from centres.forms import PartnershipForm, PartnershipMemberForm
from centres.models import Partnership, PartnershipMember


class PartnershipMemberInline(RecordTabularInline):
    model = PartnershipMember
    form = PartnershipMemberForm
    fields = ["member"]
    autocomplete_fields = ["member"]


@admin.register(Partnership)
class PartnershipAdmin(DeskAdmin):
    form = PartnershipForm
    list_display = ["partner", "kind", "centre", "starts", "ends", "value"]
    list_filter = [ProvinceFilter, "kind", "is_sample"]
    list_select_related = ["centre"]
    search_fields = ["partner", "agreement_number", "centre__name", "centre__search_text"]
    search_help_text = _("Cari dengan nama mitra, nomor perjanjian, atau nama sentra")
    autocomplete_fields = ["centre"]
    fieldsets = [
        (None, {"fields": ["centre", "partner", "kind", "description"]}),
        (_("Perjanjian"), {"fields": ["agreement_number", ("starts_on", "ends_on"), "value_idr"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [PartnershipMemberInline, FactInline, AttachmentInline]

    starts = staticmethod(date_column("starts_on", _("mulai")))
    ends = staticmethod(date_column("ends_on", _("selesai")))
    value = staticmethod(money_column("value_idr", _("nilai")))


@admin.register(PartnershipMember)
class PartnershipMemberAdmin(DeskAdmin):
    form = PartnershipMemberForm
    list_display = ["partnership", "member", "verification_status"]
    list_filter = [ProvinceFilter, "verification_status"]
    list_select_related = ["partnership", "member"]
    search_fields = ["partnership__partner", "member__business_name"]
    search_help_text = _("Cari dengan nama mitra atau nama usaha")
    autocomplete_fields = ["partnership", "member"]
    fieldsets = [
        (None, {"fields": ["partnership", "member"]}),
        SOURCE,
        VERIFICATION,
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reached from the partnership."""
        return False
