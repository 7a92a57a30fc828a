"""Rules that look at other rows and hold in races: one condition in SQL, asked before saving and kept by a trigger.

A `CheckConstraint` sees one row. "All contracts together stay within the plan" needs the other rows, and two writers
who each see room for the last rupiah must not both get it. So the trigger first takes a lock that all such writers
share, and then asks.
"""

import dataclasses
import re
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection, models

from batik_registry.templatetags.formats import rupiah
from batik_registry.triggers import Trigger


@dataclasses.dataclass(frozen=True)
class Guard:
    """`holds` is an SQL condition over the row `new`; it holds where it is unknown (NULL), as a CHECK does.

    `message` says what to do, on the form field `field`. `detail` may add sums of money: `%(left)s` is what the SQL
    expression `figures["left"]` gives. `lock` is the part of a SELECT after FROM that names the row to take turns at.
    """

    name: str
    field: str
    message: Any
    holds: str
    lock: str = ""
    detail: Any = ""
    figures: dict[str, str] = dataclasses.field(default_factory=dict)

    def trigger(self, table: str) -> Trigger:
        turn = f"PERFORM FROM {self.lock} FOR NO KEY UPDATE;" if self.lock else ""
        message = str(self.message).replace("'", "''")
        return Trigger(
            table=table,
            name=f"record_50_{self.name}"[:63],
            when="AFTER INSERT OR UPDATE",
            body=f"""
                {turn}
                IF ({self.holds}) IS FALSE THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}',
                        MESSAGE = '{message}';
                END IF;
                RETURN NULL;
            """,
        )

    def told(self, figures: Collection[Any]) -> str:
        """The sentence of refusal; `figures` are the values of `self.figures`, in their order."""
        if not self.detail:
            return str(self.message)
        amounts = {name: rupiah(value) for name, value in zip(self.figures, figures, strict=True)}
        return f"{self.message}. {str(self.detail) % amounts}"


def broken(row: models.Model, guards: Collection[Guard], exclude: Collection[str] = ()) -> Iterator[tuple[Guard, str]]:
    """The guards that would refuse this row, each with its sentence. One query.

    `exclude`d fields count as unknown, but for relations: on the page of its owner a row's foreign key is excluded, and
    it is the owner that a guard asks about.
    """
    asked = [guard for guard in guards if guard.field not in exclude]
    if not asked:
        return
    questions = [f"({guard.holds}) IS NOT FALSE" for guard in asked]
    questions += [f"({expression})" for guard in asked for expression in guard.figures.values()]
    text = ", ".join(questions)
    columns, values = _as_new(row, text, exclude)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {text.replace('%', '%%')} FROM (SELECT {columns}) AS new", values)
        answers = list(cursor.fetchone())
    figures = answers[len(asked) :]
    for guard, holds in zip(asked, answers, strict=False):
        own, figures = figures[: len(guard.figures)], figures[len(guard.figures) :]
        if not holds:
            yield guard, guard.told(own)


def _as_new(row: models.Model, text: str, exclude: Collection[str]) -> tuple[str, list[Any]]:
    """The columns that the text speaks of, as the database would get them."""
    named = set(re.findall(r"\bnew\.(\w+)", text))
    fields = [one for one in row._meta.concrete_fields if one.column in named]
    columns = ", ".join(f'%s::{one.db_type(connection)} AS "{one.column}"' for one in fields)
    values = [
        None
        if one.name in exclude and not one.is_relation
        else one.get_db_prep_save(getattr(row, one.attname), connection)
        for one in fields
    ]
    return columns, values
