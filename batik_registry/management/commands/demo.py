"""`manage.py demo`: the whole registry on this computer, with the real records and an account for each role."""

import errno
import signal
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.utils import OperationalError
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.demo import DEMO_ACCOUNTS
from batik_registry import postgres
from batik_registry.management import demo
from batik_registry.postgres_errors import EmbeddedPostgresError, NoRoomError
from changes.grants import ROLE


class Command(BaseCommand):
    help = "Menjalankan registri di komputer ini sebagai demo, lengkap dengan basis data, data, dan akun contoh"
    requires_system_checks: list[str] = []  # they take a second and a half; every start of a server would wait for them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="alamat tempat demo dilayani (baku: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port tempat demo dilayani (baku: 8000)")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
            signal.signal(signal.SIGHUP, lambda *_: sys.exit(0))  # a closed terminal ends the demo as SIGTERM does
        self.refuse_foreign_database()
        self.refuse_occupied_address(host, port)
        try:
            self.run(host=host, port=port)
        except KeyboardInterrupt:
            self.stdout.write(_("\nDemo dihentikan; datanya tetap tersimpan."))
        except EmbeddedPostgresError as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise self.explained(error) from error

    def run(self, *, host: str, port: int) -> None:
        demo.prepare(report=self.stdout.write)
        connection.close()
        worker_log = settings.VAR_DIR / "worker.log"
        with demo.Children() as children:
            children.fork(demo.serve, host=host, port=port)
            while children.all_run() and not demo.answers(host, port, reverse("account_login")):
                time.sleep(0.05)
            if children.all_run():
                self.introduce(host, port)
                children.start(demo.background_worker(), log=worker_log, EMBEDDED_DATABASE_USER=ROLE)
            while children.all_run():
                time.sleep(0.5)
                postgres.ensure_running(self.root)  # costs nothing while it runs; revives it if it was killed
        text = _("Server web atau pekerja latar demo berhenti sendiri: baca pesan di atas dan %(log)s, lalu ulangi.")
        raise CommandError(text % {"log": worker_log})

    @property
    def root(self) -> Path:
        root: Path = settings.DATABASES["default"]["OPTIONS"]["embedded_root"]
        return root

    def refuse_foreign_database(self) -> None:
        """Accounts with a printed password belong in the demo's own database and nowhere else."""
        if not settings.DEMO or "embedded_root" not in settings.DATABASES["default"].get("OPTIONS", {}):
            raise CommandError(
                _("Demo memakai basis datanya sendiri: hapus DATABASE_URL, lalu jalankan `manage.py demo`.")
            )

    def refuse_occupied_address(self, host: str, port: int) -> None:
        try:
            demo.try_address(host, port)
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                text = _(
                    "Port %(port)s sedang dipakai program lain: hentikan program itu, atau pilih --port %(other)s."
                )
            else:
                text = _("Alamat %(host)s port %(port)s tidak dapat dipakai: pilih --host atau --port yang lain.")
            raise CommandError(text % {"host": host, "port": port, "other": port + 1}) from error

    def explained(self, error: OperationalError) -> Exception:
        cluster = postgres.ensure_running(self.root)
        if cluster.lacks_room():
            return CommandError(str(NoRoomError(cluster.home, megabytes=postgres.MEGABYTES_NEEDED)))
        return error

    def introduce(self, host: str, port: int) -> None:
        base = f"http://{host}:{port}"
        self.stdout.write(_("\nDemo Registri Sentra Batik siap. Ini bukan layanan resmi, akunnya akun contoh.\n"))
        for label, view in ((_("Registri"), "home"), (_("Meja kementerian"), "admin:index")):
            self.stdout.write(f"  {label:20}{base}{reverse(view)}")
        heads = (_("Peran"), _("Surel"), _("Kata sandi"), _("Kantor"))
        rows = [heads, *((a.role_label, a.email, a.password, a.office_name) for a in DEMO_ACCOUNTS)]
        widths = [max(len(row[column]) for row in rows) + 2 for column in range(3)] + [0]
        self.stdout.write("")
        for row in rows:
            self.stdout.write("  " + "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
        self.stdout.write(_("\nTekan Ctrl-C untuk berhenti. Data tetap tersimpan untuk kali berikut."))
        self.stdout.flush()
