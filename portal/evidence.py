"""Photos and papers that speak for a draft. One that is refused never holds up the others, nor the form."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from centres.forms import AttachmentForm
from centres.models import Attachment
from submissions.models import Submission


def attach(request: HttpRequest, draft: Submission) -> list[str]:
    """Keep the files that came with the page; a sentence for each that was refused."""
    refused: list[str] = []
    if not request.user.may.propose_new(Attachment):
        return refused
    for file in request.FILES.getlist("berkas"):
        form = AttachmentForm({"caption": ""}, {"file": file}, instance=Attachment(record=draft))
        if form.is_valid():
            form.save()
        else:
            why = " ".join(str(sentence) for found in form.errors.values() for sentence in found)
            refused.append(_("Berkas %(name)s tidak tersimpan: %(why)s") % {"name": file.name, "why": why})
    return refused
