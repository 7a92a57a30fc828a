"""How much of its allowance each token, signed-in person or address has spent in the present minute."""

import logging
import time
from typing import Any, Self

from django.db import DatabaseError, connection, models
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)

# One statement, so that every process of every server counts in the same place. Whoever waited for the row while the
# minute turned counts in the new one.
SPEND = """
    INSERT INTO accounts_requestwindow AS held (holder, number, spent)
    SELECT %(holder)s, floor(now.epoch / %(seconds)s), %(cost)s
    FROM (SELECT extract(epoch FROM clock_timestamp()) AS epoch) AS now
    ON CONFLICT (holder) DO UPDATE SET
        number = greatest(held.number, excluded.number),
        spent = CASE WHEN held.number >= excluded.number THEN held.spent ELSE 0 END + excluded.spent
    RETURNING spent, ceil((number + 1) * %(seconds)s - extract(epoch FROM clock_timestamp()))::int
"""

SPENT = """
    SELECT coalesce((SELECT spent FROM accounts_requestwindow WHERE holder = %(holder)s AND number >= now.number), 0),
        ceil((now.number + 1) * %(seconds)s - now.epoch)::int
    FROM (SELECT epoch, floor(epoch / %(seconds)s) AS number
        FROM (SELECT extract(epoch FROM clock_timestamp()) AS epoch) AS clock) AS now
"""


#: Counted for ever in a row of its own, for the monitor.
COUNT = """
    INSERT INTO accounts_requestwindow AS held (holder, number, spent) VALUES (%s, 0, 1)
    ON CONFLICT (holder) DO UPDATE SET spent = held.spent + 1
"""


class Refused(models.TextChoices):
    """Why a request was not even looked at."""

    THROTTLED = "throttled", _("terlalu banyak")
    UNKNOWN = "unauthenticated", _("tanpa token yang berlaku")


class RequestWindowQuerySet(models.QuerySet["RequestWindow"]):
    def spend(self, holder: str, cost: int, seconds: int) -> tuple[int, int]:
        """What the holder has spent in the present window, and in how many seconds the next one begins. One query."""
        return self._asked(SPEND, {"holder": holder, "cost": cost, "seconds": seconds})

    def spent(self, holder: str, seconds: int) -> tuple[int, int]:
        """The same without spending anything. One query."""
        return self._asked(SPENT, {"holder": holder, "seconds": seconds})

    def ended(self, seconds: int) -> Self:
        """The rows of holders who have not asked in the present window: they say nothing any more."""
        return self.filter(number__gt=0, number__lt=int(time.time() // seconds))

    @staticmethod
    def _asked(statement: str, params: dict[str, Any]) -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            spent, left = cursor.fetchone()
        return spent, max(left, 1)

    def count_refusal(self, reason: Refused) -> None:
        """One query; a database that takes no writes counts nothing."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(COUNT, [f"refused:{reason}"])
        except DatabaseError:
            log.exception("refusals are not counted")

    def refused(self) -> dict[str, int]:
        """How many requests were refused, by reason, since the server last crashed."""
        found = self.filter(holder__startswith="refused:").values_list("holder", "spent")
        return {holder.partition(":")[2]: count for holder, count in found}


class RequestWindow(models.Model):
    """The requests of one holder in one stretch of time.

    The table is UNLOGGED: a crash may forget it, and no request waits for the disk.
    """

    holder = models.CharField(_("pemegang"), max_length=60, primary_key=True)
    number = models.BigIntegerField(_("nomor jendela"))
    spent = models.IntegerField(_("terpakai"))

    objects = RequestWindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("jatah permintaan")
        verbose_name_plural = _("jatah permintaan")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.holder}: {self.spent}"
