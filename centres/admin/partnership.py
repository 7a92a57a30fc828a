from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import date_column, money_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, FactInline, ProvinceFilter
from centres.forms import PartnershipForm
from centres.models import Partnership


@admin.register(Partnership)
class PartnershipAdmin(DeskAdmin):
    form = PartnershipForm
    list_display = ["partner", "kind", "centre", "starts", "ends", "value"]
    list_filter = [ProvinceFilter, "kind", "is_sample"]
    list_select_related = ["centre"]
    search_fields = ["partner", "agreement_number", "centre__name", "centre__search_text"]
    search_help_text = _("Cari dengan nama mitra, nomor perjanjian, atau nama sentra")
    autocomplete_fields = ["centre", "members"]
    fieldsets = [
        (None, {"fields": ["centre", "partner", "kind", "description"]}),
        (_("Perjanjian"), {"fields": ["agreement_number", ("starts_on", "ends_on"), "value_idr"]}),
        (_("IKM yang terlibat"), {"fields": ["members"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [FactInline, AttachmentInline]

    starts = staticmethod(date_column("starts_on", _("mulai")))
    ends = staticmethod(date_column("ends_on", _("selesai")))
    value = staticmethod(money_column("value_idr", _("nilai")))
