"""Sourced values shown beside the field that they speak of, for a record and the rows on its page, in one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from batik_registry.templatetags.formats import angka, rupiah
from batik_registry.words import written
from centres.models import DatedFact


@dataclass(frozen=True)
class Beside:
    """A sourced value as the page tells it."""

    display: str
    source: str
    source_url: str
    as_of: date | None
    is_preferred: bool
    url: str


class FactsBesideFields:
    """Mixed into a ModelAdmin: lays `facts` on the forms of the page; the templates find them by the field's name."""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        forms_of_rows = [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
        lay_beside([context["adminform"].form, *forms_of_rows], request.user)
        return super().render_change_form(request, context, *args, **kwargs)


def lay_beside(shown: Iterable[forms.ModelForm], user: Any) -> None:
    """Give each form `facts`: lists of sourced values by the name of the field."""
    by_record = {form.instance.pk: form for form in shown if not form.instance._state.adding}
    found: dict[Any, dict[str, list[Beside]]] = defaultdict(lambda: defaultdict(list))
    facts = (
        DatedFact.objects.visible_to(user)
        .filter(object_id__in=by_record)
        .exclude(field="")
        .select_related("content_type")
    )
    for fact in facts.order_by("-is_preferred", "-as_of"):
        found[fact.object_id][fact.field].append(beside(fact))
    for pk, form in by_record.items():
        form.facts = found[pk]  # type: ignore[attr-defined]


def beside(fact: DatedFact, named: bool = False) -> Beside:
    """The fact as a line of the page; `named` where no field beside it says what it is about."""
    url = reverse("admin:centres_datedfact_change", args=[fact.pk])
    words = f"{fact.label}: {in_words(fact)}" if named else in_words(fact)
    return Beside(words, fact.source, fact.source_url, fact.as_of, fact.is_preferred, url)


def in_words(fact: DatedFact) -> str:
    """The value with its unit, written as the record's field writes it: 5.363 m²."""
    if fact.field:
        words = written(fact.target_field(), fact.parsed_value())
        return words if words.startswith("Rp") else f"{words} {fact.unit}".strip()
    if not (fact.unit and fact.value.isdigit()):  # a bare number may be a year
        return f"{fact.value} {fact.unit}".strip()
    number = int(fact.value)
    return rupiah(number) if fact.unit == "rupiah" else f"{angka(number)} {fact.unit}"
