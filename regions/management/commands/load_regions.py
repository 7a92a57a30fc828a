"""Load the application's own region data: `manage.py load_regions`. Safe to repeat."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from regions.actions import load_edition
from regions.editions import DATA, Edition, EditionError


class Command(BaseCommand):
    help = "Memuat wilayah Indonesia (provinsi sampai desa/kelurahan) dari berkas data aplikasi"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="tempat berkas data wilayah")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = Edition.read(options["folder"])
            # Without a terminal, tqdm's bar would only fill log files.
            rows = tqdm(edition.rows, _("Memuat wilayah"), unit=_(" wilayah"), disable=None, leave=False)
            outcome = load_edition(edition=replace(edition, rows=rows))
        except EditionError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(
                _("Wilayah menurut %(decree)s: %(added)d ditambahkan, %(changed)d diubah, %(vanished)d berakhir.")
                % {"decree": edition.header.decree, **vars(outcome)}
            )
