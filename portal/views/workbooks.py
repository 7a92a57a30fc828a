"""Excel in: bring a workbook, say what its columns mean, see every fault at once, mend it, send what is good."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import PAGE, for_officers
from portal.mending import lines_of, typed_in
from portal.reports import NotDeclared, is_declared
from submissions.choices import Purpose
from submissions.exceptions import Refused, RulesBroken
from workbooks import actions, blanks, kinds, marking
from workbooks.choices import Outcome, State
from workbooks.containers import check_size
from workbooks.kinds import ID, Layout
from workbooks.models import Workbook
from workbooks.tasks import leave_to_worker

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Bad rows on one page, so that it stays light.
ROWS = 25
LISTED = 50


@for_officers
@require_http_methods(PAGE)
def workbook_list(request: HttpRequest) -> HttpResponse:
    """Where a workbook is brought, and where those of the office are."""
    layouts = kinds.usable_by(request.user)
    if not layouts:
        raise PermissionDenied
    if request.method == "POST" and (answer := _brought(request)):
        return answer
    rows = Workbook.objects.of_office(request.user).exclude(state=State.DROPPED).counted()
    context = {"layouts": layouts, "workbooks": rows.select_related("created_by")[:LISTED], "kind": _asked(request)}
    return render(request, "portal/workbook_list.html", context)


def _asked(request: HttpRequest) -> str:
    return str((request.POST or request.GET).get("jenis", ""))


def _brought(request: HttpRequest) -> HttpResponse | None:
    file = request.FILES.get("berkas")
    if file is None:
        messages.error(request, _("Pilih berkas Excel atau CSV dahulu."))
        return None
    try:
        found = actions.bring(
            content=_content(file), name=file.name or "", layout=_layout(_asked(request)), by=request.user
        )
    except PermissionDenied:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    if (file.size or 0) > actions.AT_ONCE_BYTES:
        leave_to_worker(found)
    else:
        actions.check(workbook=found)
    return redirect("portal:workbook", found.pk)


def _content(file: Any) -> bytes:
    """Not even read where it is larger than anything that is taken."""
    check_size(file.size or 0)
    return bytes(file.read())


def _layout(slug: str) -> Layout:
    try:
        return kinds.layout_of(slug)
    except LookupError:
        raise Http404 from None


@for_officers
@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponseBase:
    layout = _layout(slug)
    if not layout.may_use(request.user):
        raise PermissionDenied
    name = f"templat-{slug}-{timezone.localdate():%Y-%m-%d}.xlsx"
    file = blanks.template(layout, request.user, request.GET.dict())
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


@for_officers
@require_http_methods(PAGE)
def workbook_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    if request.method == "POST":
        return _done(request, found)
    if found.is_at_work:
        answer = render(request, "portal/workbook_reading.html", {"workbook": found})
        answer["Refresh"] = "2"
        return answer
    return _checked_page(request, found)


def _checked_page(request: HttpRequest, found: Workbook) -> HttpResponse:
    layout = _layout(found.kind)
    page = Paginator(found.rows.bad(), ROWS).get_page(request.GET.get("hal"))
    counts = found.counts
    ready = counts[Outcome.NEW] + counts[Outcome.CHANGE]
    warned = found.rows.ready().filter(warnings__gt=0)
    context = {
        "workbook": found,
        "layout": layout,
        "counts": counts,
        "read": sum(counts.values()),
        "ready": ready,
        "bad": counts[Outcome.BAD],
        "title": _verdict(ready, counts[Outcome.BAD]),
        "page": page,
        "lines": [line for row in page for line in lines_of(row, layout)],
        "first": found.rows.ready()[:3],
        "warned": warned[:10],
        "warnings": warned.count(),
        "is_report": layout.kind.purpose == Purpose.REPORT,
        "sent": found.submissions.all(),
        "unread": not found.mapping,
        "can_check_again": bool(found.mapping) and found.total <= actions.AT_ONCE_CHECKED,
    }
    return render(request, "portal/workbook_check.html", context)


def _verdict(ready: int, bad: int) -> str:
    told = ngettext("%d baris siap", "%d baris siap", ready) % ready
    if not bad:
        return told if ready else _("Tidak ada yang berubah")
    return f"{told}, " + ngettext("%d baris perlu diperbaiki", "%d baris perlu diperbaiki", bad) % bad


def _done(request: HttpRequest, found: Workbook) -> HttpResponse:
    """One deed on a workbook; a refusal comes back as a sentence."""
    try:
        return _do(request, found)
    except PermissionDenied:
        raise
    except RulesBroken as refusal:
        for fault in refusal.verdict.faults[:10]:
            messages.error(request, str(fault))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:workbook", found.pk)


def _do(request: HttpRequest, found: Workbook) -> HttpResponse:
    named: dict[str, Any] = {"workbook": found, "by": request.user}
    match request.POST.get("perbuatan"):
        case "periksa":
            typed, deeds = typed_in(request.POST, _layout(found.kind).names_for(request.user))
            actions.mend(**named, typed=typed, deeds=deeds)
        case "periksa-semua":
            actions.check_again(**named)
            messages.success(request, _("Semua baris diperiksa lagi dengan data registri saat ini."))
        case "ajukan":
            return _sent(request, found)
        case "batal":
            actions.drop(**named)
            messages.success(request, _("Impor %s dibatalkan. Tidak ada data yang berubah.") % found.name)
            return redirect("portal:workbooks")
        case _:
            raise Http404
    return redirect("portal:workbook", found.pk)


def _sent(request: HttpRequest, found: Workbook) -> HttpResponse:
    if _layout(found.kind).kind.purpose == Purpose.REPORT and not is_declared(request.POST):
        raise NotDeclared
    named: dict[str, Any] = {"workbook": found, "by": request.user, "whole": request.POST.get("mode") == "semua"}
    if found.rows.ready().count() > actions.AT_ONCE_ROWS:
        leave_to_worker(actions.ask_to_send(**named))
        return redirect("portal:workbook", found.pk)
    sent = actions.submit(**named)
    messages.success(request, _("Usulan %s terkirim.") % sent.number)
    found.refresh_from_db()
    if found.state == State.DONE:
        return redirect("portal:submission", sent.pk)
    return redirect("portal:workbook", found.pk)


@for_officers
@require_http_methods(PAGE)
def workbook_titles(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which column holds what: corrected once, and known for the office's next file."""
    found = _found(request, pk)
    layout = _layout(found.kind)
    names = layout.names_for(request.user)
    if request.method == "POST":
        mapping = {
            name: place
            for place in range(len(found.titles))
            if (name := request.POST.get(f"kolom-{place}", "")) in names or name == ID
        }
        try:
            actions.say_titles(workbook=found, mapping=mapping, by=request.user)
        except PermissionDenied:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            _checked_soon(found)
        return redirect("portal:workbook", found.pk)
    held = {place: name for name, place in found.mapping.items()}
    fields = [(ID, ID), *((name, layout.title_of(name)) for name in names)]
    columns = [(place, title, held.get(place, "")) for place, title in enumerate(found.titles) if title]
    return render(
        request,
        "portal/workbook_titles.html",
        {"workbook": found, "layout": layout, "columns": columns, "fields": fields},
    )


def _checked_soon(found: Workbook) -> None:
    if found.total > actions.AT_ONCE_CHECKED:
        leave_to_worker(found)
    else:
        actions.check(workbook=found)


@for_officers
@require_safe
def workbook_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every row with what would become of it."""
    found = _found(request, pk)
    layout = _layout(found.kind)
    page = Paginator(found.rows.all(), LISTED).get_page(request.GET.get("hal"))
    rows = [(row, [layout.title_of(name) for name in row.diff if name in layout.fields]) for row in page]
    return render(request, "portal/workbook_rows.html", {"workbook": found, "page": page, "rows": rows})


@for_officers
@require_safe
def marked(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The same file, its faults coloured and told in it."""
    found = _found(request, pk)
    if found.state != State.CHECKED or found.is_at_work:
        raise Http404
    name = found.name.rsplit(".", 1)[0]
    file = marking.marked(found)
    return FileResponse(file, as_attachment=True, filename=f"{name}-diperiksa.xlsx", content_type=XLSX)


def _found(request: HttpRequest, pk: UUID) -> Workbook:
    rows = Workbook.objects.of_office(request.user).exclude(state=State.DROPPED)
    found = get_object_or_404(rows.select_related("office", "created_by"), pk=pk)
    if not _layout(found.kind).may_use(request.user):
        raise PermissionDenied
    return found
