"""Draw static/img/og.png, the picture that others show beside a link to the public site: `manage.py draw_picture`."""

import re
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw, ImageFont

from regions.boundaries import OURS, Boundaries

SIZE = (1200, 630)
CLOTH, INDIGO, BROWN = "#fdf9f0", "#152c52", "#d9ab73"
LEFT, TOP = 100, 210

Point = tuple[float, float]


class Command(BaseCommand):
    help = "Menggambar static/img/og.png untuk tautan ke situs publik"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        picture = Image.new("RGB", SIZE, INDIGO)
        pen = ImageDraw.Draw(picture)
        for path in Boundaries.read(OURS).paths.values():
            for ring in rings(path):
                pen.polygon([(LEFT + x, TOP + y) for x, y in ring], fill=BROWN)
        pen.text((LEFT, 60), "Registri Sentra Batik", font=ImageFont.load_default(72), fill=CLOTH)
        pen.text((LEFT, 150), "Sentra IKM batik Indonesia", font=ImageFont.load_default(36), fill=BROWN)
        target = Path(settings.BASE_DIR) / "static" / "img" / "og.png"
        picture.quantize(16).save(target, optimize=True)
        self.stdout.write(f"{target.stat().st_size} bita")


def rings(path: str) -> list[list[Point]]:
    """The corners of each ring of one of our own SVG paths."""
    found = []
    for ring in re.findall(r"M([^z]+)z", path):
        first, *steps = (_point(pair) for pair in re.split(r"[l ]", ring))
        found.append(list(accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1]), initial=first)))
    return found


def _point(pair: str) -> Point:
    x, y = map(float, pair.split(","))
    return x, y
