"""Load what public sources tell of offices, centres, rules and money: `manage.py load_records`. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from accounts.loaders import load_offices
from centres.loaders import ACTOR
from changes.choices import Door
from changes.context import changing
from programs.loaders import load_records, read_all
from regions.models import Region


class Command(BaseCommand):
    help = "Memuat kantor, sentra, dan angka acuan dari sumber publik; yang sudah ada tidak diubah"

    def handle(self, *args: Any, **options: Any) -> None:
        if not Region.objects.exists():
            raise CommandError(_("Wilayah belum dimuat. Jalankan dahulu: manage.py load_regions"))
        with changing(name=ACTOR, door=Door.COMMAND, reason=_("Kantor dan dinas menurut pemberitaan publik")):
            offices = load_offices()
        rows = read_all()
        # Without a terminal, tqdm's bar would only fill log files.
        with tqdm(total=len(rows), desc=_("Memuat data awal"), unit=_(" data"), disable=None, leave=False) as bar:
            records = load_records(rows, each=bar.update)
        if options["verbosity"]:
            self.stdout.write(_("Kantor: %(offices)d kantor dan %(heads)d nama kepala ditambahkan.") % vars(offices))
            told = {"added": records.added, "known": records.known, "edited": len(records.edited)}
            text = _("Data awal: %(added)d ditambahkan, %(known)d sudah ada, %(edited)d di antaranya telah disunting.")
            self.stdout.write(text % told)
