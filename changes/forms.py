from django import forms
from django.utils.translation import gettext_lazy as _


class UncoverForm(forms.Form):
    """Why somebody needs to read personal data."""

    reason = forms.CharField(
        label=_("Alasan membuka data pribadi"),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tercatat bersama nama Anda dan waktunya, misalnya: menghubungi pemilik tentang sertifikat halal"),
        error_messages={"min_length": _("Tulis alasan yang jelas, sedikitnya 10 huruf")},
    )
