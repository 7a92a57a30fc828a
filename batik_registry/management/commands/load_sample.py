"""Load the sample members of the demo: `manage.py load_sample`. Refused everywhere else. Safe to repeat."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from centres.sample import load_sample


class Command(BaseCommand):
    help = "Memuat IKM contoh beserta datanya. Hanya di demo."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_sample()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(_("Data contoh: %(added)d ditambahkan, %(known)d sudah ada.") % vars(loaded))
