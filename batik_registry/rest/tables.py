"""Small tables that are no records: told whole, as JSON or CSV, with a tag like everything else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from batik_registry.rest import exports, formats, logbook, tags
from batik_registry.rest.documents import Row
from batik_registry.spreadsheets import harmless

OFFERED = ["json", "csv"]
FORMAT = OpenApiParameter(
    "format",
    str,
    enum=OFFERED,
    description="Bentuk jawaban; mengalahkan Accept. csv memuat `results` saja, dan diakhiri baris `#count=… sha256=…`",
)

Line = Mapping[str, Any]


def responses(serializer: Any) -> dict[tuple[int, str], Any]:
    """What the contract says of both forms."""
    return {(200, formats.MEDIA_TYPES["json"]): serializer, (200, formats.MEDIA_TYPES["csv"]): OpenApiTypes.STR}


def table(request: Any, names: Sequence[str], rows: Callable[[], Iterable[Line]], about: Line) -> HttpResponse:
    """The rows under these names as `results`, after what is said about them; made anew only if it changed."""
    told_as = formats.chosen(request, OFFERED)
    seen = (tags.reader_of(request.user), request.get_full_path(), told_as, timezone.localdate())
    tag = tags.mixed(logbook.book().state(), *seen)
    if tags.is_known(request, tag):
        return tags.answered(HttpResponse(status=304), tag)
    lines = [{name: row[name] for name in names} for row in rows()]
    body = _csv(names, lines) if told_as == "csv" else orjson.dumps({**about, "results": lines})
    kind = formats.MEDIA_TYPES[told_as] + ("; charset=utf-8" if told_as == "csv" else "")
    return tags.answered(HttpResponse(body, content_type=kind), tag)


def _csv(names: Sequence[str], lines: Iterable[Line]) -> bytes:
    rows = [Row(",".join(map(_cell, line.values()))) for line in lines]
    return b"".join(exports.csv(names, [rows]))


def _cell(value: Any) -> str:
    """As in the exports of records: texts in quotes, nothing for null, what is neither as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool | int):
        return orjson.dumps(value).decode()
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return '"{}"'.format(harmless(text).replace('"', '""'))
