"""Where the waste water is treated."""

from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from centres.choices import IpalStatus, WasteHandling
from centres.models import CentreFacility, OperationReport
from programs.indicators.base import Indicator, Percent, counted, one_if
from programs.indicators.coverage import registered
from programs.indicators.members import of_active
from programs.indicators.scope import Scope, in_quarters


def _centres(scope: Scope) -> Any:
    """What the latest report of the last four quarters says, else what is recorded of the facilities."""
    reports = in_quarters(scope.real(OperationReport.objects), scope.ended_quarters)
    reports = reports.filter(centre=OuterRef("pk"), ipal_is_working__isnull=False).order_by("-year", "-quarter")
    plants = scope.real(CentreFacility.objects).filter(centre=OuterRef("pk")).exclude(ipal_status="")
    recorded = Case(
        When(Exists(plants.filter(ipal_status=IpalStatus.WORKING)), then=Value(1)),
        When(Exists(plants), then=Value(0)),
    )
    reported = Cast(Subquery(reports.values("ipal_is_working")[:1]), IntegerField())
    return counted(registered(scope), Coalesce(reported, recorded))


def _members(scope: Scope) -> Any:
    return of_active(scope, one_if(~Q(waste_handling=WasteHandling.NONE), known=~Q(waste_handling="")))


WASTE = Indicator(
    "I28",
    _("Pengolahan limbah"),
    (
        Percent(
            key="sentra",
            name=_("Sentra dengan IPAL yang berfungsi"),
            formula=_("Sentra terdaftar dengan IPAL yang berfungsi dibagi sentra terdaftar yang keadaannya diketahui"),
            numerator=_("sentra dengan IPAL yang berfungsi"),
            denominator=_("sentra terdaftar yang keadaan IPAL-nya diketahui"),
            rows=_centres,
        ),
        Percent(
            key="ikm",
            name=_("IKM yang mengolah limbahnya"),
            formula=_("IKM aktif dengan IPAL sendiri atau IPAL sentra dibagi IKM aktif yang keadaannya diketahui"),
            numerator=_("IKM yang mengolah limbahnya"),
            denominator=_("IKM aktif terkonfirmasi yang pengolahan limbahnya diketahui"),
            rows=_members,
        ),
    ),
)
