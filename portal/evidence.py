"""Photos and papers that speak for a submission. One that is refused never holds up the others, nor the form."""

from hashlib import sha256
from typing import Any

from django.core.files.base import File

from centres.forms import AttachmentForm
from centres.models import Attachment
from submissions import actions
from submissions.choices import Deed
from submissions.lifecycle import state_allows
from submissions.models import Submission


def may_attach(user: Any, submission: Submission) -> bool:
    """Evidence goes with a submission of the own office that nobody has decided yet."""
    is_open = state_allows(submission.state, Deed.WITHDRAW) and actions.may(user, Deed.WITHDRAW, submission)
    return is_open and bool(user.may.propose_new(Attachment))


def put(file: File, submission: Submission) -> tuple[Attachment | None, str]:
    """The attachment made of the file, also where the same file was attached before; or None, and why not."""
    file.seek(0)
    same = Attachment.objects.about(submission).filter(sha256=sha256(file.read()).hexdigest()).first()
    if same:
        return same, ""
    form = AttachmentForm({"caption": ""}, {"file": file}, instance=Attachment(record=submission))
    if form.is_valid():
        return form.save(), ""
    return None, " ".join(str(sentence) for found in form.errors.values() for sentence in found)
