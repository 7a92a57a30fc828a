"""What a downloaded list of submissions tells of each."""

from batik_registry.columns import Column

COLUMNS = tuple(map(Column, ("number", "title", "purpose", "office", "submitted_at", "state")))
