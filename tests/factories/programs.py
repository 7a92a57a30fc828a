"""Allocations of the tests: money of Kota Mojokerto in 2019, a year whose rules were published."""

from datetime import date
from itertools import count
from typing import Any

from programs import models
from programs.choices import DocumentKind, Stage, State
from programs.lifecycle import Deed
from programs.loaders import load_rows
from programs.records import read_rules
from tests.factories.centres import KOTA_MOJOKERTO, make_centre

_number = count(1)
BILLION = 1_000_000_000


def make_rules() -> None:
    """The published rules of all years."""
    load_rows(read_rules())


def make_allocation(**values: Any) -> models.Allocation:
    """DAK fisik of 2019 with a ceiling and a plan of ten billion rupiah."""
    known = {
        "title": f"Alokasi contoh {next(_number)}",
        "fiscal_year": 2019,
        "region_id": KOTA_MOJOKERTO,
        "purpose": "PEMBANGUNAN" if values.get("kind", "FISIK") == "FISIK" else "",
        "ceiling_idr": 10 * BILLION,
        "plan_idr": 10 * BILLION,
    }
    return models.Allocation.objects.create(**known | values)


def make_link(**values: Any) -> models.AllocationCentre:
    made = {
        "allocation": values.pop("allocation", None) or make_allocation(),
        "centre": values.pop("centre", None) or make_centre(),
    }
    return models.AllocationCentre.objects.create(**made | values)


def make_activity(**values: Any) -> models.Activity:
    known = {"menu": "Pembangunan", "item": f"Rincian contoh {next(_number)}", "unit_cost_idr": BILLION}
    return models.Activity.objects.create(**_of(values) | known | values)


def make_contract(**values: Any) -> models.Contract:
    number = next(_number)
    known = {"package_name": f"Paket contoh {number}", "number": f"K/{number}", "value_idr": BILLION}
    made = _of(values)
    known["signed_on"] = date(made["allocation"].fiscal_year, 5, 6)
    return models.Contract.objects.create(**made | known | values)


def make_addendum(**values: Any) -> models.ContractAddendum:
    contract = values.pop("contract", None) or make_contract()
    known = {"number": f"A/{next(_number)}", "signed_on": contract.signed_on, "value_idr": BILLION, "reason": "Contoh"}
    return models.ContractAddendum.objects.create(**{"contract": contract} | known | values)


def make_disbursement(**values: Any) -> models.Disbursement:
    """Stage I, received."""
    made = _of(values)
    known = {"stage": Stage.I, "amount_idr": BILLION, "received_on": date(made["allocation"].fiscal_year, 5, 24)}
    return models.Disbursement.objects.create(**made | known | values)


def make_document(**values: Any) -> models.AllocationDocument:
    known = {"document": DocumentKind.TOR, "received_on": date(2019, 2, 1)}
    return models.AllocationDocument.objects.create(**_of(values) | known | values)


def make_progress(**values: Any) -> models.ProgressReport:
    made = _of(values)
    known = {"year": made["allocation"].fiscal_year, "quarter": 1}
    return models.ProgressReport.objects.create(**made | known | values)


def make_problem(**values: Any) -> models.ReportedProblem:
    known = {"code": "CUACA", "follow_up": "Contoh"}
    return models.ReportedProblem.objects.create(
        **{"report": values.pop("report", None) or make_progress()} | known | values
    )


def make_handover(**values: Any) -> models.Handover:
    known = {"bast_number": f"BAST/{next(_number)}", "bast_on": date(2019, 12, 2)}
    return models.Handover.objects.create(**_of(values) | known | values)


def make_residual(**values: Any) -> models.Residual:
    known = {"reported_on": date(2020, 1, 10), "amount_idr": BILLION}
    return models.Residual.objects.create(**_of(values) | known | values)


def make_external(**values: Any) -> models.ExternalAmount:
    known = {"system": "OMSPAN", "kind": "SALUR", "stated_on": date(2019, 10, 1), "amount_idr": BILLION}
    return models.ExternalAmount.objects.create(**_of(values) | known | values)


def make_ruleset(**values: Any) -> models.RuleSet:
    """Of a year that has no rules yet."""
    year = 2030 + next(_number) % 60
    return models.RuleSet.objects.create(**{"fiscal_year": year, "kind": "FISIK", "legal_basis": "Contoh"} | values)


def make_stage(**values: Any) -> models.RuleStage:
    ruleset = values.pop("ruleset", None) or make_ruleset()
    share = {"stage": "I", "amount_rule": "PORSI", "share_pct": 25, "basis": "PAGU"}
    return models.RuleStage.objects.create(**share | {"ruleset": ruleset} | values)


def bring_to(allocation: models.Allocation, *states: State) -> models.Allocation:
    """Walk the allocation through these states, whatever conditions there are."""
    for state in states:
        move = next(move for move in _moves(allocation) if move.target == state and move.deed != Deed.TAKE_IN)
        models.Step.objects.create(
            allocation=allocation, deed=move.deed, to_state=state, actor_name="Uji", reason="Uji", document="Uji"
        )
        allocation.refresh_from_db()
    return allocation


def _moves(allocation: models.Allocation) -> list[Any]:
    from programs.lifecycle import moves_from

    return list(moves_from(allocation.life, allocation.state))


def _of(values: dict[str, Any]) -> dict[str, Any]:
    return {"allocation": values.pop("allocation", None) or make_allocation()}
