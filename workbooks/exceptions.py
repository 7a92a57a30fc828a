"""Why a workbook was refused, in one sentence for the person who brought it."""

from django.utils.translation import gettext as _

from submissions.exceptions import Refused


class Unreadable(Refused):
    """The file is none that we open; its argument says what to do instead."""

    def sentence(self) -> str:
        return str(self.args[0])


class DataMoved(Refused):
    """What would be written is no longer what was shown."""

    def sentence(self) -> str:
        return _("Data di registri berubah sejak berkas ini diperiksa. Periksa lagi, lalu ajukan.")


class StillReading(Refused):
    def sentence(self) -> str:
        return _("Berkas ini masih diperiksa. Tunggu sampai selesai.")


class NothingReady(Refused):
    def sentence(self) -> str:
        return _("Tidak ada baris yang siap diajukan.")


class NotComplete(Refused):
    def sentence(self) -> str:
        return _("Masih ada baris yang perlu diperbaiki. Perbaiki dahulu, atau ajukan yang siap saja.")
