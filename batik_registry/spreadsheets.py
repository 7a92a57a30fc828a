"""Rows as a file that spreadsheets open: UTF-8 with its mark, semicolons as Excel expects in Indonesia."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils import timezone

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    """What csv writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


Cell = str | Decimal | None


def csv_answer(name: str, headings: list[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """A download called by `name` and today's date, sent row by row. Decimals stay numbers that can be added up."""
    answer = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _lines(headings: list[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(headings)
    for cells in rows:
        yield writer.writerow([harmless(cell) if isinstance(cell, str) else plain(cell) for cell in cells])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def plain(number: Decimal | None) -> str:
    """1234.500000 -> "1234,5", as spreadsheets in Indonesia read it; empty where it is not known."""
    if number is None:
        return ""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
