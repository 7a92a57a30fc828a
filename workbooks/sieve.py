"""Many rows against a model's own rules at once: few queries for hundreds of rows, and not one rule written again.

The sieve says only which rows are certainly clean. Fields and `clean()` are asked in Python, with what relations point
to fetched beforehand; the check constraints in one query, their own SQL over the rows as a table; unique constraints by
one query each. Whatever stays in it, `full_clean` judges, and says in its words what is wrong.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models.sql import Query

Refusals = dict[str, list[str]]


def refusals_of(rows: list[Any]) -> list[Refusals]:
    """What the rules say against each row, by field; empty for one that keeps them all."""
    found: list[Refusals] = [{} for _row in rows]
    for place in sorted(set(range(len(rows))) - set(certainly_clean(rows))):
        try:
            rows[place].full_clean()
        except ValidationError as refusal:
            found[place] = refusal.message_dict
    return found


def certainly_clean(rows: list[Any]) -> list[int]:
    """The places of the rows that keep every rule; others may keep them too."""
    if not rows or not _can_be_sieved(type(rows[0])):
        return []
    there = _fetched_relations(rows)
    places = [place for place, row in enumerate(rows) if _is_clean_by_itself(row, there)]
    places = _kept_by_checks(rows, places)
    return _unlike_others(rows, places)


def _can_be_sieved(model: Any) -> bool:
    known = (models.CheckConstraint, models.UniqueConstraint)
    plain = all(isinstance(one, known) for one in model._meta.constraints)
    named = all(one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint))
    unique = any(field.unique and not field.primary_key for field in model._meta.concrete_fields)
    return plain and named and not unique and not getattr(model, "guards", None)


def _relations(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def _fetched_relations(rows: list[Any]) -> dict[Any, dict[Any, Any]]:
    """By model what the rows point to, set on them, too. One query for each model."""
    fields = _relations(type(rows[0]))
    asked: dict[Any, set[Any]] = {}
    for field in fields:
        asked.setdefault(field.related_model, set()).update(getattr(row, field.attname) for row in rows)
    there = {model: model._base_manager.in_bulk(keys - {None}) for model, keys in asked.items()}
    for field in fields:
        for row in rows:
            if (key := getattr(row, field.attname)) in there[field.related_model]:
                setattr(row, field.name, there[field.related_model][key])
    return there


def _is_clean_by_itself(row: Any, there: dict[Any, dict[Any, Any]]) -> bool:
    relations = _relations(type(row))
    try:
        row.clean_fields(exclude={field.name for field in relations})
        if not all(_points_well(row, field, there) for field in relations):
            return False
        row.clean()
    except ValidationError:
        return False
    return True


def _points_well(row: Any, field: Any, there: dict[Any, dict[Any, Any]]) -> bool:
    """A rule of the row may have set the key meanwhile, to something that was fetched all the same."""
    key = getattr(row, field.attname)
    return bool(field.null) if key is None else key in there[field.related_model]


def _kept_by_checks(rows: list[Any], places: list[int]) -> list[int]:
    model = type(rows[0])
    asked = [_sql(model, one.condition) for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    if not asked or not places:
        return places
    text = " AND ".join(f"(({sql}) IS NOT FALSE)" for sql, _values in asked)
    values = [value for _sql_text, given in asked for value in given]
    fields = [field for field in model._meta.concrete_fields if re.search(rf'"{field.column}"', text)]
    columns = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in fields)
    table = json.dumps([_as_json(rows[place], fields) | {"n": place} for place in places], default=str)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT n FROM jsonb_to_recordset(%s::jsonb) AS new(n int, {columns}) WHERE {text}", [table, *values]
        )
        return sorted(place for (place,) in cursor.fetchall())


def _sql(model: Any, condition: Any) -> tuple[str, list[Any]]:
    """The condition as the database keeps it: over the bare names of columns."""
    query = Query(model=model, alias_cols=False)
    where = query.build_where(condition)
    sql, values = where.as_sql(query.get_compiler(connection=connection), connection)
    return sql, list(values)


def _as_json(row: Any, fields: list[Any]) -> dict[str, Any]:
    return {field.column: getattr(row, field.attname) for field in fields}


def _unlike_others(rows: list[Any], places: list[int]) -> list[int]:
    """Without those that share with another record what only one may have."""
    model = type(rows[0])
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and places:
            taken = _taken(model, one, [rows[place] for place in places])
            places = [place for place in places if rows[place].pk not in taken]
    return places


def _taken(model: Any, constraint: models.UniqueConstraint, rows: list[Any]) -> set[Any]:
    fields = [model._meta.get_field(name) for name in constraint.fields]
    names = [field.attname for field in fields]
    by_key = {row.pk: tuple(getattr(row, name) for name in names) for row in rows}
    there = model._base_manager.filter(**{f"{names[0]}__in": {key[0] for key in by_key.values()}})
    if constraint.condition is not None:
        there = there.filter(constraint.condition)
    holders: dict[Any, set[Any]] = {}
    for pk, *key in there.values_list("pk", *names):
        holders.setdefault(tuple(key), set()).add(pk)
    return {pk for pk, key in by_key.items() if holders.get(key, set()) - {pk}}


def in_parts(rows: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
