"""The door for files in pieces. The names of headers and methods are those of tus (https://tus.io): HEAD tells where
an upload has stopped, PATCH goes on from there, DELETE takes it back. The browser has chosen the id itself."""

import binascii
import re
from base64 import b64decode
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from centres.models import Attachment
from portal import uploads
from portal.access import for_officers
from portal.editing import key_in
from portal.models import Upload
from portal.uploads import PIECE_MOST, FileRefused, Misplaced, Told

TYPE = "application/offset+octet-stream"


@never_cache
@for_officers
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        if not request.user.may.propose_new(Attachment):
            raise FileRefused(_("Anda tidak berwenang menambah berkas."))
        return {"HEAD": _head, "PATCH": _patch, "DELETE": _delete}[request.method or ""](request, pk)
    except Upload.DoesNotExist:
        raise Http404 from None
    except FileRefused as refusal:
        return JsonResponse({"galat": str(refusal)}, status=422)


def _head(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Upload.objects.filter(user=request.user), pk=pk)
    answer = _at(HttpResponse(), found.received_bytes)
    answer["Upload-Length"] = str(found.size_bytes)
    return answer


def _patch(request: HttpRequest, pk: UUID) -> HttpResponse:
    offset, size = (_number(request.headers.get(name)) for name in ("Upload-Offset", "Upload-Length"))
    length = _number(request.META.get("CONTENT_LENGTH") or "0")
    if offset is None or size is None or length is None or (length and request.content_type != TYPE):
        return JsonResponse({"galat": _("Kiriman ini tidak lengkap; muat ulang halaman.")}, status=400)
    if length > PIECE_MOST:
        return JsonResponse({"galat": _("Potongan berkas terlalu besar; muat ulang halaman.")}, status=413)
    content = _content(request)
    if len(content) != length:  # torn on the way; nothing of it is kept
        return JsonResponse({"galat": _("Sambungan terputus.")}, status=400)
    try:
        found = uploads.receive(pk=pk, offset=offset, content=content, told=_told(request, size), by=request.user)
    except Misplaced as misplaced:
        return _at(HttpResponse(status=409), misplaced.offset)
    if not found.is_whole:
        return _at(HttpResponse(status=204), found.received_bytes)
    found = uploads.conclude(upload=found, by=request.user)
    return _at(JsonResponse({"terlampir": found.attachment_id is not None}), found.received_bytes)


def _delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    uploads.remove(pk=pk, by=request.user)
    return HttpResponse(status=204)


def _at(answer: Any, offset: int) -> Any:
    answer["Upload-Offset"] = str(offset)
    return answer


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else None


def _content(request: HttpRequest) -> bytes:
    try:
        return request.body
    except UnreadablePostError:
        return b""


def _told(request: HttpRequest, size: int) -> Told:
    """`Upload-Metadata: filename bmliLmpwZw==,kunci …`, its values in Base64."""
    found = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return Told(size, re.sub(r"[\x00-\x1f]", "", found.get("filename", ""))[:150], key_in(found))
