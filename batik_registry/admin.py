"""The base of every page at the ministry's desk: scope, roles, one log, personal data behind a mark, few queries."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from batik_registry import tables
from batik_registry.admin_columns import desk_columns, filters_in_words
from batik_registry.forms import RecordForm
from batik_registry.models import PERSONAL
from batik_registry.templatetags.formats import rupiah, tanggal
from batik_registry.words import written

MASK = "••••••"


def is_uncovered(request: HttpRequest, record_id: object) -> bool:
    """Whether this user gave a reason to read this record's personal data, not long ago."""
    return bool(request.session.get("uncovered", {}).get(str(record_id), 0) > time.time())


def personal_fields(model: Any) -> list[str]:
    """The fields of `model` that carry the mark of personal data."""
    return [name for name, mark in model.sensitivity.items() if mark in PERSONAL]


class PersonalDataMixin:
    """Shows personal fields masked to whoever may not read them in clear, and keeps them out of the form.

    In an inline, `record` is the record on whose page it stands: uncovering that record uncovers what hangs on it.
    """

    def hides_personal(self, request: HttpRequest, record: Any) -> bool:
        """Whether personal fields of `record` are masked; a new record is typed in the open."""
        model = self.model
        if record is None or record._state.adding or request.user.may.read_personal(model):
            return False
        return not is_uncovered(request, record.pk)

    def masked(self, fields: Sequence[Any]) -> list[Any]:
        hidden = personal_fields(self.model)
        return [
            self.masked(field) if isinstance(field, tuple | list) else f"masked_{field}" if field in hidden else field
            for field in fields
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.hides_personal(request, obj):
            return fieldsets
        return [(title, options | {"fields": self.masked(options["fields"])}) for title, options in fieldsets]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        if self.hides_personal(request, obj):
            fixed += [f"masked_{name}" for name in personal_fields(self.model)]
        return fixed

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden = personal_fields(self.model) if self.hides_personal(request, obj) else []
        return [*(super().get_exclude(request, obj) or ()), *hidden]

    def __getattr__(self, name: str) -> Any:
        model = self.__dict__.get("model") or getattr(type(self), "model", None)  # of a page, else of an inline
        if name.startswith("masked_") and model is not None:
            return _masked_column(model, name.removeprefix("masked_"))
        raise AttributeError(name)


def _masked_column(model: Any, name: str) -> Callable[[Any], str]:
    @admin.display(description=model._meta.get_field(name).verbose_name)
    def column(record: Any) -> str:
        return MASK if getattr(record, name) not in (None, "", []) else str(_("belum ada"))

    return column


class RecordAdmin(PersonalDataMixin, admin.ModelAdmin):
    """A ModelAdmin whose rows are those that the user may see, and whose history is the change log."""

    form = RecordForm
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a count for each choice of each filter would scan the table
    empty_value_display = _("belum ada")
    search_help_text = _("Cari dengan nama, nama lain, kode, atau ejaan yang mirip")

    # --- rows -------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """On saving, the row stays locked between the check of its version and the write."""
        if request.method != "POST":
            return super().get_object(request, object_id, from_field)
        rows = self.get_queryset(request)
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            rows.model._base_manager.select_for_update(of=("self",)).filter(pk=found.pk).get()
            found.refresh_from_db()
        return found

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """Asked by actions that only those may do who approve."""
        return bool(request.user.may.approve(self.model))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if search_term and hasattr(queryset, "search"):
            return queryset.search(search_term), False
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Django filters by any column that an address names; personal ones would answer guesses."""
        hidden = set() if request.user.may.read_personal(self.model) else set(personal_fields(self.model))
        return lookup.partition("__")[0] not in hidden and super().lookup_allowed(lookup, value, request)

    # --- the list as a file -------------------------------------------------------------------------------------

    #: What the file tells of each row, by names as in `list_display`; without, what the list shows.
    download_display: Sequence[str] = ()

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_download"
        return [
            path("unduh/<slug:told_as>/", self.admin_site.admin_view(self.download), name=name),
            *super().get_urls(),
        ]

    def download(self, request: HttpRequest, told_as: str) -> HttpResponseBase:
        """The rows that the list shows with the filters of this address, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation):
            raise Http404 from None
        columns = desk_columns(self, self.download_display or self.get_list_display(request))
        title = self.model._meta.verbose_name_plural
        table = tables.Table(str(self.opts.model_name), title, shown.queryset, columns, filters=filters_in_words(shown))
        return tables.answer(request, table, told_as)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.may.export(self.model))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        offers = {"may_export": self.has_export_permission(request)}
        return super().changelist_view(request, offers | (extra_context or {}))

    # --- pages ------------------------------------------------------------------------------------------------

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where somebody else's write came between the check and our own, look again: now the form itself can tell.

        What several rows of the page break only together no form can tell: the database's refusal comes back on the
        page, with everything that was typed.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError:
            return self._second_look(request, *args, **kwargs)

    def _second_look(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError as refusal:
            request.refusal = _("Tidak ada yang disimpan. %s") % " ".join(refusal.messages)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        refusal = getattr(request, "refusal", "")
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"history_url": self.history_url(object_id), "masks_personal": self._masks(request, object_id)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect(self.history_url(object_id))

    def history_url(self, object_id: str) -> str:
        return reverse("changes:history", args=[self.opts.label_lower, quote(object_id)])

    def _masks(self, request: HttpRequest, object_id: str) -> bool:
        covered = not is_uncovered(request, object_id)
        return bool(personal_fields(self.model)) and covered and request.user.may.unmask(self.model)

    # --- one log: Django's own would tell less, and twice ---------------------------------------------------------

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Left to the change log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Left to the change log."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """Left to the change log."""


class RecordFormSet(BaseInlineFormSet):
    """The lines of an inline. Django tells them apart by the fields on the page; here the whole rows are compared."""

    def validate_unique(self) -> None:
        seen = set()
        for form in self.forms:
            is_row = form.has_changed() or not form.instance._state.adding
            if not is_row or form in self.deleted_forms or not form.is_valid():
                continue
            for constraint, key in unique_keys(form.instance):
                if (constraint.name, key) in seen:
                    blamed: Any = constraint.violation_error_code
                    message = str(constraint.get_violation_error_message())
                    form.add_error(blamed if blamed in form.fields else None, message)
                seen.add((constraint.name, key))


def unique_keys(row: models.Model) -> Iterator[tuple[models.UniqueConstraint, tuple[Any, ...]]]:
    """The values by which this row is one of a kind, for each constraint that always holds."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields and constraint.condition is None:
            key = tuple(getattr(row, row._meta.get_field(name).attname) for name in constraint.fields)
            if None not in key or constraint.nulls_distinct is False:
                yield constraint, key


class RecordInline(PersonalDataMixin):
    """What the inlines of the desk share: whole-row judgement, no empty extra rows, a link to the row's own page."""

    form = RecordForm
    formset: Any = RecordFormSet
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows


class RecordTabularInline(RecordInline, admin.TabularInline):
    pass


class RecordStackedInline(RecordInline, admin.StackedInline):
    pass


def money_column(name: str, description: Any) -> Callable[[Any], str]:
    """A list column that writes rupiah the Indonesian way."""

    @admin.display(description=description, ordering=name)
    def column(record: Any) -> str:
        return rupiah(getattr(record, name)) or str(_("belum ada"))

    column.tells = name  # type: ignore[attr-defined]
    return column


def date_column(name: str, description: Any) -> Callable[[Any], str]:
    """A list column that writes a date the Indonesian way."""

    @admin.display(description=description, ordering=name)
    def column(record: Any) -> str:
        return tanggal(getattr(record, name)) or str(_("belum ada"))

    column.tells = name  # type: ignore[attr-defined]
    return column


def words_column(name: str, description: Any) -> Callable[[Any], str]:
    """A list column that writes whatever the field holds in words: yes and no, lists, measures."""

    @admin.display(description=description, ordering=name)
    def column(record: Any) -> str:
        return written(record._meta.get_field(name), getattr(record, name)) or str(_("belum ada"))

    column.tells = name  # type: ignore[attr-defined]
    return column
