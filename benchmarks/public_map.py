"""How long a slowed browser takes to show a map with thousands of points, beside the same map with none.

    uv run --no-sync python -m benchmarks.public_map --points 5000 --slower 4

`--slower 4` slows the CPU down to about a phone of the middle class, as Chromium's own tools advise.
"""

import argparse
import os
import random
import shutil
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
SHOWN = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass(frozen=True)
class Measured:
    """Median milliseconds until the map was painted, and its size."""

    with_points: float
    without: float
    kilobytes: float


def measure(*, points: int, slower: int, rounds: int = 5) -> Measured:
    from regions.map import Place, draw

    chance = random.Random(7)  # noqa: S311 - places on a map
    places = [Place(chance.uniform(-9, 4), chance.uniform(96, 140), f"Sentra {n}") for n in range(points)]
    pages = {name: _page(draw(points=found)) for name, found in (("with", places), ("without", []))}
    times: dict[str, list[float]] = {name: [] for name in pages}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        for _round in range(rounds):
            for name, text in pages.items():
                file = Path(folder) / f"{name}.html"
                file.write_text(text, "utf-8")
                times[name].append(_shown(page, file))
        browser.close()
    size = len(pages["with"].encode()) / 1000
    return Measured(statistics.median(times["with"]), statistics.median(times["without"]), size)


def _page(drawn: object) -> str:
    from django.template.loader import render_to_string

    body = render_to_string("components/map.html", {"map": drawn, "title": "Peta", "note": ""})
    styles = "".join((ROOT / "static" / "css" / f"{name}.css").read_text() for name in ("tokens", "map"))
    return f"<!doctype html><meta charset=utf-8><style>{styles}</style><body class=rsb>{body}"


def _shown(page: Page, file: Path) -> float:
    page.goto(file.as_uri())
    page.wait_for_function(SHOWN)
    return float(page.evaluate(SHOWN))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=5000)
    parser.add_argument("--slower", type=int, default=4)
    asked = parser.parse_args()
    found = measure(points=asked.points, slower=asked.slower)
    print(f"{found.with_points:.0f} ms, without points {found.without:.0f} ms, {found.kilobytes:.0f} kB")  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "batik_registry.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    main()
