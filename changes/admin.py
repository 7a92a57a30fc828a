from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import pukul
from changes.models import Change, PersonalRead


class ReadOnlyAdmin(admin.ModelAdmin):
    """A list that nobody writes by hand."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.may.read("changes.change"))


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["seq", "when", "actor_name", "operation", "record", "door", "submission", "reason"]
    list_display_links = None
    list_filter = ["operation", "door", "model"]
    search_fields = ["record_id", "actor_name", "reason", "request_id"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return Change.objects.visible_to(request.user)

    @admin.display(description=_("waktu"), ordering="seq")
    def when(self, change: Change) -> str:
        return pukul(change.recorded_at)

    @admin.display(description=_("data"))
    def record(self, change: Change) -> str:
        url = reverse("changes:history", args=[change.model, change.record_id])
        kind = apps.get_model(change.model)._meta.verbose_name
        return format_html('<a href="{}">{} {}</a>', url, kind, change.record_id)

    @admin.display(description=_("usulan"), empty_value="")
    def submission(self, change: Change) -> str:
        if not change.submission_id:
            return ""
        url = reverse("submissions:review", args=[change.submission_id])
        return format_html('<a href="{}">{}</a>', url, _("Buka usulan"))


@admin.register(PersonalRead)
class PersonalReadAdmin(ReadOnlyAdmin):
    list_display = ["when", "by", "model", "record_id", "reason"]
    list_display_links = None
    list_select_related = ["by"]
    search_fields = ["record_id", "reason", "by__name"]

    @admin.display(description=_("waktu"), ordering="at")
    def when(self, read: PersonalRead) -> str:
        return pukul(read.at)
