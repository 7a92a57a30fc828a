"""The help page: one page of answers whose figures come from the rules that hold, never from its own text."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import roles
from accounts.choices import OfficeLevel, RoleCode
from accounts.models import Office
from centres import attachments
from centres.choices import AttachmentKind, RuleCode
from centres.models import Member, Rule
from portal import digest, tasks
from portal.access import for_officers
from programs.choices import ReportKind
from programs.models import ReportDue
from submissions.choices import State
from workbooks import containers, kinds
from workbooks.models import KEPT

#: The sections of the page by their anchor, in the order of the page.
SECTIONS = {
    "alur": _("Perjalanan usulan"),
    "istilah": _("Arti kata di layar"),
    "koreksi": _("Memperbaiki data"),
    "ikm-baru": _("Mendaftarkan IKM baru"),
    "excel": _("Unggah Excel"),
    "laporan": _("Laporan triwulan"),
    "penjualan": _("Penjualan kegiatan"),
    "luring": _("Bekerja tanpa sambungan"),
    "tenggat": _("Tenggat dan asalnya"),
    "berkas": _("Foto dan dokumen"),
    "serah-terima": _("Serah terima dan akun"),
    "bertanya": _("Bertanya kepada siapa"),
}

#: What each state of a submission means for the office that wrote it.
STATES = {
    State.DRAFT: _("Milik kantor Anda. Rekan sekantor dapat meneruskannya; penelaah belum melihatnya."),
    State.SUBMITTED: _("Menunggu di meja penelaah. Isinya tidak berubah lagi, tetapi dapat Anda tarik kembali."),
    State.VERIFIED: _("Sudah diperiksa dan diteruskan ke meja berikutnya; belum diputuskan."),
    State.RETURNED: _("Perlu diperbaiki. Konsep baru dengan catatan penelaah ada di Beranda; perbaiki dan kirim lagi."),
    State.APPROVED: _("Semua isian diterima dan sudah tercatat di registri."),
    State.PARTLY_APPROVED: _("Sebagian isian tercatat di registri; yang dikembalikan menjadi konsep baru di Beranda."),
    State.REJECTED: _("Tidak diterima, dengan alasan. Tidak ada data yang berubah."),
    State.WITHDRAWN: _("Diambil kembali oleh kantor Anda sebelum diputuskan. Tidak ada data yang berubah."),
}


@for_officers
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    context = {
        "can_add": user.may.propose_new(Member),
        "can_bring": bool(kinds.usable_by(user)),
        "sections": SECTIONS.items(),
        "states": [(state.label, words) for state, words in STATES.items()],
        "stale_months": Rule.objects.number(RuleCode.STALE_MONTHS),
        "year": today.year,
        "calendar": calendar_of(today),
        "told_ahead": [day for day in digest.AHEAD if day],
        "certificate_days": tasks.CERTIFICATE_AHEAD.days,
        "photo_megabytes": attachments.largest(AttachmentKind.PHOTO) // attachments.MEGABYTE,
        "document_megabytes": attachments.largest(AttachmentKind.DOCUMENT) // attachments.MEGABYTE,
        "photo_megapixels": attachments.limit(*attachments.MOST_PIXELS) // 1_000_000,
        "photo_formats": ", ".join(attachments.PHOTO_FORMATS),
        "workbook_megabytes": containers.MAX_BYTES // attachments.MEGABYTE,
        "workbook_rows": containers.MAX_ROWS,
        "workbook_days": KEPT.days,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "remembered_days": settings.ACCOUNT_SESSION_COOKIE_AGE // (24 * 3600),
        "offices": offices_for(user),
        "appointers": [RoleCode(code).label for code, role in roles.ALL.items() if role.appoint(user.role)],
    }
    return render(request, "portal/help.html", context)


def calendar_of(day: date) -> list[tuple[Any, Any, date]]:
    """The reports of the fiscal year of that day: kind, row of the calendar, last day. A query for each kind."""
    found = []
    for kind in ReportKind:
        rows: dict[int, ReportDue] = {}
        for row in ReportDue.objects.for_year(kind, day.year):
            rows.setdefault(row.period, row)  # the year's own row comes first
        found += [(kind, row, row.day_in(day.year)) for row in rows.values()]
    return sorted(found, key=lambda one: one[2])


def offices_for(user: Any) -> list[Office]:
    """Whom to ask, the nearest first: the own office, its province's and the ministry's. One query."""
    province = Q(level=OfficeLevel.PROVINCE, region=(user.office.region_id or "")[:2])
    asked = Office.objects.filter(Q(pk=user.office_id) | province | Q(level=OfficeLevel.MINISTRY, parent=None))
    nearness = {OfficeLevel.REGENCY: 0, OfficeLevel.PROVINCE: 1, OfficeLevel.MINISTRY: 2}
    return sorted(asked.filter(is_active=True), key=lambda one: nearness[OfficeLevel(one.level)])
