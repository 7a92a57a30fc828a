from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import date_column, money_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, ProvinceFilter
from programs.forms import OrderForm
from programs.models import Order


@admin.register(Order)
class OrderAdmin(DeskAdmin):
    form = OrderForm
    list_display = ["member", "buyer_segment", "buyer", "channel", "package_id", "value", "day"]
    list_filter = [ProvinceFilter, "buyer_segment", "channel", "is_sample"]
    list_select_related = ["member"]
    search_fields = ["package_id", "buyer", "member__business_name", "member__search_text"]
    search_help_text = _("Cari dengan ID paket, pembeli, atau nama usaha")
    autocomplete_fields = ["member", "event"]
    fieldsets = [
        (None, {"fields": ["member", ("buyer_segment", "buyer"), ("channel", "package_id")]}),
        (_("Nilai"), {"fields": [("value_idr", "ordered_on"), "event"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    value = staticmethod(money_column("value_idr", _("nilai")))
    day = staticmethod(date_column("ordered_on", _("dipesan")))
