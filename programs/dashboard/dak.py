"""DAK of a fiscal year beside its ratios: the sums of money, and what calls for somebody at once."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programs.checks import Remark, urgent
from programs.choices import DisbursementMode, Stage
from programs.indicators.base import Indicator, Total, counted, one_if
from programs.indicators.money import FISIK, NONFISIK, with_money
from programs.indicators.reporting import taken_in
from programs.indicators.scope import Scope
from programs.models import Disbursement

#: From the ceiling to what was absorbed: the column, and what it is called.
STEPS = (
    ("pagu", "ceiling_idr", _("Pagu")),
    ("rk", "plan_idr", _("Rencana kegiatan (RK)")),
    ("kontrak", "contracted", _("Kontrak")),
    ("salur", "disbursed", _("Disalurkan")),
    ("serap", "absorbed", _("Diserap")),
)


def _amount(column: str, kind: str) -> Callable[[Scope], Any]:
    return lambda scope: counted(with_money(scope, kind), F(column))


def _amounts(code: str, name: Any, kind: str) -> Indicator:
    parts = (
        Total(
            key=key,
            name=label,
            formula=_("Jumlah nilai ini dari semua alokasi DAK tahun itu"),
            numerator=_("rupiah"),
            denominator=_("alokasi yang nilainya diketahui"),
            unit=_("rupiah"),
            rows=_amount(column, kind),
        )
        for key, column, label in STEPS
    )
    return Indicator(code, name, tuple(parts))


PHYSICAL_MONEY = _amounts("fisik", _("DAK Fisik"), FISIK)
OTHER_MONEY = _amounts("nonfisik", _("DAK Nonfisik"), NONFISIK)


def remarks_in(scope: Scope) -> dict[Any, list[Remark]]:
    """What the checks call urgent, by allocation."""
    found: dict[Any, list[Remark]] = scope.once(
        ("urgent", scope), lambda: urgent(scope.allocations().order_by(), scope.day)
    )
    return found


def _in_red(scope: Scope) -> Any:
    return counted(scope.allocations(), one_if(Q(pk__in=list(remarks_in(scope)))))


RED_LIST = Indicator(
    "merah",
    _("Daftar merah"),
    (
        Total(
            key="alokasi",
            name=_("Alokasi dalam daftar merah"),
            formula=_("Alokasi dengan sedikitnya satu temuan pemeriksaan yang mendesak atau menghalangi"),
            numerator=_("alokasi dengan temuan"),
            denominator=_("alokasi DAK tahun itu"),
            unit=_("alokasi"),
            rows=_in_red,
        ),
    ),
)


def _not_received(stage: str) -> Callable[[Scope], Any]:
    """What is paid at once has no stages; what was taken in afterwards waits for nothing."""

    def rows(scope: Scope) -> Any:
        came = Disbursement.objects.filter(allocation=OuterRef("pk"), stage=stage, received_on__lte=scope.day)
        in_stages = Q(disbursement_mode__in=("", DisbursementMode.STAGED)) & ~Q(taken_in())
        return counted(scope.allocations(FISIK), one_if(~Exists(scope.real(came)), known=in_stages))

    return rows


WAITING_FOR_STAGE = Indicator(
    "salur",
    _("Belum disalurkan"),
    tuple(
        Total(
            key=stage.value.lower(),
            name=stage.label,
            formula=_("Alokasi DAK Fisik bertahap yang belum menerima tahap ini"),
            numerator=_("alokasi yang belum menerima"),
            denominator=_("alokasi DAK Fisik yang disalurkan bertahap"),
            unit=_("alokasi"),
            rows=_not_received(stage),
        )
        for stage in (Stage.I, Stage.II, Stage.III)
    ),
)
