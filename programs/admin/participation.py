from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import money_column, words_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, ProvinceFilter
from programs.forms import AttendanceForm, ParticipationForm
from programs.models import Attendance, Participation

RESULT_FIELDS: Any = [
    "status",
    ("cash_sales_idr", "transactions"),
    ("preorder_idr", "orders_count"),
    ("contacts", "buyers_matched", "products_shown"),
    ("outcome", "no_transaction"),
]


class ResultFilter(admin.SimpleListFilter):
    title = _("hasil")
    parameter_name = "hasil"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("ada", _("sudah melapor")),
            ("belum", _("belum melapor")),
            ("tindak-lanjut", _("pesanan perlu ditanyakan lagi")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "ada":
                return queryset.with_result()
            case "belum":
                return queryset.without_result()
            case "tindak-lanjut":
                return queryset.follow_up_due()
        return queryset


@admin.register(Participation)
class ParticipationAdmin(DeskAdmin):
    form = ParticipationForm
    list_display = ["member", "event", "centre_then", "status", "sales", "preorders", "first", "reported"]
    list_filter = [ProvinceFilter, "status", ResultFilter, "first_time", "event__kind", "is_sample"]
    list_select_related = ["member", "event", "centre"]
    search_fields = ["member__business_name", "event__name", "event__code", "booth_number"]
    search_help_text = _("Cari dengan nama usaha, nama atau kode kegiatan, atau nomor stan")
    autocomplete_fields = ["event", "member"]
    readonly_fields = ["centre", "first_time"]
    fieldsets = [
        (None, {"fields": ["event", "member", ("centre", "first_time"), ("booth_number", "booth_size_m2")]}),
        (_("Hasil"), {"fields": RESULT_FIELDS}),
        (_("Tindak lanjut pesanan"), {"fields": [("realised_orders_idr", "followed_up_on")]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    sales = staticmethod(money_column("cash_sales_idr", _("penjualan langsung")))
    preorders = staticmethod(money_column("preorder_idr", _("pesanan")))
    first = staticmethod(words_column("first_time", _("pertama kali")))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "event__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("sentra waktu itu"), ordering="centre__name")
    def centre_then(self, participation: Participation) -> str:
        return str(participation.centre) if participation.centre_id else _now("belum ada")

    @admin.display(description=_("hasil"))
    def reported(self, participation: Participation) -> str:
        return _now("sudah melapor") if participation.has_result else _now("belum melapor")


@admin.register(Attendance)
class AttendanceAdmin(DeskAdmin):
    form = AttendanceForm
    list_display = ["event", "member", "hours", "verification_status"]
    list_filter = [ProvinceFilter, "verification_status", "is_sample"]
    list_select_related = ["event", "member"]
    search_fields = ["event__name", "event__code", "member__business_name"]
    search_help_text = _("Cari dengan nama kegiatan atau nama usaha")
    autocomplete_fields = ["event", "member"]
    fieldsets = [
        (None, {"fields": ["event", ("name", "sex"), "member"]}),
        (_("Pelatihan"), {"fields": ["hours", ("pre_score", "post_score"), "certificate_number"]}),
        SOURCE,
        VERIFICATION,
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reached from the event."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "event__id__exact" or super().lookup_allowed(lookup, value, request)
