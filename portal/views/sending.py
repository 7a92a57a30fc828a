"""The two doors by which a page sends by itself: what was typed so far, and what is to go on its way."""

from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.templatetags.formats import pukul
from portal.uploads import attach
from submissions.exceptions import Refused, WrongState
from submissions.models import Submission


class Paper(Protocol):
    """What a page sent: about one record (`editing.Written`), or about all participants of an event (`sales.Sales`)."""

    @property
    def draft(self) -> Submission | None: ...
    @property
    def is_sent(self) -> bool: ...
    @property
    def is_valid(self) -> bool: ...
    def save(self) -> Submission | None: ...
    def submit(self) -> Any: ...
    def look_again(self) -> None: ...
    def problems(self) -> list[str]: ...


def kept(paper: Paper, request: HttpRequest) -> JsonResponse:
    """Save the draft while one types; the answer is a sentence for the line below the form."""
    if paper.is_sent:
        return JsonResponse({"pesan": _("Usulan ini sudah dikirim; isian tidak berubah lagi.")}, status=409)
    try:
        draft = paper.save()
    except PermissionDenied:
        raise
    except Refused as refusal:
        return JsonResponse({"pesan": str(refusal)}, status=409)
    if draft is None:
        return JsonResponse({"pesan": _("Belum ada yang berubah.")})
    attach(request, draft)  # a file that is refused tells so itself, when its browser asks
    told = _("Konsep tersimpan di server, %s.") % pukul(timezone.now())
    return JsonResponse({"pesan": told, "usulan": str(draft.pk), "nomor": draft.number})


def received(paper: Paper, request: HttpRequest) -> JsonResponse:
    """Accepted with its number, also when it was accepted before; or what has to be mended, sentence by sentence."""
    problems = []
    try:
        if not paper.is_sent:
            problems = _sent(paper, request)
    except PermissionDenied:
        raise
    except WrongState:  # the same was sent at the same moment
        paper.look_again()
    except Refused as refusal:
        problems = [str(refusal)]
    draft = paper.draft
    if draft:
        draft.refresh_from_db()
    if draft and paper.is_sent:
        return JsonResponse({"nomor": draft.number, "alamat": reverse("portal:submission", args=[draft.pk])})
    problems += paper.problems()
    return JsonResponse({"galat": problems, "usulan": str(draft.pk) if draft else ""}, status=422)


def _sent(paper: Paper, request: HttpRequest) -> list[str]:
    draft = paper.save()
    if draft is None:
        return [_("Belum ada yang berubah.")]
    attach(request, draft)
    if paper.is_valid:
        paper.submit()
    return []
