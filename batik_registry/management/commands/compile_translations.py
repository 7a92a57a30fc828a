import io
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


def compiled(source: Path) -> bytes:
    """The .mo of a .po; the same bytes on each machine."""
    target = io.BytesIO()
    with source.open("rb") as file:
        write_mo(target, read_po(file, locale="id", abort_invalid=True))
    return target.getvalue()


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
