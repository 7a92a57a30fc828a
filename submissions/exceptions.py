"""Why a deed was refused, in a sentence for the person who tried it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from batik_registry.templatetags.formats import pukul


class Refused(Exception):  # noqa: N818 - it reads as it is meant
    """The base of all refusals; `str()` of each is a sentence in Indonesian."""

    def sentence(self) -> str:
        return _("Ini tidak dapat dilakukan.")

    def __str__(self) -> str:
        return self.sentence()


class NotYourDeed(Refused, PermissionDenied):
    """The role does not allow it, or the submission lies at another desk or belongs to another office."""

    def sentence(self) -> str:
        return _("Anda tidak berwenang melakukan ini pada usulan tersebut.")


class OwnSubmission(Refused, PermissionDenied):
    """Nobody decides about what they wrote or sent themselves."""

    def sentence(self) -> str:
        return _("Usulan sendiri tidak boleh Anda putuskan; mintalah rekan Anda.")


class OutOfReach(Refused, PermissionDenied):
    """The record, or one that it points to, is not there or lies outside the office's region: both answer alike."""

    def sentence(self) -> str:
        return _("Data ini tidak ada, atau berada di luar wilayah tugas Anda.")


class WrongState(Refused):
    """The table of `lifecycle.py` knows no such deed in this state."""

    def __init__(self, submission: Any) -> None:
        super().__init__(submission.pk)
        self.submission = submission

    def sentence(self) -> str:
        told = {"number": self.submission.number, "state": self.submission.get_state_display()}
        return _("Ini tidak dapat dilakukan: usulan %(number)s berstatus %(state)s.") % told


class AlreadyDecided(WrongState):
    """Somebody else was quicker."""

    def sentence(self) -> str:
        told = {
            "number": self.submission.number,
            "state": str(self.submission.get_state_display()).lower(),
            "by": self.submission.decided_by,
            "at": pukul(self.submission.decided_at),
        }
        return _("Usulan %(number)s sudah %(state)s oleh %(by)s, %(at)s.") % told


class ReasonMissing(Refused):
    def sentence(self) -> str:
        return _("Tulis alasannya: dinas perlu tahu apa yang harus diperbaiki.")


class UnwritableText(Refused):
    """A note, a reason or a comment with tags or invisible characters."""

    def __init__(self, refusal: ValidationError) -> None:
        super().__init__(refusal)
        self.refusal = refusal

    def sentence(self) -> str:
        return " ".join(self.refusal.messages)


class Undecided(Refused):
    """Fields about which the reviewer has not said anything, or that changed since: which value is right?"""

    def __init__(self, labels: list[str]) -> None:
        super().__init__(labels)
        self.labels = labels

    def sentence(self) -> str:
        return _("Putuskan dahulu isian ini; nilainya mungkin berubah sejak usulan dibuat: %s.") % ", ".join(
            self.labels
        )


class NothingToWrite(Refused):
    """A decision that writes nothing is none; "approved" would be a lie."""

    def sentence(self) -> str:
        return _("Tidak ada isian yang berubah. Kembalikan atau tolak usulan ini dengan alasan.")


class NobodyToRemind(Refused):
    """It waits for the ministry itself, or nobody who could act has an account."""

    def sentence(self) -> str:
        return _("Tidak ada yang dapat diingatkan: usulan ini tidak menunggu petugas daerah yang berakun.")


class TooEarly(Refused):
    """A reminder before its time; `moment` is when the next one may go out."""

    def __init__(self, moment: Any) -> None:
        super().__init__(moment)
        self.moment = moment

    def sentence(self) -> str:
        return _("Belum waktunya mengingatkan; baru dapat sesudah %s.") % pukul(self.moment)


class NothingProposed(Refused):
    def sentence(self) -> str:
        return _("Usulan ini belum mengubah apa pun.")


class RulesBroken(Refused):
    """The registry's rules refuse the outcome; `verdict` names each fault at its field."""

    def __init__(self, verdict: Any) -> None:
        super().__init__(verdict)
        self.verdict = verdict

    def sentence(self) -> str:
        return " ".join(str(fault) for fault in self.verdict.faults)
