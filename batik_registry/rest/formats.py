"""In which format a resource answers: the one that the address names with `format=`, else what the client accepts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.negotiation import DefaultContentNegotiation

from batik_registry.rest.problems import InvalidParameter, Refusal

#: The first is given to whoever accepts anything.
MEDIA_TYPES = {
    "json": "application/json",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ndjson": "application/x-ndjson",
}
#: Formats that tell a whole list at once, whatever its length.
WHOLE = ("csv", "xlsx", "ndjson")
#: What only pages have.
OF_PAGES = ("limit", "cursor", "count", "expand")
PLACE = ("latitude", "longitude")


class Answering(DefaultContentNegotiation):
    """Leaves the choice to `chosen`, once it is known who asks; a refusal is JSON whatever was accepted."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


def of_a_list(columns: Collection[str]) -> list[str]:
    """The formats of a list with these columns: GeoJSON only for what has a place."""
    has_place = set(PLACE) <= set(columns)
    return [name for name in MEDIA_TYPES if has_place or name != "geojson"]


def chosen(request: Any, offered: Sequence[str]) -> str:
    """The format to answer in. What is not offered is refused: with 400 where `format=` names it, else with 406."""
    if name := request.GET.get("format"):
        if name in offered:
            return str(name)
        hint = _(" GeoJSON hanya untuk data yang letaknya boleh Anda baca.") if name == "geojson" else ""
        raise InvalidParameter("format", _("Pilih salah satu: %s.") % ", ".join(offered) + hint)
    for accepted in request.accepted_types:
        wanted = f"{accepted.main_type}/{accepted.sub_type}".lower()
        for name in offered:
            if wanted in (MEDIA_TYPES[name], f"{MEDIA_TYPES[name].partition('/')[0]}/*", "*/*"):
                return name
    known = ", ".join(MEDIA_TYPES[name] for name in offered)
    detail = _("Bentuk jawaban itu tidak tersedia di sini. Yang tersedia: %s.") % known
    raise Refusal("not_acceptable", detail, status.HTTP_406_NOT_ACCEPTABLE)


def check_whole(query: Mapping[str, str], name: str) -> None:
    """Refuses what a format that tells the whole list does not have."""
    for parameter in OF_PAGES:
        if parameter in query:
            told = _("%s memuat semua baris sekaligus; hilangkan parameter ini, atau minta format=json.")
            raise InvalidParameter(parameter, told % name.upper())
