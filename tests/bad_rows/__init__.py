"""Rows that no door may let in, and the sentence that each must earn; `GOOD` has a row of each model that passes.

An app adds its module here, and every case goes through every door of tests/doors.py.
"""

from tests.bad_rows import centres, certificates, dak, events, members, statements
from tests.bad_rows.case import Case

MODULES = (centres, members, certificates, statements, dak, events)
GOOD = {model: row for module in MODULES for model, row in module.GOOD.items()}
CASES: list[Case] = [case for module in MODULES for case in module.CASES]
