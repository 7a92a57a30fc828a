"""Background work of the log; the worker runs it every five seconds."""

from procrastinate.contrib.django import app

from changes import actions, webhooks


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="seal_history", pass_context=False)
def seal_history(timestamp: int) -> int:
    return actions.seal()


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="tell_webhooks", pass_context=False)
def tell_webhooks(timestamp: int) -> int:
    webhooks.write_down()
    return webhooks.send_due()
