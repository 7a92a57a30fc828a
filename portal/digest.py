"""The morning mail: what is due soon or late, what was returned, what was decided. Nothing to say means no mail."""

from datetime import date, timedelta
from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from accounts.models import User
from portal.tasks import RETURNED, Task, tasks_of
from submissions.models import Submission

#: So many days before a task's last day it is named in the mail; late tasks once a week.
AHEAD = (14, 7, 1, 0)
WEEK = 7


def is_told(task: Task) -> bool:
    if task.rank == RETURNED:
        return True
    if task.days is None:
        return False
    return task.days in AHEAD or (task.days < 0 and task.days % WEEK == WEEK - 1)


def digest_of(user: Any, on: date) -> str:
    """The text of the mail; "" where nothing is to be told today."""
    tasks = [task for task in tasks_of(user, on) if is_told(task)]
    yesterday = timezone.now() - timedelta(days=1)
    decided = Submission.objects.decided_since(yesterday).filter(office=user.office_id, keeper=user.pk)
    if not tasks and not decided:
        return ""
    return render_to_string("portal/digest.txt", {"user": user, "tasks": tasks, "decided": decided})


def send_digests(on: date | None = None) -> int:
    """One mail to each officer who has something to be told; how many were sent."""
    officers = User.objects.current().filter(office__isnull=False).select_related("office")
    sent = 0
    for user in officers:
        text = digest_of(user, on or timezone.localdate()) if user.enters_portal else ""
        if text:
            sent += send_mail(_("Tugas Anda di Registri Sentra Batik"), text, None, [user.email])
    return sent


@app.periodic(cron="0 0 * * *")  # 07.00 WIB
@app.task(queueing_lock="portal_digests", pass_context=False)
def send_morning_digests(timestamp: int) -> None:
    send_digests()
