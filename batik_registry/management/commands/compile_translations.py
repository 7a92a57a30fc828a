from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from batik_registry.catalogues import compiled


class Command(BaseCommand):
    help = "Compiles the translations in locale/ without GNU gettext; with --check it only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when a compiled file is missing or differs")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        for source in sorted(path for root in settings.LOCALE_PATHS for path in Path(root).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            current = target.read_bytes() if target.exists() else b""
            if current == compiled(source):
                continue
            if check:
                raise CommandError(
                    f"{target.name} berbeda dari {source.name}. Jalankan manage.py compile_translations."
                )
            target.write_bytes(compiled(source))
            self.stdout.write(f"{target.name} ditulis")
