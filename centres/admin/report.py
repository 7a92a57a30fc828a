from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import date_column, money_column, words_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, FactInline, ProvinceFilter
from centres.forms import OperationReportForm
from centres.models import OperationReport


@admin.register(OperationReport)
class OperationReportAdmin(DeskAdmin):
    form = OperationReportForm
    list_display = [
        "centre",
        "period",
        "open_days",
        "users",
        "visitor_count",
        "turnover",
        "sent",
        "verification_status",
    ]
    list_filter = [ProvinceFilter, "year", "quarter", "verification_status", "is_sample"]
    list_select_related = ["centre"]
    search_fields = ["centre__name", "centre__code", "centre__search_text"]
    search_help_text = _("Cari dengan nama atau kode sentra")
    autocomplete_fields = ["centre"]
    readonly_fields = ["submitted_at", "submitted_by"]
    fieldsets: Any = [
        (None, {"fields": ["centre", ("year", "quarter"), ("submitted_at", "submitted_by")]}),
        (
            _("Kegiatan di gedung"),
            {
                "fields": [
                    ("open_days", "closed_reason"),
                    ("ikm_users", "ikm_consigning"),
                    ("visitors", "edu_groups", "foreign_visitors"),
                    ("hours_used", "hours_available"),
                    "production_pieces",
                ]
            },
        ),
        (
            _("Penjualan dan biaya"),
            {
                "fields": [
                    ("sales_turnover_idr", "pieces_sold"),
                    "service_income_idr",
                    ("operating_cost_idr", "operating_cost_apbd_idr"),
                ]
            },
        ),
        (
            _("Pegawai dan pelatihan"),
            {"fields": [("staff_male", "staff_female"), ("trainings_held", "training_participants")]},
        ),
        (_("Lingkungan"), {"fields": [("ipal_is_working", "ipal_reason"), "wax_recycled_kg"]}),
        (_("Kendala"), {"fields": ["main_problem", "follow_up", "support_needed"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [FactInline, AttachmentInline]

    users = staticmethod(words_column("ikm_users", _("IKM pengguna")))
    visitor_count = staticmethod(words_column("visitors", _("pengunjung")))
    turnover = staticmethod(money_column("sales_turnover_idr", _("omzet")))
    sent = staticmethod(date_column("submitted_at", _("dikirim")))

    @admin.display(description=_("masa"), ordering="-year")
    def period(self, report: OperationReport) -> str:
        return report.period
