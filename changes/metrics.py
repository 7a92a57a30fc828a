"""What the operator's monitor reads, in Prometheus' text format: how far behind the work in the background is.

Everything is asked of the database, so that each process of each server tells the same.
"""

import hmac
import ipaddress
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from accounts.models import RequestWindow
from accounts.models.window import Refused
from batik_registry.rest.models import Export, ExportState
from changes import feed
from changes.models import Change, Delivery, Seal, Webhook

#: Jobs that were done tell nothing; of these each has its line, also at zero.
JOB_STATES = ("todo", "doing", "failed")

#: A value with its labels.
Sample = tuple[dict[str, str], float]
Metric = tuple[str, str, str, list[Sample]]


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """To whoever knows `METRICS_TOKEN`; without one to this machine alone. To others there is no such page."""
    if not _may_read(request):
        raise Http404
    return HttpResponse("".join(_lines()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        asked = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(asked, f"Bearer {settings.METRICS_TOKEN}".encode())
    is_forwarded = {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers)
    try:
        return not is_forwarded and ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _lines() -> Iterator[str]:
    for name, kind, said, samples in _measured():
        yield f"# HELP registri_{name} {said}\n# TYPE registri_{name} {kind}\n"
        for labels, value in samples:
            told = ",".join(f'{label}="{text}"' for label, text in labels.items())
            yield f"registri_{name}{{{told}}} {value:g}\n" if told else f"registri_{name} {value:g}\n"


def _measured() -> Iterator[Metric]:
    """About a dozen queries, each answered by an index."""
    waiting = Delivery.objects.waiting().aggregate(count=Count("pk"), oldest=Min("made_at"))
    yield "feed_lag_seconds", "gauge", "Age of the oldest change held back by a transaction", _one(feed.lag_seconds())
    yield "changes_unsealed", "gauge", "Changes not yet linked into the hash chain", _one(_unsealed())
    yield "webhook_deliveries_waiting", "gauge", "Webhook deliveries not yet accepted", _one(waiting["count"])
    yield (
        "webhook_deliveries_oldest_seconds",
        "gauge",
        "Age of the oldest waiting delivery",
        _one(_age(waiting["oldest"])),
    )
    yield "webhooks_stopped", "gauge", "Webhooks that are told nothing any more", _one(_stopped())
    yield "jobs", "gauge", "Background jobs by state", list(_jobs())
    yield "job_oldest_seconds", "gauge", "Age of the oldest job that is due", _one(_oldest_job())
    yield "exports_waiting", "gauge", "Ordered files not yet made", _one(Export.objects.unmade().count())
    yield "exports_failed", "gauge", "Ordered files that failed, last 30 days", _one(_failed_exports())
    yield "requests_refused_total", "counter", "API requests refused, by reason", list(_refused())


def _one(value: float) -> list[Sample]:
    return [({}, value)]


def _age(moment: Any) -> float:
    return max((timezone.now() - moment).total_seconds(), 0) if moment else 0


def _unsealed() -> int:
    """Those numbered behind the last that was sealed; counting exactly would read the whole log."""
    last = Seal.objects.order_by("-position").values_list("change_id", flat=True).first()
    return Change.objects.filter(seq__gt=last or 0).count()


def _stopped() -> int:
    return Webhook.objects.exclude(stopped_at=None).count()


def _jobs() -> Iterator[Sample]:
    counted = ProcrastinateJob.objects.filter(status__in=JOB_STATES).order_by().values_list("status")
    found = dict(counted.annotate(count=Count("pk")))
    for state in JOB_STATES:
        yield {"state": state}, found.get(state, 0)


def _oldest_job() -> float:
    """Since when the oldest job waits that nobody has begun; a retry waits from the moment that it is due."""
    now = timezone.now()
    waiting = ProcrastinateJob.objects.filter(status="todo")
    due = waiting.filter(scheduled_at__lte=now).aggregate(oldest=Min("scheduled_at"))["oldest"]
    events = ProcrastinateEvent.objects.filter(job__in=waiting.filter(scheduled_at=None), type="deferred")
    return max(_age(due), _age(events.aggregate(oldest=Min("at"))["oldest"]))


def _failed_exports() -> int:
    return Export.objects.filter(state=ExportState.FAILED).count()


def _refused() -> Iterator[Sample]:
    counted = RequestWindow.objects.refused()
    for reason in Refused.values:
        yield {"reason": reason}, counted.get(reason, 0)


urlpatterns = [path("", metrics, name="metrics")]
