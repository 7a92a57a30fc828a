from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import date_column
from batik_registry.admin_actions import ask_first
from centres import actions
from centres.admin.base import VERIFICATION, DeskAdmin, ProvinceFilter
from centres.admin.beside import in_words
from centres.forms import DatedFactForm
from centres.models import DatedFact


@transaction.atomic
def prefer_each(*, rows: QuerySet[DatedFact], by: Any) -> int:
    """Prefer these facts: at most one for each thing, and only on records that `by` may write."""
    facts = list(rows)
    things = {(fact.object_id, fact.field, fact.label) for fact in facts}
    if len(things) < len(facts):
        raise ValidationError(_now("Pilih satu nilai saja untuk hal yang sama."))
    for fact in facts:
        if not by.may.update(ContentType.objects.get_for_id(fact.content_type_id).model_class()):
            raise PermissionDenied(_now("Anda tidak berwenang mengubah data yang dimaksud."))
        actions.prefer(fact=fact, by=by)
    return len(facts)


@admin.register(DatedFact)
class FactAdmin(DeskAdmin):
    """Values are added on the page of the record that they are about."""

    form = DatedFactForm
    list_display = ["subject_column", "record_column", "value_column", "as_of_column", "source", "preference"]
    list_select_related = ["content_type"]
    list_filter = [ProvinceFilter, "is_preferred", "figure_kind", "is_sample"]
    search_fields = ["label", "value", "source", "note"]
    search_help_text = _("Cari dengan hal, nilai, sumber, atau catatan")
    actions = ["make_preferred"]  # what a source once said needs no yearly confirmation
    readonly_fields = [
        *("record_column", "subject_column", "is_preferred", "preferred_at", "preferred_by", "comparison"),
    ]
    fieldsets = [
        (None, {"fields": ["record_column", "subject_column", ("value", "unit"), "figure_kind", "note"]}),
        (_("Sumber"), {"fields": [("source", "as_of"), "source_url"]}),
        (_("Nilai utama"), {"fields": [("is_preferred", "preferred_at", "preferred_by"), "comparison"]}),
        VERIFICATION,
    ]

    as_of_column = staticmethod(date_column("as_of", _("keadaan per")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[DatedFact]:
        return super().get_queryset(request).prefetch_related("record")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("hal"), ordering="field")
    def subject_column(self, fact: DatedFact) -> str:
        return fact.subject

    @admin.display(description=_("data"))
    def record_column(self, fact: DatedFact) -> str:
        model = fact.record
        if model is None:
            return ""
        try:
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[model.pk])
        except NoReverseMatch:
            return str(model)
        return format_html('<a href="{}">{}</a>', url, model)

    @admin.display(description=_("nilai lain"))
    def comparison(self, fact: DatedFact) -> str:
        same = urlencode({"object_id": fact.object_id, "field": fact.field, "label": fact.label})
        url = f"{reverse('admin:centres_datedfact_changelist')}?{same}"
        return format_html('<a href="{}">{}</a>', url, _now("Bandingkan semua nilai, lalu pilih nilai utama"))

    @admin.display(description=_("nilai"), ordering="value")
    def value_column(self, fact: DatedFact) -> str:
        return in_words(fact)

    @admin.display(description=_("diutamakan"), ordering="is_preferred")
    def preference(self, fact: DatedFact) -> str:
        return _now("ya") if fact.is_preferred else _now("tidak")

    @admin.action(description=_("Jadikan nilai utama"), permissions=["change"])
    def make_preferred(self, request: HttpRequest, rows: Any) -> HttpResponse | None:
        return ask_first(
            self,
            request,
            rows,
            title=_now("Jadikan nilai utama"),
            question=_now("Isi data akan mengikuti %(count)d nilai berikut; nilai lain tetap tersimpan."),
            done=_now("%(count)d nilai kini diutamakan."),
            deed=prefer_each,
        )
