"""Files of whole lists that are made in the background: ordered, made by a worker, fetched for a day.

What is made is what a direct download would be, by the same code for the same reader: the same scope, the same fields,
the same log of personal reading. It is written beside and stored whole, and only then called ready. A lock of the
database says who is at it: it goes with a killed worker, and another one begins anew.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from batik_registry.rest import formats, resources, tags
from batik_registry.rest.models import Export, ExportState
from batik_registry.rest.problems import Conflict, InvalidParameter

#: So long a file can be fetched, and so long after that is remembered that there was one.
KEPT, REMEMBERED = timedelta(hours=24), timedelta(days=30)
#: So many orders of one orderer may be waiting, and so often is one begun.
MOST_WAITING, MOST_ATTEMPTS = 3, 3
#: The number under which the database keeps the locks of exports apart from others.
LOCKS = 7_304


def order(*, resource: str, told_as: str, filters: dict[str, str], address: str, by: Any) -> Export:
    """Take an order in. Whatever a direct download would refuse is refused now."""
    export = Export(
        user=by, token=by.token or None, resource=resource, format=told_as, filters=filters, address=address
    )
    if told_as not in formats.WHOLE:
        raise InvalidParameter("format", _("Pilih salah satu: %s.") % ", ".join(formats.WHOLE))
    view = _view(export, by)
    _asked = view.keyset, view.columns_of_whole, view.filtered()  # each refuses what it cannot do
    if Export.objects.ordered_by(by).unmade().count() >= MOST_WAITING:
        raise Conflict(_("Pesanan Anda yang sebelumnya masih dikerjakan; tunggu sampai selesai."))
    export.save()
    return export


class _Ordered(HttpRequest):
    """The request that a direct download would have been."""

    def __init__(self, export: Export) -> None:
        super().__init__()
        self.method, self.path = "GET", f"/api/v1/{export.resource}/"
        self.GET = QueryDict(urlencode(export.filters | {"format": export.format}))
        self.address = export.address

    def build_absolute_uri(self, location: str | None = None) -> str:
        return self.address


def _view(export: Export, user: Any) -> Any:
    """The resource, asked for the whole list as this user. Raises what it refuses."""
    known = resources.registered()
    if export.resource not in known:
        raise InvalidParameter("resource", _("Pilih salah satu: %s.") % ", ".join(known))
    view = known[export.resource]()
    view.request, view.action, view.kwargs, view.told_as = Request(_Ordered(export)), "list", {}, export.format
    view.request.user = user
    view.check_list()
    return view


# --- the worker's part ---


def make(export: Export) -> bool:
    """Make the file, unless another worker is at it or it was made already. Whether this one made it."""
    with _alone(export) as is_ours:
        if not is_ours or not Export.objects.begin(export.pk, most=MOST_ATTEMPTS):
            return False
        export.refresh_from_db()
        try:
            _write(export)
        except APIException as refusal:
            export.end(state=ExportState.FAILED, error=str(refusal.detail)[:500])
        except (NotAllowedAnyMore, PermissionDenied):
            export.end(state=ExportState.FAILED, error=_("Token atau akun pemesan tidak berlaku lagi."))
        return export.state == ExportState.READY


@contextmanager
def _alone(export: Export) -> Iterator[bool]:
    """Whether nobody else is at it; kept until the end, by the connection."""
    lock = [LOCKS, export.pk.int % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)


class NotAllowedAnyMore(Exception):  # noqa: N818 - it reads as it is meant
    """The order's token or account is gone."""


def _reader(export: Export) -> Any:
    """The orderer as of now: rights that were lost since are lost here too."""
    if export.token and not export.token.is_usable:
        raise NotAllowedAnyMore
    user = export.token.bearer() if export.token else export.user
    if not user.is_current:
        raise NotAllowedAnyMore
    return user


def _write(export: Export) -> None:
    """Store the file whole, then say so. What a killed worker stored is overwritten."""
    user = _reader(export)
    view, checksum, size = _view(export, user), hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile() as file, closing(view.file(view.keyset)) as parts:
        for part in parts:
            checksum.update(part)
            size += file.write(part)
        file.flush()
        default_storage.delete(export.path)
        with open(file.name, "rb") as whole:
            default_storage.save(export.path, File(whole))
    export.end(
        state=ExportState.READY,
        rows=view.rows_told,
        size_bytes=size,
        sha256=checksum.hexdigest(),
        reader=tags.mixed(tags.reader_of(user)),
        expires_at=timezone.now() + KEPT,
    )


def take_up() -> int:
    """Make what waits, also what a killed worker left; how many files were made."""
    for export in Export.objects.unmade().filter(attempts__gte=MOST_ATTEMPTS):
        with _alone(export) as is_ours:
            if is_ours:
                export.end(
                    state=ExportState.FAILED, error=_("Berkas ini berkali-kali gagal dibuat; perkecil saringannya.")
                )
    return sum(map(make, Export.objects.unmade().order_by("ordered_at")))


def forget() -> int:
    """Delete the files whose time is over, and in time that there were any; how many files."""
    now, forgotten = timezone.now(), 0
    for export in Export.objects.filter(state=ExportState.READY, expires_at__lt=now):
        default_storage.delete(export.path)
        export.end(state=ExportState.EXPIRED)
        forgotten += 1
    Export.objects.exclude(state=ExportState.READY).filter(ordered_at__lt=now - REMEMBERED).delete()
    return forgotten
