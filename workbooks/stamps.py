"""What a template of ours remembers of itself, in a hidden sheet: for whom, of what, and which version of each record.

Signed, so that a version is never taken from a sheet that somebody changed.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from workbooks.exceptions import Unreadable
from workbooks.kinds import Layout, layout_of
from workbooks.reading import HIDDEN_SHEET, Sheet

NAME = "registri-sentra-batik"
SALT = "workbooks.stamp"
HEAD = 5


def lines_of(layout: Layout, office: Any, versions: dict[str, int]) -> list[tuple[str, str]]:
    """The hidden sheet of a template made now."""
    head = [(NAME, "1"), ("jenis", layout.slug), ("kantor", str(office.pk)), ("dibuat", timezone.now().isoformat())]
    body = [(key, str(version)) for key, version in versions.items()]
    return [*head, ("tanda", _signature([*head, *body])), *body]


def read(sheets: Iterable[Sheet], layout: Layout, office: Any) -> dict[str, int]:
    """The versions that a template showed, by record; empty for a workbook that is no template of ours."""
    sheet = next((one for one in sheets if one.name == HIDDEN_SHEET), None)
    lines = [tuple(text for _how, text in row[:2]) for row in sheet] if sheet else []
    if not lines or lines[0][0] != NAME:
        return {}
    told: Any = [line if len(line) == 2 else (line[0], "") for line in lines if line and line[0]]
    _check(told, layout, office)
    return {key: int(version) for key, version in told[HEAD:]}


def _check(lines: list[tuple[str, str]], layout: Layout, office: Any) -> None:
    head, mark, body = lines[: HEAD - 1], lines[HEAD - 1 : HEAD], lines[HEAD:]
    if not mark or not constant_time_compare(mark[0][1], _signature([*head, *body])):
        raise Unreadable(
            _("Lembar tersembunyi templat ini berubah. Unduh templat lagi, lalu salin isian Anda ke sana.")
        )
    held = dict(head)
    if held["jenis"] != layout.slug:
        try:
            meant = str(layout_of(held["jenis"]).title)
        except LookupError:
            meant = held["jenis"]
        raise Unreadable(_("Templat ini untuk %s. Unggah pada jenis itu.") % meant)
    if held["kantor"] != str(office.pk):
        raise Unreadable(_("Templat ini diunduh kantor lain. Unduh templat kantor Anda sendiri."))


def _signature(lines: list[tuple[str, str]]) -> str:
    return signing.Signer(salt=SALT).signature(json.dumps(lines))
