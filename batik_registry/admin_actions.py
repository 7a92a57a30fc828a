"""Deeds on many rows of a list: the rows are shown first, and nothing happens before somebody agrees."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

MOST_ROWS = 500


def ask_first(
    desk: Any,
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    title: str,
    question: str,
    done: str,
    deed: Callable[..., int],
) -> TemplateResponse | None:
    """The page that asks; once it is answered, `deed(rows=..., by=...)`, all of it or, when a row refuses, nothing.

    `question` and `done` speak of `%(count)d` rows.
    """
    if "confirmed" in request.POST:
        _do(request, rows, done, deed)
        return None
    count = rows.count()
    if count > MOST_ROWS:
        told = _("Pilih paling banyak %(most)d baris sekali jalan; Anda memilih %(count)d") % {
            "most": MOST_ROWS,
            "count": count,
        }
        messages.error(request, told)
        return None
    context = desk.admin_site.each_context(request) | {
        "title": title,
        "question": question % {"count": count},
        "rows": rows,
        "action": request.POST["action"],
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "opts": desk.opts,
    }
    return TemplateResponse(request, "admin/confirm_action.html", context)


def _do(request: HttpRequest, rows: QuerySet[Any], done: str, deed: Callable[..., int]) -> None:
    try:
        count = deed(rows=rows, by=request.user)
    except ValidationError as refusal:
        messages.error(request, _("Tidak ada yang diubah. %s") % " ".join(refusal.messages))
    except PermissionDenied as refusal:
        messages.error(request, str(refusal) or _("Anda tidak berwenang melakukan ini."))
    else:
        messages.success(request, done % {"count": count})
