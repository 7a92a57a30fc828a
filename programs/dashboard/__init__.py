"""The figures of the registry on one page, each with the rows that it opens to: for leaders, staff and officers alike.

A figure is a `Part` of an indicator, or one of the further parts made here in the same way (`parts.py`). The page
(`board.py`), the rows and their file (`rows.py`) ask the same querysets.
"""

from programs.dashboard.board import Board
from programs.dashboard.named import find, name_of

__all__ = ["Board", "find", "name_of"]
