import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from changes.mirror import Mirror, MirrorError, Registry

KINDS = {"different": "berbeda", "missing": "tidak ada di salinan", "extra": "tidak ada di registri"}


class Command(BaseCommand):
    help = (
        "Menyimpan salinan registri lain di basis data PostgreSQL, mengikuti perubahannya, dan membuktikannya. "
        "Token dibaca dari variabel lingkungan REGISTRI_TOKEN."
    )
    requires_system_checks: list[str] = []  # it neither uses nor needs this registry's own database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="alamat registri, misalnya https://registri.example")
        parser.add_argument(
            "--database", required=True, help="basis data salinan, misalnya postgresql://localhost/salinan"
        )
        parser.add_argument("--schema", default="registri", help="skema tempat tabel salinan (baku: registri)")
        parser.add_argument("--types", default="", help="jenis data dipisah koma (baku: semua yang boleh dibaca)")
        parser.add_argument("--anew", action="store_true", help="memuat ulang seluruh salinan")
        parser.add_argument("--once", action="store_true", help="berhenti sesudah salinan terkini")
        parser.add_argument("--prove", action="store_true", help="membuktikan salinan sesudah terkini")
        parser.add_argument("--every", type=float, default=10, help="jeda antarpermintaan dalam detik (baku: 10)")

    def handle(self, *args: Any, url: str, database: str, schema: str, **options: Any) -> None:
        token = os.environ.get("REGISTRI_TOKEN", "")
        if not token:
            raise CommandError("Isi variabel lingkungan REGISTRI_TOKEN dengan token dari pengelola akun.")
        try:
            mirror = Mirror(Registry(url, token), database, schema=schema)
            try:
                self.keep(mirror, **options)
            finally:
                mirror.close()
        except MirrorError as error:
            raise CommandError(str(error)) from error

    def keep(self, mirror: Mirror, *, types: str, anew: bool, once: bool, prove: bool, every: float, **_: Any) -> None:
        if anew or mirror.place is None:
            self.stdout.write(f"{mirror.load(types)} baris dimuat.")
        self.stdout.write(f"{mirror.follow()} perubahan diterapkan.")
        if prove:
            self.prove(mirror)
        while not once:
            time.sleep(every)
            if taken := mirror.follow():
                self.stdout.write(f"{taken} perubahan diterapkan.")

    def prove(self, mirror: Mirror) -> None:
        wrong = list(mirror.prove())
        for one in wrong:
            self.stderr.write(f"{one.type} {one.id}: {KINDS[one.kind]}")
        if wrong:
            raise CommandError(f"Salinan berbeda dari registri di {len(wrong)} data. Muat ulang dengan --anew.")
        self.stdout.write(self.style.SUCCESS("Salinan terbukti sama dengan registri."))
