from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from batik_registry import catalogues


class Command(BaseCommand):
    help = (
        "Brings locale/en up to the sentences in code and templates and prints those that lack English; "
        "with --check it only compares."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when English is not whole")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            catalogues.update()
        faults = list(catalogues.faults())
        if check and faults:
            raise CommandError(
                "\n".join([f"Terjemahan Inggris belum utuh ({len(faults)}). Lengkapi locale/en, lalu ulangi.", *faults])
            )
        self.stdout.write("\n".join([*faults, f"{len(faults)} belum diterjemahkan atau keliru"]))
