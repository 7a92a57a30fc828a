"""Every figure by the name that stands in its address, such as "i05-fisik"."""

from programs.dashboard.dak import OTHER_MONEY, PHYSICAL_MONEY, RED_LIST, WAITING_FOR_STAGE
from programs.dashboard.parts import BASELINE, EVENTS, QUEUE
from programs.dashboard.reports import OPERATION, PROGRESS
from programs.indicators import ALL, Indicator, Part

FURTHER = (BASELINE, PHYSICAL_MONEY, OTHER_MONEY, RED_LIST, WAITING_FOR_STAGE, PROGRESS, OPERATION, EVENTS, QUEUE)


def _name(indicator: Indicator, part: Part) -> str:
    return f"{indicator.code}-{part.key}".lower()


BY_NAME: dict[str, tuple[Indicator, Part]] = {
    _name(indicator, part): (indicator, part) for indicator in (*ALL, *FURTHER) for part in indicator.parts
}
NAMES = {id(part): name for name, (_indicator, part) in BY_NAME.items()}


def find(name: str) -> tuple[Indicator, Part] | None:
    return BY_NAME.get(name)


def name_of(part: Part) -> str:
    return NAMES[id(part)]
