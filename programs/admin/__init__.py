"""The ministry's desk for DAK and other funds, and for events."""

from programs.admin import allocation, of_allocation, rules

__all__ = ["allocation", "of_allocation", "rules"]
