"""Two hundred workbooks with faults: each is told at its own cell, no other cell is, and nothing ever breaks."""

import openpyxl
import pytest

from tests.workbooks.files import checked
from tests.workbooks.mutations import mutants
from workbooks import marking
from workbooks.colours import FAULT
from workbooks.models import Workbook

pytestmark = pytest.mark.django_db

COUNT = 200
#: Every so many files the marked one is opened, too.
LOOKED_AT = 10


def test_every_fault_is_told_at_its_own_cell_and_no_other(mojokerto_officer):
    wrong = {}
    for mutant in mutants(COUNT):
        found = checked(mojokerto_officer, mutant.content)
        told = {(row.number, one["column"]) for row in found.rows.bad() for one in row.faults}
        if told != mutant.faults:
            wrong[mutant.name] = (found.refusal, sorted(mutant.faults - told), sorted(told - mutant.faults))
        elif mutant.number % LOOKED_AT == 0 and coloured(found) != {f"{letter}{row}" for row, letter in told}:
            wrong[mutant.name] = coloured(found)
        Workbook.objects.filter(pk=found.pk).delete()

    assert wrong == {}


def coloured(found):
    with marking.marked(found) as file:
        sheet = openpyxl.load_workbook(file)[found.sheet]
    titles = {cell.column_letter for cell in sheet[found.heading_row] if cell.value == "Masalah"}
    cells = (cell for row in sheet for cell in row if cell.fill.fgColor.rgb == FAULT)
    return {cell.coordinate for cell in cells if cell.column_letter not in titles}
