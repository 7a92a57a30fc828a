"""What the worker does with workbooks: check the large ones, send many rows, take up what was interrupted, forget."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from workbooks import actions
from workbooks.choices import State
from workbooks.models import Workbook


def leave_to_worker(workbook: Workbook) -> None:
    """Whatever it waits for; asked twice it is done once."""
    lock = f"workbook-{workbook.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        work_on.configure(queueing_lock=lock).defer(pk=str(workbook.pk))


@app.task
def work_on(pk: str) -> None:
    workbook = Workbook.objects.filter(pk=pk).select_related("office", "created_by", "sent_by").first()
    if workbook is None:
        return
    if workbook.state == State.READING:
        actions.check(workbook=workbook)
    elif workbook.state == State.SENDING:
        actions.send_asked(workbook=workbook)


def take_up_again() -> int:
    """How many were interrupted."""
    found = list(Workbook.objects.interrupted())
    for workbook in found:
        leave_to_worker(workbook)
    return len(found)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="workbooks_take_up_again", pass_context=False)
def take_up_interrupted(timestamp: int) -> int:
    return take_up_again()


@app.periodic(cron="15 17 * * *")  # 00.15 WIB
@app.task(queueing_lock="workbooks_forget", pass_context=False)
def forget_workbooks(timestamp: int) -> int:
    return Workbook.objects.forgotten().delete()[0]
