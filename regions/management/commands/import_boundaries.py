"""Draw the maps with official borders: `manage.py import_boundaries provinsi.geojson --source "BIG, 2025"`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.boundaries import Boundaries, boundaries, path_of


class Command(BaseCommand):
    help = "Memakai batas provinsi resmi (GeoJSON, WGS84) untuk semua peta"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON dengan satu poligon per provinsi")
        parser.add_argument("--code", default="kode", help="nama sifat yang memuat kode Kemendagri, misalnya 35")
        parser.add_argument("--source", required=True, help="siapa yang menyatakan batas ini, dan tahunnya")
        parser.add_argument("--licence", default="", help="lisensi batas ini")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            features = json.loads(options["file"].read_text("utf-8"))["features"]
            paths = {str(one["properties"][options["code"]]): path_of(one["geometry"]) for one in features}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(_("Berkas ini tidak terbaca sebagai GeoJSON provinsi: %s") % error) from error
        if missing := sorted(set(boundaries().paths) - set(paths)):
            raise CommandError(_("Provinsi ini tidak ada dalam berkas: %s") % ", ".join(missing))
        found = Boundaries(options["source"], options["licence"], is_official=True, paths=paths)
        found.write(settings.MAP_BOUNDARIES)
        self.stdout.write(_("%d provinsi digambar menurut batas resmi.") % len(paths))
