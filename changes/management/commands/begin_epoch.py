from typing import Any

from django.core.management.base import BaseCommand

from changes import actions


class Command(BaseCommand):
    help = "Setelah pemulihan cadangan ke server baru: menyegel semua yang dipulihkan, lalu melanjutkan urutan jejak."

    def handle(self, *args: Any, **options: Any) -> None:
        last = actions.begin_epoch()
        self.stdout.write(self.style.SUCCESS(f"Jejak perubahan berlanjut sesudah nomor {last}."))
