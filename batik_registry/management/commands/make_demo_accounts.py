from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import make_demo_accounts
from centres.models import Centre

#: The centre of the sample centre manager: Maja Barama Wastra, in the region of the manager's office.
MANAGED = "SB-3576-001"


class Command(BaseCommand):
    help = "Membuat akun contoh, satu untuk setiap peran. Hanya di demo."

    def handle(self, *args: Any, **options: Any) -> None:
        managed = Centre.objects.filter(code=MANAGED).values_list("pk", flat=True)
        try:
            accounts = make_demo_accounts(managed_centres=managed)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        for account in accounts if options["verbosity"] else ():
            self.stdout.write(f"{account.role_label:30} {account.email:32} {account.password}")
