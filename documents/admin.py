"""What was given out, for the ministry to look up; nothing here can be changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import pukul
from changes.admin import ReadOnlyAdmin
from documents.models import Document


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    sidebar_group = "oversight"
    list_display = ["title", "shown", "made", "made_by"]
    list_display_links = None
    list_filter = ["kind"]
    list_select_related = ["made_by"]
    search_fields = ["code", "content__subject", "content__number"]
    search_help_text = _("Cari dengan kode tanpa tanda hubung, nama data, atau nomornya")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("pdf")

    @admin.display(description=_("dokumen"), ordering="kind")
    def title(self, document: Document) -> str:
        return str(document)

    @admin.display(description=_("kode"), ordering="code")
    def shown(self, document: Document) -> str:
        told = '<a class="nowrap" href="{}">{}</a>'
        return format_html(told, document.get_absolute_url(), document.shown_code)

    @admin.display(description=_("diterbitkan"), ordering="made_at")
    def made(self, document: Document) -> str:
        return pukul(document.made_at)
