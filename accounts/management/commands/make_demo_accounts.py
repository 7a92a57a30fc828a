from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import make_demo_accounts


class Command(BaseCommand):
    help = "Membuat akun contoh, satu untuk setiap peran. Hanya di demo."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = make_demo_accounts()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        for account in accounts:
            self.stdout.write(f"{account.role_label:30} {account.email:32} {account.password}")
