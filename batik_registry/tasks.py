"""Background work of the ground: what need not be remembered is forgotten."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from batik_registry.rest.models import Answered

#: So long an answer to an `Idempotency-Key` is remembered.
REMEMBERED = timedelta(days=7)


def forget_answers() -> int:
    """How many remembered answers were old enough to forget."""
    return Answered.objects.forgotten_by(timezone.now() - REMEMBERED).delete()[0]


@app.periodic(cron="45 17 * * *")  # 00.45 WIB
@app.task(queueing_lock="forget_answers", pass_context=False)
def forget_answers_nightly(timestamp: int) -> int:
    return forget_answers()
