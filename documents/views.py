"""Giving papers out, and the public page on which anybody can check one."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents import actions, codes, kinds
from documents.comparing import sha256_of_upload
from documents.decisions import capacity_of
from documents.models import Document


@require_POST
def issue(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Write the paper about this record, and go to its file."""
    kind = kinds.at(slug)
    if kind is None:
        raise Http404
    record = get_object_or_404(kind.rows_for(request.user), pk=pk)

    def address_of(code: str) -> str:
        return request.build_absolute_uri(reverse("documents:check", args=[code]))

    document = actions.issue(kind=kind, record=record, address_of=address_of, by=request.user)
    return redirect("documents:file", document.shown_code)


@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The file as it was given out, for whoever may have the paper today."""
    document = get_object_or_404(Document, code=codes.read(code))
    kind = kinds.at(document.kind)
    if kind is None or not kind.rows_for(request.user).filter(pk=document.record_id).exists():
        raise Http404
    answer = HttpResponse(bytes(document.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{document.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@login_not_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Public: type a code in."""
    typed = request.GET.get("kode", "")
    code = codes.read(typed)
    if code and Document.objects.filter(code=code).exists():
        return redirect("documents:check", codes.grouped(code))
    return render(request, "documents/document_find.html", {"typed": typed}, status=404 if code else 200)


@never_cache
@csrf_exempt  # it changes nothing, and a page without a token needs no cookie
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Public: what the document is, on which decisions it rests, whether its data still stand; compares a file."""
    sha256, refusal = sha256_of_upload(request) if request.method == "POST" else ("", "")
    document = Document.objects.select_related("made_by__office").filter(code=codes.read(code)).first()
    if document is None:
        return render(request, "documents/document_find.html", {"typed": code}, status=404)
    context = {
        "document": document,
        "kind": kinds.at(document.kind),
        "maker": capacity_of(document.made_by),
        "sha256": sha256,
        "refusal": refusal,
        "is_same": sha256 == document.sha256,
        **_today(document),
    }
    return render(request, "documents/document_check.html", context)


def _today(document: Document) -> dict[str, Any]:
    """How the record stands today against the paper: gone, changed in these sections, or as it was."""
    kind, record = kinds.at(document.kind), document.record()
    if kind is None or record is None:
        return {"is_gone": True}
    paper, now = kind.written(record)
    then = document.content
    changed = [_("Nama")] * (now["subject"] != then["subject"]) + _changed_sections(then["sections"], now["sections"])
    return {"changed": changed, "changed_at": paper.as_of, "decisions": kind.decisions_on(record)}


def _changed_sections(then: list[Any], now: list[Any]) -> list[str]:
    was, told = ({section["title"]: section for section in sections} for sections in (then, now))
    return [title for title in was | told if was.get(title) != told.get(title)]
