"""The questions that events are asked."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from centres.models.searchable import SearchQuerySet
from programs.choices import EventStatus
from programs.models.allocation import MONEY
from programs.models.organisation import Venue

SETTLED = (EventStatus.CLOSED, EventStatus.CANCELLED)


def regions_around(code: str) -> list[str]:
    """The whole country, the province and so on, in which a region lies: "", "33", "33.14"."""
    parts = code.split(".")
    return ["", *(".".join(parts[: length + 1]) for length in range(len(parts)))]


class EventQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Events of the user's region, those of the province and the country around it, and those in which its
        members take part; for a centre's manager those of the centre and of its members.
        """
        prefix = user.region_prefix
        if prefix is None:
            return self.none()
        if user.assigned_ids is not None:
            own = Q(centre__in=user.assigned_ids)
        elif not prefix:
            return self
        else:
            own = Q(region_code__startswith=prefix) | Q(region_code__in=regions_around(prefix))
        return self.filter(own | Q(pk__in=self._participations().visible_to(user).order_by().values("event")))

    def editable_by(self, user: Any) -> Self:
        """Whoever initiated an event keeps it."""
        return super().visible_to(user)

    def _participations(self) -> Any:
        return self.model.participation_set.rel.related_model.objects.all()

    def search(self, text: str) -> Self:
        """By name, code and region, or by where it was held."""
        venues = Venue.objects.search(text).order_by().values("pk")
        named = super().search(text).order_by().values("pk")
        return self.filter(Q(pk__in=named) | Q(venue__in=venues)) if text.strip() else self

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def in_year(self, year: int) -> Self:
        return self.filter(starts_on__year=year)

    def unsettled(self) -> Self:
        """Neither closed with its results nor cancelled."""
        return self.exclude(status__in=SETTLED)

    def funded_by(self, allocation: Any) -> Self:
        """Events that were held with money of this allocation."""
        return self.filter(eventfunding_set__allocation=allocation).distinct()

    def with_results(self) -> Self:
        """Adds `participants`, `reported`, `cash_sales` and, apart from it, `preorders`."""
        rows = self._participations().participating().filter(event=OuterRef("pk")).order_by()
        return self.annotate(
            participants=Coalesce(_per_event(rows, Count("pk")), 0),
            reported=Coalesce(_per_event(rows.with_result(), Count("pk")), 0),
            cash_sales=Subquery(_grouped(rows, Sum("cash_sales_idr")), output_field=MONEY),
            preorders=Subquery(_grouped(rows, Sum("preorder_idr")), output_field=MONEY),
        )


def _grouped(rows: Any, what: Any) -> Any:
    return rows.values("event").annotate(figure=what).values("figure")


def _per_event(rows: Any, what: Any) -> Subquery:
    return Subquery(_grouped(rows, what), output_field=models.IntegerField())
