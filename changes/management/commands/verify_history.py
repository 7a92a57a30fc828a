from typing import Any

from django.core.management.base import BaseCommand, CommandError

from changes import actions

FAULTS = {
    "missing": "baris hilang",
    "altered": "isi baris berbeda dari sidiknya",
    "chain": "mata rantai tidak bersambung",
}


class Command(BaseCommand):
    help = "Membuktikan bahwa jejak perubahan utuh: tiap baris sesuai sidiknya, tiap sidik bersambung."

    def handle(self, *args: Any, **options: Any) -> None:
        actions.seal()
        found = actions.faults()
        for fault in found[:100]:
            self.stderr.write(f"Posisi {fault.position}, perubahan {fault.seq}: {FAULTS[fault.kind]}")
        if found:
            raise CommandError(
                f"Jejak perubahan rusak di {len(found)} tempat; yang pertama di posisi {found[0].position}."
            )
        self.stdout.write(self.style.SUCCESS("Jejak perubahan utuh."))
