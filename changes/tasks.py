"""Background work of the log; the worker runs it every five seconds."""

from procrastinate.contrib.django import app

from changes import actions


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="seal_history", pass_context=False)
def seal_history(timestamp: int) -> int:
    return actions.seal()
