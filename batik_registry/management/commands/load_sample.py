"""Load the samples of the demo (members, allocations): `manage.py load_sample`. Refused elsewhere. Safe to repeat."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from centres.sample import load_sample as load_members
from programs.event_sample import load_event_sample
from programs.sample import load_sample as load_allocations


class Command(BaseCommand):
    help = "Memuat IKM dan alokasi contoh beserta datanya. Hanya di demo."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loads = [load_members(), load_allocations(), load_event_sample()]
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            told = {"added": sum(one.added for one in loads), "known": sum(one.known for one in loads)}
            self.stdout.write(_("Data contoh: %(added)d ditambahkan, %(known)d sudah ada.") % told)
