from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import date_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, FactInline, ProvinceFilter
from centres.forms import CertificationForm
from centres.models import Certification


class ValidityFilter(admin.SimpleListFilter):
    """By the dates, for a certificate past its last day is expired whatever its status says."""

    title = _("masa berlaku")
    parameter_name = "masa"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, object]]:
        return [("berlaku", _("berlaku hari ini"))]

    def queryset(self, request: HttpRequest, queryset: object) -> object:
        return queryset.valid() if self.value() == "berlaku" else queryset  # type: ignore[attr-defined]


@admin.register(Certification)
class CertificationAdmin(DeskAdmin):
    form = CertificationForm
    list_display = ["title", "holder", "number", "issuer", "issued", "expires", "status"]
    list_display_links = ["title"]
    list_filter = [ProvinceFilter, "kind", "status", ValidityFilter, "technique", "funding_source"]
    list_select_related = ["member"]
    search_fields = ["number", "issuer", "community", "member__business_name", "member__search_text"]
    search_help_text = _("Cari dengan nomor, penerbit, nama usaha, atau masyarakat pemegang")
    autocomplete_fields = ["member", "region"]
    fieldsets = [
        (None, {"fields": ["kind", "member", ("technique", "product"), "status"]}),
        (_("Sertifikat"), {"fields": [("number", "issuer"), ("issued_on", "expires_on"), "tkdn_pct"]}),
        (_("Indikasi geografis"), {"fields": ["community", "region"]}),
        (_("Fasilitasi"), {"fields": [("facilitated_by", "funding_source")]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [FactInline, AttachmentInline]

    issued = staticmethod(date_column("issued_on", _("terbit")))
    expires = staticmethod(date_column("expires_on", _("berlaku sampai")))

    @admin.display(description=_("sertifikat"), ordering="kind")
    def title(self, certificate: Certification) -> str:
        colour = certificate.mark_colour
        return f"{certificate.get_kind_display()}, {colour}" if colour else str(certificate.get_kind_display())

    @admin.display(description=_("pemegang"), ordering="member__business_name")
    def holder(self, certificate: Certification) -> str:
        return str(certificate.member) if certificate.member_id else certificate.community or _now("belum ada")
