"""What all pages about centres and members share: facts beside fields, a province filter, deeds on many rows."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.admin import GenericTabularInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordAdmin, RecordInline
from batik_registry.admin_actions import ask_first
from centres import actions
from centres.admin.beside import FactsBesideFields, beside
from centres.admin.choices import fields_with_facts
from centres.choices import AttachmentKind
from centres.forms import AttachmentForm, DatedFactForm
from centres.models import Attachment, DatedFact
from regions.admin import ProvinceFilter as ProvinceFilter

REGENCY = _("kabupaten/kota")
SOURCE: Any = (_("Sumber"), {"fields": [("source", "as_of"), "source_url"]})
VERIFICATION: Any = (_("Verifikasi"), {"fields": [("verification_status", "verified_at", "verified_by")]})
OTHER_FACTS: Any = (_("Keterangan bersumber"), {"fields": ["other_facts"], "classes": ["collapse"]})
VERIFICATION_FIELDS = ["verification_status", "verified_at", "verified_by"]


def place_column(path: str = "regency", description: Any = REGENCY) -> Any:
    """A list column with the regency and its province: Kota Mojokerto, Jawa Timur."""

    @admin.display(description=description, ordering=path)
    def column(record: Any) -> str:
        region = record
        for step in path.split("__"):
            region = getattr(region, step, None)
        return region.full_name if region else _now("belum ada")

    return column


class DeskAdmin(FactsBesideFields, RecordAdmin):
    """The page of one kind of record that lies in a region."""

    actions = ["confirm_today", "mark_validated"]
    #: Inlines whose rows need the record itself to be saved already.
    parts: list[Any] = []

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return self.parts if obj is not None else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *VERIFICATION_FIELDS, "other_facts"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of a new record nothing was verified yet, and no source has spoken."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return [pair for pair in fieldsets if pair[0] != VERIFICATION[0]]
        return [*fieldsets, OTHER_FACTS] if FactInline in self.parts else fieldsets

    @admin.display(description=_("hal lain menurut sumber"))
    def other_facts(self, record: Any) -> str:
        """What sources say about things that have no field of their own."""
        facts = [beside(fact, named=True) for fact in DatedFact.objects.about(record).filter(field="")]
        return render_to_string("components/facts.html", {"facts": facts}) if facts else _now("belum ada")

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """A new record with parts goes on to its own page, where the parts can be added."""
        plain = not {"_addanother", "_continue", "_popup"} & set(request.POST)
        if not (plain and self.parts):
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, _("Data tersimpan. Sekarang bagian-bagiannya dapat Anda isi di bawah."))
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        )

    @admin.action(description=_("Tandai sudah dikonfirmasi hari ini"), permissions=["change"])
    def confirm_today(self, request: HttpRequest, rows: Any) -> HttpResponse | None:
        return ask_first(
            self,
            request,
            rows,
            title=_now("Tandai sudah dikonfirmasi hari ini"),
            question=_now("%(count)d data berikut akan ditandai sudah Anda konfirmasi hari ini."),
            done=_now("%(count)d data ditandai sudah dikonfirmasi."),
            deed=actions.confirm,
        )

    @admin.action(description=_("Tandai tervalidasi"), permissions=["approve"])
    def mark_validated(self, request: HttpRequest, rows: Any) -> HttpResponse | None:
        return ask_first(
            self,
            request,
            rows,
            title=_now("Tandai tervalidasi"),
            question=_now("%(count)d data berikut akan berstatus Tervalidasi."),
            done=_now("%(count)d data kini berstatus Tervalidasi."),
            deed=actions.validate,
        )


# --- rows about any record ---------------------------------------------------------------------------------------


class AboutFormSet(BaseGenericInlineFormSet):
    """Tells each new row what it is about before its rules are asked, for they look at that record."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        if form.instance._state.adding:
            form.instance.record = self.instance
        return form


class AboutInline(RecordInline, GenericTabularInline):
    """Rows about the record of the page: new ones are added here, old ones are only shown."""

    ct_field = "content_type"
    ct_fk_field = "object_id"
    formset: Any = AboutFormSet

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Shown:
    """Mixed into the form of an inline: rows that are there already never count as changed."""

    instance: Any

    def has_changed(self) -> bool:
        return self.instance._state.adding and super().has_changed()


class FactRowForm(Shown, DatedFactForm):
    pass


class AttachmentRowForm(Shown, AttachmentForm):
    pass


class FactInline(AboutInline):
    """Only for new values: those that are there stand beside their fields, or in the list of other facts."""

    model = DatedFact
    form = FactRowForm
    template = "admin/edit_inline/stacked.html"
    fields = [("field", "label"), ("value", "unit", "figure_kind"), ("source", "as_of"), ("source_url", "note")]
    can_delete = False
    verbose_name_plural = _("tambahan angka bersumber")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "field":
            choices = [("", _("hal lain, ditulis di sebelah")), *fields_with_facts(self.parent_model)]
            return forms.ChoiceField(label=_("tentang isian"), choices=choices, required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class AttachmentInline(AboutInline):
    model = Attachment
    form = AttachmentRowForm
    fields = ["preview", "file", "caption", "is_published"]
    readonly_fields = ["preview"]
    verbose_name_plural = _("foto dan dokumen")

    @admin.display(description=_("isi"))
    def preview(self, attachment: Attachment) -> str:
        if attachment._state.adding:
            return ""
        url = reverse("centres:attachment", args=[attachment.pk])
        if attachment.kind == AttachmentKind.DOCUMENT:
            return format_html('<a href="{}">{}</a>', url, _now("Unduh PDF, %d halaman") % (attachment.pages or 0))
        small = reverse("centres:attachment_thumbnail", args=[attachment.pk])
        picture = '<a href="{}"><img class="thumbnail" src="{}" alt="{}" width="120" loading="lazy"></a>'
        return format_html(picture, url, small, attachment.caption or _now("Foto tanpa keterangan"))
