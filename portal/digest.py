"""The mails of the portal: each morning what is due, returned or decided; or at once what became of a submission.

Which of them an officer gets is the officer's own choice. They name numbers, titles and states, never a value that was
proposed or the words of a reviewer.
"""

from datetime import date, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.choices import MailMode
from accounts.models import User
from portal.tasks import RETURNED, Task, tasks_of
from submissions.choices import Deed
from submissions.models import Step, Submission

#: The deeds that an officer who wants to be told at once is told of.
TOLD_AT_ONCE = (Deed.RETURN, Deed.REJECT, Deed.DECIDE)
#: How often a mail is tried again that the mail server did not take.
TRIES = RetryStrategy(max_attempts=5, exponential_wait=4)
#: So many days before a task's last day it is named in the mail; late tasks once a week.
AHEAD = (14, 7, 1, 0)
WEEK = 7


def is_told(task: Task, mode: str = MailMode.DIGEST) -> bool:
    """Whether the morning mail names this task; what was returned only where it was not told at once."""
    if task.rank == RETURNED and mode == MailMode.DIGEST:
        return True
    if task.days is None:
        return False
    return task.days in AHEAD or (task.days < 0 and task.days % WEEK == WEEK - 1)


def digest_of(user: Any, on: date) -> str:
    """The text of the mail; "" where nothing is to be told today."""
    tasks = [task for task in tasks_of(user, on) if is_told(task, user.mail_mode)]
    yesterday = timezone.now() - timedelta(days=1)
    decided = Submission.objects.decided_since(yesterday).filter(office=user.office_id, keeper=user.pk)
    if user.mail_mode == MailMode.AT_ONCE:
        decided = decided.none()
    if not tasks and not decided:
        return ""
    return render_to_string("portal/digest.txt", {"user": user, "tasks": tasks, "decided": decided})


def send_digests(on: date | None = None) -> int:
    """One mail to each officer who has something to be told; how many were sent."""
    officers = User.objects.current().filter(office__isnull=False).exclude(mail_mode=MailMode.NONE)
    sent = 0
    for user in officers.select_related("office"):
        text = digest_of(user, on or timezone.localdate()) if user.enters_portal else ""
        if text:
            sent += send_mail(_("Tugas Anda di Registri Sentra Batik"), text, None, [user.email])
    return sent


@app.periodic(cron="0 0 * * *")  # 07.00 WIB
@app.task(queueing_lock="portal_digests", pass_context=False)
def send_morning_digests(timestamp: int) -> None:
    send_digests()


@receiver(post_save, sender=Step)
def note_for_keeper(sender: Any, instance: Step, created: bool, **_rest: Any) -> None:
    """Have the keeper told at once, if the keeper wants that. The note becomes true with the deed, or not at all."""
    keeper = instance.submission.keeper
    if created and instance.deed in TOLD_AT_ONCE and keeper.mail_mode == MailMode.AT_ONCE:
        tell_keeper.configure(queueing_lock=f"step-{instance.pk}").defer(step=instance.pk)


@app.task(queue="mail", retry=TRIES)
def tell_keeper(step: int) -> None:
    """One mail about one deed; a job that was done is never run again."""
    told = Step.objects.select_related("submission__keeper__office").get(pk=step)
    keeper = told.submission.keeper
    if not keeper.enters_portal or keeper.mail_mode != MailMode.AT_ONCE:
        return
    text = render_to_string("portal/decided.txt", {"user": keeper, "step": told, "submission": told.submission})
    state = told.get_state_display().lower()
    subject = _("Usulan %(number)s %(state)s") % {"number": told.submission.number, "state": state}
    send_mail(subject, text, None, [keeper.email])
