"""The proposing form: saved as one types, sent when it is ready, the same for every kind of record."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centres.models import Attachment
from portal.access import PAGE, for_officers
from portal.editing import Editing, Written, key_in, named_submission, shown_version
from portal.forms import groups_of
from portal.kinds import address_of, kind_at, slug_of
from portal.reports import report_of
from portal.uploads import FileRefused, attach, detach
from portal.views.sending import kept, received
from submissions.actions import Wish
from submissions.exceptions import Refused
from submissions.kinds import Kind
from submissions.models import Submission
from submissions.queue import place_of
from submissions.rivals import rivals


@for_officers
@require_safe
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new record has its id before anything is typed: its address stays the same while the draft grows."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("portal:edit", args=[slug, uuid4()]) + query)


@for_officers
@require_http_methods(PAGE)
def edit(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    editing = _editing(request, kind_at(slug), pk)
    if request.method != "POST" and (report := report_of(editing.change)):
        return redirect(report)
    if request.method == "POST":
        return answer(request, editing)
    return page(request, editing, editing.form())


@for_officers
@require_POST
def save_draft(request: HttpRequest, slug: str, pk: UUID) -> JsonResponse:
    """What the page sends by itself while one types; the answer is a sentence for the line below the form."""
    editing = _editing(request, kind_at(slug), pk)
    return kept(Written(editing, request.POST), request)


@for_officers
@require_POST
def send(request: HttpRequest, slug: str, pk: UUID) -> JsonResponse:
    """What a browser sends when the connection is back, as often as it must: it becomes one submission."""
    editing = _editing(request, kind_at(slug), pk)
    return received(Written(editing, request.POST), request)


def answer(
    request: HttpRequest,
    editing: Editing,
    template: str = "portal/edit.html",
    *,
    also: Iterable[Wish] = (),
    without: Iterable[UUID] = (),
    **context: Any,
) -> HttpResponse:
    """Keep what was sent; then send the draft on its way, or say at each field what stands against it."""
    if editing.is_sent:
        return _sent(request, editing.draft)
    form = editing.form(request.POST, request.FILES)
    form.is_valid()
    try:
        draft = editing.save(form, note=request.POST.get("catatan"), also=also, without=without)
        problems = [*_removed(request, draft), *attach(request, draft)] if draft else []
        if request.POST.get("perbuatan") != "ajukan" and not problems:
            return _saved(request, editing, draft)
        if draft is None:
            messages.warning(request, _("Belum ada yang berubah, jadi tidak ada yang dikirim."))
        elif form.is_valid() and not problems and editing.submit(form):
            return _sent(request, draft)
        elif not problems:
            messages.warning(request, _("Usulan belum terkirim. Isian Anda tersimpan sebagai konsep."))
    except PermissionDenied:
        raise
    except Refused as refusal:
        editing.draft = editing.draft or editing.sent_before()
        if editing.is_sent:  # by the same page, at the same moment
            return _sent(request, editing.draft)
        problems = [str(refusal)]
    for problem in problems:
        messages.error(request, problem)
    return page(request, editing, _with_errors(editing, form, request.POST), template, **context)


def _removed(request: HttpRequest, draft: Submission) -> list[str]:
    """Take the file out that the officer pointed at; why it stays, if it does."""
    named = request.POST.get("hapus", "")
    try:
        found = Attachment.objects.about(draft).filter(pk=UUID(named)).first() if named else None
    except ValueError:
        return []
    try:
        if found:
            detach(attachment=found, by=request.user)
    except FileRefused as refusal:
        return [str(refusal)]
    return []


def _with_errors(editing: Editing, form: Any, sent: QueryDict) -> Any:
    """The form anew, with what the draft now says beside its fields, and with the sentences that were found."""
    shown = editing.form(sent)
    shown._errors = form.errors
    shown.cleaned_data = {}
    return shown


def _saved(request: HttpRequest, editing: Editing, draft: Submission | None) -> HttpResponse:
    if draft is None:
        messages.info(request, _("Belum ada yang berubah."))
        return redirect(request.get_full_path())
    messages.success(request, _("Konsep %s tersimpan. Kirim bila sudah lengkap.") % draft.number)
    return redirect(f"{request.path}?usulan={draft.pk}")


def _sent(request: HttpRequest, submission: Any) -> HttpResponse:
    submission.refresh_from_db()
    told = {"number": submission.number, "place": place_of(submission)}
    if told["place"]:
        messages.success(request, _("Usulan %(number)s terkirim, nomor %(place)s dalam antrean.") % told)
    return redirect("portal:submission", submission.pk)


def page(
    request: HttpRequest, editing: Editing, form: Any, template: str = "portal/edit.html", **context: Any
) -> HttpResponse:
    draft, change = editing.draft, editing.change
    shown = {
        "editing": editing,
        "form": form,
        "groups": groups_of(form, editing.kind),
        "kind": editing.kind.model._meta.verbose_name,
        "slug": slug_of(editing.kind),
        "record": editing.live,
        "record_url": address_of(editing.live) if editing.live else "",
        "draft": draft,
        "change": change,
        "version": editing.seen_version(change),
        "note": request.POST.get("catatan", draft.note if draft else ""),
        "rivals": rivals(draft, request.user) if draft else [],
        "files": Attachment.objects.about(draft) if draft else [],
        "files_key": str(draft.pk) if draft else editing.key,
        "reason": _last_reason(draft),
        "commented": [one for one in change.fields.all() if one.comment] if change else [],
    }
    return render(request, template, shown | context)


def _last_reason(draft: Submission | None) -> Any:
    """The step that sent the draft's forerunner back, with who said what."""
    if draft is None or draft.parent is None:
        return None
    return draft.parent.steps.exclude(reason="").last()


def _editing(request: HttpRequest, kind: Kind, pk: UUID) -> Editing:
    """The record to write about. A record of another region is not there; a role that proposes nothing is refused."""
    may, live = (
        request.user.may,
        kind.model._default_manager.filter(pk=pk).values_list("row_version", flat=True).first(),
    )
    if live:
        records: Any = kind.model._default_manager
        get_object_or_404(records.editable_by(request.user), pk=pk)
    if not (may.propose_change(kind.model) if live else may.propose_new(kind.model)):
        raise PermissionDenied
    return Editing(
        kind,
        pk,
        request.user,
        draft=_draft(request, kind, pk),
        key=key_in(request.POST),
        version=shown_version(request.POST.get("versi", ""), live or 0),
        initial=_initial(request, kind),
    )


def _draft(request: HttpRequest, kind: Kind, pk: UUID) -> Submission | None:
    """The draft that the address or the page names, else the office's last one about this record."""
    drafts = Submission.objects.editable_by(request.user).select_related("parent", "office")
    named = request.POST.get("usulan") or request.GET.get("usulan", "")
    if named:
        return named_submission(request.user, named)
    about = drafts.filter(changes__record_id=pk, changes__model=kind.label).order_by("-updated_at")
    return about.first() if request.method == "GET" else None


def _initial(request: HttpRequest, kind: Kind) -> dict[str, Any]:
    """What a new record begins with: the office's own region, and the parent that the link named."""
    names = set(kind.field_names)
    found = {name: value for name, value in request.GET.items() if name in names}
    region = request.user.office.region_id or ""
    if "regency" in names and len(region) == 5:
        found.setdefault("regency", region)
    return found
