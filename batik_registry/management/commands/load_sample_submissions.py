"""Play the sample submissions of the demo: `manage.py load_sample_submissions`. Refused elsewhere. Safe to repeat."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from programs.submission_sample import load_submission_sample


class Command(BaseCommand):
    help = "Menyusun usulan contoh dari akun-akun contoh. Hanya di demo."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load = load_submission_sample()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            told = {"added": load.added, "known": load.known}
            self.stdout.write(_("Usulan contoh: %(added)d perkara ditambahkan, %(known)d sudah ada.") % told)
