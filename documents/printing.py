"""A paper as PDF, made by Typst: tagged for readers (PDF/UA-1), fit for archives (PDF/A-2a), the same each time."""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils import timezone

from batik_registry.templatetags.formats import pukul

LAYOUT = Path(__file__).parent / "layout.typ"


def printed(content: dict[str, Any], code: str, address: str) -> bytes:
    """The file. Everything on it comes from the arguments: no clock, no font of the machine, no random number.

    Texts reach the layout as data, so none is read as markup.
    """
    moment = timezone.localtime(datetime.fromisoformat(content["as_of"]))
    paper = content | {
        "code": code,
        "address": address,
        "as_of_words": pukul(moment),
        "day": [moment.year, moment.month, moment.day],
    }
    inputs = {"paper": json.dumps(paper), "qr": _qr(address)}
    file = typst.compile(
        LAYOUT, format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"]
    )
    return bytes(file)


def _qr(address: str) -> str:
    """The address as a picture (SVG)."""
    picture = io.BytesIO()
    segno.make(address, micro=False, error="m").save(picture, kind="svg", xmldecl=False, border=2)
    return picture.getvalue().decode()
