"""The history of a record, and the one way to uncover its personal data."""

import time
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from batik_registry.models import Versioned
from changes import history as log
from changes.forms import UncoverForm
from changes.models import Change, PersonalRead

UNCOVERED_SECONDS = 15 * 60


def history(request: HttpRequest, label: str, record_id: str) -> HttpResponse:
    """Every change of one record, newest first; also of a record that was deleted."""
    model, name = _authorised(request, label, record_id)
    context = admin.site.each_context(request) | {
        "title": _("Riwayat perubahan"),
        "subject": name,
        "kind": model._meta.verbose_name,
        "entries": log.of_record(model, record_id, request.user),
        "record_url": _desk_url(model, record_id),
    }
    return render(request, "changes/record_history.html", context)


def uncover(request: HttpRequest, label: str, record_id: str) -> HttpResponse:
    """Ask for the reason, note it, and show this record's personal fields to this session for a quarter of an hour."""
    model, name = _authorised(request, label, record_id)
    if not request.user.may.unmask(model):
        raise PermissionDenied
    form = UncoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _note_personal_read(request, model, record_id, form.cleaned_data["reason"])
        messages.success(request, _("Data pribadi terbuka selama 15 menit; pembukaan ini tercatat"))
        return redirect(_back(request) or _desk_url(model, record_id))
    context = admin.site.each_context(request) | {
        "title": _("Buka data pribadi"),
        "subject": name,
        "form": form,
        "record_url": _back(request) or _desk_url(model, record_id),
    }
    return render(request, "changes/uncover.html", context)


def _back(request: HttpRequest) -> str:
    """The page of ours from which one came, if the address names it."""
    named = request.GET.get("next", "")
    return named if url_has_allowed_host_and_scheme(named, allowed_hosts=None) else ""


def _note_personal_read(request: HttpRequest, model: Any, record_id: str, reason: str) -> None:
    region = model._base_manager.filter(pk=record_id).values_list("region_code", flat=True).first() or ""
    PersonalRead.objects.create(
        by=request.user, model=model._meta.label_lower, record_id=record_id, region_code=region, reason=reason
    )
    request.session["uncovered"] = request.session.get("uncovered", {}) | {record_id: time.time() + UNCOVERED_SECONDS}


def _authorised(request: HttpRequest, label: str, record_id: str) -> tuple[Any, str]:
    """The model and the record's name, or 404 for what is missing, out of scope or not the user's business."""
    model = _record_model(label)
    if not request.user.is_staff or not request.user.may.read(model):
        raise Http404
    rows = model._default_manager.all()
    scoped = rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows
    found = _get(scoped, record_id)
    if found is not None:
        return model, str(found)
    if _get(rows, record_id) is None and Change.objects.visible_to(request.user).filter(record_id=record_id).exists():
        return model, _("data yang sudah dihapus")
    raise Http404


def _record_model(label: str) -> type[models.Model]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if not issubclass(model, Versioned):
        raise Http404
    return model


def _get(rows: Any, record_id: str) -> Any:
    try:
        return rows.filter(pk=record_id).first()
    except (ValueError, TypeError, models.ObjectDoesNotExist):
        raise Http404 from None


def _desk_url(model: Any, record_id: str) -> str:
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record_id])
    except NoReverseMatch:
        return reverse("admin:index")
