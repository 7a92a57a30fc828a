"""Background work of the ground: files that were ordered are made; what need not be remembered is forgotten."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app

from batik_registry.rest import orders
from batik_registry.rest.models import Answered, Export

#: So long an answer to an `Idempotency-Key` is remembered.
REMEMBERED = timedelta(days=7)


def forget_answers() -> int:
    """How many remembered answers were old enough to forget."""
    return Answered.objects.forgotten_by(timezone.now() - REMEMBERED).delete()[0]


@app.periodic(cron="45 17 * * *")  # 00.45 WIB
@app.task(queueing_lock="forget_answers", pass_context=False)
def forget_answers_nightly(timestamp: int) -> int:
    return forget_answers()


@app.task(queue="exports")
def make_export(export: str) -> None:
    for found in Export.objects.filter(pk=export):
        orders.make(found)


@app.periodic(cron="* * * * *")
@app.task(queue="exports", queueing_lock="take_up_exports", pass_context=False)
def take_up_exports(timestamp: int) -> int:
    return orders.take_up()


@app.periodic(cron="50 17 * * *")  # 00.50 WIB
@app.task(queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs_nightly(context: JobContext, timestamp: int) -> None:
    """Jobs that ended three days ago: every five seconds two more are done."""
    await builtin_tasks.remove_old_jobs(context, max_hours=72, remove_failed=True)


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="forget_exports", pass_context=False)
def forget_exports(timestamp: int) -> int:
    return orders.forget()
