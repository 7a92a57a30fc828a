"""A reminder by mail to those outside the ministry for whom a submission waits."""

from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.language import for_others
from changes.context import changing
from submissions.actions.taking import note, taken
from submissions.choices import Deed
from submissions.exceptions import NobodyToRemind, TooEarly
from submissions.models import Submission
from submissions.waiting import Waiting, waiting_for


@transaction.atomic
def remind(*, submission: Submission, by: Any) -> Submission:
    """Ask by mail for what they were to do; the step names whom, so that both sides see it.

    Raises `NobodyToRemind`, or `TooEarly` while it has not waited long or a reminder went out less than a day ago.
    """
    submission = taken(submission=submission, deed=Deed.REMIND, by=by)
    waiting = waiting_for(submission)
    if waiting is None or not waiting.people:
        raise NobodyToRemind
    if timezone.now() < waiting.remind_from:
        raise TooEarly(waiting.remind_from)
    told = ", ".join(str(user) for user in waiting.people)
    with for_others(), changing(by=by, submission=submission.pk):
        note(submission=submission, deed=Deed.REMIND, by=by, reason=_("Kepada %s") % told)
    transaction.on_commit(lambda: _send(submission, waiting), robust=True)  # a mail server's failure is logged
    return submission


@for_others()
def _send(submission: Submission, waiting: Waiting) -> None:
    subject = _("Usulan %s menunggu Anda") % submission.number
    for user in waiting.people:
        context = {"user": user, "submission": submission, "since": waiting.since}
        send_mail(subject, render_to_string("submissions/reminder.txt", context), None, [user.email])
