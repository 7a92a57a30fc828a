"""The ministry's desk for DAK and other funds, and for events."""

from programs.admin import allocation, curation, event, of_allocation, order, organisation, participation, rules

__all__ = ["allocation", "curation", "event", "of_allocation", "order", "organisation", "participation", "rules"]
