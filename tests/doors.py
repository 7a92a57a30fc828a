"""The ways into the registry, each asked the same question: what does it say to this row?

A door takes a model and a row as {field: value} and answers with the refusals, {field: [sentence, ...]}; nothing is
refused when the answer is empty, and then the row was saved. References are given by key, files as functions that
make a new one.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib import import_module
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.test import Client
from django.urls import reverse

Row = Mapping[str, Any]
Refusals = dict[str, list[str]]


def instance_of(model: type[models.Model], row: Row) -> models.Model:
    """An unsaved row; values stay as typed."""
    return model(**{_attribute(model, name): _value(value) for name, value in row.items()})


def _attribute(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)


def _value(value: Any) -> Any:
    return value() if callable(value) else value


def through_model(model: type[models.Model], row: Row) -> Refusals:
    """A script, an import, the shell."""
    try:
        instance_of(model, row).save()
    except ValidationError as refusal:
        return refusal.message_dict
    return {}


def through_form(model: type[models.Model], row: Row) -> Refusals:
    """A page of the portal; what the page itself says (about which record) is set on the instance."""
    form_class = getattr(import_module(f"{model._meta.app_label}.forms"), f"{model.__name__}Form")
    shown = set(form_class.base_fields)
    instance = instance_of(model, {name: value for name, value in row.items() if name not in shown})
    data, files = posted(form_class(instance=instance), row)
    form = form_class(data, files, instance=instance)
    if form.is_valid():
        form.save()
    return {field: list(map(str, sentences)) for field, sentences in form.errors.items()}


def through_serializer(model: type[models.Model], row: Row) -> Refusals:
    """The REST API."""
    serializers = import_module(f"{model._meta.app_label}.serializers")
    serializer = getattr(serializers, f"{model.__name__}Serializer")(
        data={name: _json(_value(value)) for name, value in row.items()}
    )
    if serializer.is_valid():
        serializer.save()
    return {field: list(map(str, sentences)) for field, sentences in serializer.errors.items()}


class AdminDoor:
    """The ministry's desk: the page of the admin is opened, filled and sent.

    Whichever of the browsers may add such a row does so; what is about another record is added on that record's page.
    """

    def __init__(self, *browsers: Client) -> None:
        self.browsers = browsers

    def __call__(self, model: type[models.Model], row: Row) -> Refusals:
        if "content_type" in row:
            return self._beside(model, row)
        assert admin.site.is_registered(model), f"{model.__name__} is not in the admin"
        browser, address, page = self._opened(_page(model, "add"))
        form = page.context["adminform"].form
        if unreachable := set(row) - set(form.fields):
            raise AssertionError(f"the admin form of {model.__name__} lacks {sorted(unreachable)}")
        data, files = posted(form, row)
        answer = browser.post(address, data | files | _inlines(page))
        return {} if answer.status_code == 302 else _told(answer.context["adminform"].form)

    def _beside(self, model: type[models.Model], row: Row) -> Refusals:
        """As one more line of the inline on the page of the record that the row is about."""
        record = ContentType.objects.get_for_id(row["content_type"])
        browser, address, page = self._opened(_page(record.model_class(), "change", row["object_id"]))
        formset = _formset(page, model)
        line, number = formset.empty_form, formset.total_form_count()
        filled, files = posted(line, {name: value for name, value in row.items() if name in line.fields})
        added = {name.replace("__prefix__", str(number)): value for name, value in (filled | files).items()}
        added[f"{formset.prefix}-TOTAL_FORMS"] = number + 1
        data, _files = posted(page.context["adminform"].form, {})
        answer = browser.post(address, data | _inlines(page) | added)
        return {} if answer.status_code == 302 else _told(_formset(answer, model).forms[number])

    def _opened(self, address: str) -> tuple[Client, str, Any]:
        for browser in self.browsers:
            page = browser.get(address)
            if page.status_code == 200:
                return browser, address, page
        raise AssertionError(f"{address} answers {page.status_code}")


def _page(model: Any, kind: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=args)


def _formset(page: Any, model: type[models.Model]) -> Any:
    return next(inline.formset for inline in page.context["inline_admin_formsets"] if inline.formset.model is model)


def _inlines(page: Any) -> Row:
    """The inlines of a page as they stand: what counts their lines, and the keys of the lines that are there."""
    sent: dict[str, Any] = {}
    for inline in page.context["inline_admin_formsets"]:
        sent |= posted(inline.formset.management_form, {})[0]
        for form in inline.formset.forms:
            sent |= posted(form, {})[0]
    return sent


def _told(form: forms.BaseForm) -> Refusals:
    return {field: list(map(str, sentences)) for field, sentences in form.errors.items()}


DOORS: dict[str, Callable[..., Refusals]] = {
    "model": through_model,
    "form": through_form,
    "serializer": through_serializer,
}


def posted(form: forms.BaseForm, row: Row) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a browser sends when somebody opens the form, fills in the row and leaves the rest as it stands."""
    data: dict[str, Any] = {}
    files: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = _value(row[name]) if name in row else form[name].value()
        if isinstance(field, forms.FileField):
            files |= {form.add_prefix(name): value} if isinstance(value, File) else {}
        else:
            data |= _sent(form.add_prefix(name), field, value)
    return data, files


def _sent(name: str, field: forms.Field, value: Any) -> dict[str, Any]:
    is_checkbox = isinstance(field, forms.BooleanField) and not isinstance(field, forms.NullBooleanField)
    is_empty = value is None or value in ("", [], {})
    if is_empty or (is_checkbox and value is False):
        parts = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        parts = parts or isinstance(field.widget, forms.MultiWidget)
        return {} if is_checkbox or parts else {name: ""}
    if isinstance(field.widget, forms.SplitDateTimeWidget):
        return {f"{name}_{part}": str(half) for part, half in enumerate(field.widget.decompress(value))}
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return {name: list(value)}
    if isinstance(value, list | tuple):
        return {name: "\n".join(map(str, value))}
    if isinstance(value, dict):
        return {name: "; ".join(f"{key} {share}" for key, share in value.items())}
    return {name: str(value)}


def _json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, models.Model) else value
