"""Background work of accounts: whoever asks no more is forgotten."""

from procrastinate.contrib.django import app

from accounts.models import RequestWindow
from accounts.throttling import WINDOW


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="forget_windows", pass_context=False)
def forget_windows(timestamp: int) -> int:
    """How many windows were over; any address of the world may have opened one."""
    return RequestWindow.objects.ended(WINDOW).delete()[0]
