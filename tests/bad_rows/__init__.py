"""Rows that no door may let in, and the sentence that each must earn; `GOOD` has a row of each model that passes.

An app adds its module here, and every case goes through every door of tests/doors.py.
"""

from tests.bad_rows import centres, certificates, dak, members, statements
from tests.bad_rows.case import Case

GOOD = {**centres.GOOD, **members.GOOD, **certificates.GOOD, **statements.GOOD, **dak.GOOD}
CASES: list[Case] = [*centres.CASES, *members.CASES, *certificates.CASES, *statements.CASES, *dak.CASES]
