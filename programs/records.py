"""Reads the data files of this app: the rules of DAK, the reporting calendar, allocations told by public sources."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from accounts.models import Office
from centres.records import FOLDER as CENTRES
from centres.records import Row, facts_of, parsed, sourced
from programs.models import (
    Allocation,
    AllocationCentre,
    Contract,
    ProgressReport,
    ReportDue,
    RuleSet,
    RuleStage,
    StageCondition,
    StageDeadline,
)

FOLDER = Path(__file__).parent / "data"
PRACTICE = "Kalender usulan registri; belum ada dasar hukum"
OF_RULESET = {"stages": RuleStage, "conditions": StageCondition, "deadlines": StageDeadline}
#: By what a row of a rule set is known again, when somebody has entered it by hand.
NATURAL = {
    RuleStage: ("ruleset", "stage", "amount_rule"),
    StageCondition: ("ruleset", "stage", "kind", "document"),
    StageDeadline: ("ruleset", "stage", "due_at"),
}


def read_records(folder: Path = FOLDER) -> list[Row]:
    """All rows of the folder, owners before what belongs to them; those of the centres must be loaded with them."""
    return [*read_rules(folder), *read_calendar(folder), *_allocations(folder)]


def read_rules(folder: Path = FOLDER) -> list[Row]:
    """The rules of each fiscal year. A year `same_as` another takes over its stages and conditions, not its dates."""
    rulesets = parsed(folder / "rulesets.toml")["ruleset"]
    by_key = {ruleset["key"]: ruleset for ruleset in rulesets}
    return [row for ruleset in rulesets for row in _ruleset(ruleset, by_key.get(ruleset.get("same_as", "")) or {})]


def states_of(folder: Path = FOLDER) -> Iterator[tuple[str, dict[str, str]]]:
    """How far each allocation had come, by the key of its row: state, document, reason."""
    for row in parsed(folder / "allocations.toml")["allocation"]:
        yield (
            f"allocation/{row['key']}",
            {"state": row["state"], "document": row["state_document"], "reason": row["state_reason"]},
        )


def _ruleset(row: dict[str, Any], same: dict[str, Any]) -> Iterator[Row]:
    parts = {name: row.get(name, same.get(name, []) if name != "deadlines" else []) for name in OF_RULESET}
    values = {name: value for name, value in row.items() if name not in (*OF_RULESET, "key", "same_as")}
    key = f"ruleset/{row['key']}"
    yield Row(RuleSet, key, values, row["source"], ("fiscal_year", "kind"))
    for name, model in OF_RULESET.items():
        for number, part in enumerate(parts[name]):
            known = {"document": ""} | part if model is StageCondition else part
            known = {"due_at": None} | known if model is StageDeadline else known
            yield Row(model, f"{key}/{name}/{number}", known, row["source"], NATURAL[model], key, "ruleset")


def read_calendar(folder: Path = FOLDER) -> Iterator[Row]:
    """When which report is due."""
    for row in parsed(folder / "report_due.toml")["due"]:
        key = f"report-due/{row['kind']}/{row['period']}"
        values = {"fiscal_year": None, "legal_basis": PRACTICE} | row
        yield Row(ReportDue, key, values, PRACTICE, ("kind", "period", "fiscal_year"))


def _allocations(folder: Path) -> Iterator[Row]:
    sources = parsed(CENTRES / "sources.toml")
    for row in parsed(folder / "allocations.toml")["allocation"]:
        yield from _allocation(row, sources)


def _allocation(row: dict[str, Any], sources: dict[str, Any]) -> Iterator[Row]:
    key, centre = f"allocation/{row.pop('key')}", f"centre/{row.pop('centre')}"
    facts, contracts, reports = (row.pop(name, []) for name in ("fact", "contract", "report"))
    facility = row.pop("facility", "")
    for name in ("state", "state_document", "state_reason"):
        row.pop(name)
    values = sourced(row, sources)
    values["office"] = Office.objects.filter(name=values["office"], region_id=values["region_id"]).first()
    pointed = {"facility": f"{centre}/centrefacility/{facility}"} if facility else {}
    natural = ("region_id", "fiscal_year", "kind", "title")
    yield Row(Allocation, key, values, values["source"], natural, points_to=pointed)
    link = {"source": values["source"], "source_url": values["source_url"], "as_of": values["as_of"]}
    yield Row(
        AllocationCentre,
        f"{key}/centre",
        link,
        values["source"],
        ("allocation", "centre"),
        key,
        "allocation",
        {"centre": centre},
    )
    yield from facts_of(facts, key, sources)
    for model, parts in ((Contract, contracts), (ProgressReport, reports)):
        for part in parts:
            yield _part(model, part, key, sources)


def _part(model: type[Any], row: dict[str, Any], owner: str, sources: dict[str, Any]) -> Row:
    key = f"{owner}/{model._meta.model_name}/{row.pop('key')}"
    values = sourced(row, sources)
    if "physical_pct" in values:
        values["physical_pct"] = Decimal(values["physical_pct"])
    natural = ("allocation", "package_name") if model is Contract else ("allocation", "year", "quarter")
    return Row(model, key, values, values["source"], natural, owner, "allocation")
