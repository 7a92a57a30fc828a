"""What a deed asks for: a reason, a paper, a payment. Only what its line in the table needs."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import RupiahFormField
from batik_registry.validators import validate_plain_text
from centres.forms import DateInput
from programs.choices import State
from programs.gates import Gate
from programs.lifecycle import Deed, Move


class DeedForm(forms.Form):
    """`moves` are the lines of the table for one deed; where it may lead to several states, one is chosen."""

    target = forms.ChoiceField(label=_("Tahap yang sudah dicapai"))
    amount_idr = RupiahFormField(
        label=_("Jumlah yang diterima (rupiah)"), error_messages={"required": _("Isi jumlah yang diterima")}
    )
    received_on = forms.DateField(
        label=_("Masuk RKUD pada"), widget=DateInput, error_messages={"required": _("Isi tanggal uang masuk RKUD")}
    )
    sp2d_number = forms.CharField(
        label=_("Nomor SP2D"),
        max_length=100,
        validators=[validate_plain_text],
        error_messages={"required": _("Isi nomor SP2D")},
    )
    document = forms.CharField(
        label=_("Dokumen"),
        max_length=200,
        validators=[validate_plain_text],
        error_messages={"required": _("Sebutkan dokumen yang menjadi dasarnya")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_plain_text],
        error_messages={"required": _("Tulis alasannya")},
    )

    def __init__(self, *args: Any, moves: list[Move], gate: Gate | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        move = moves[0]
        self._begin(moves, gate)
        self._drop("target", unless=len(moves) > 1)
        for name in ("amount_idr", "received_on", "sp2d_number"):
            self._drop(name, unless=move.deed == Deed.DISBURSE)
        self.fields["document"].required = move.needs_document
        self.fields["reason"].required = move.needs_reason
        self.fields["document"].help_text = _("Nomor dan tanggal dokumen yang menjadi dasar langkah ini")

    def _begin(self, moves: list[Move], gate: Gate | None) -> None:
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            (move.target, State(move.target).label) for move in moves
        ]
        if gate and gate.amount is not None:
            self.fields["amount_idr"].initial = gate.amount
            self.fields["amount_idr"].help_text = gate.reckoning
        self.fields["received_on"].initial = timezone.localdate()

    def _drop(self, name: str, *, unless: bool) -> None:
        if not unless:
            del self.fields[name]

    def payment(self) -> dict[str, Any]:
        names = ("amount_idr", "received_on", "sp2d_number")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
