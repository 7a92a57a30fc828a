"""What PostgreSQL tells of a row and what the serializer, which is the contract, would tell are the same."""

import json
from datetime import datetime
from decimal import Decimal

import pytest
from django.db.models import DateTimeField, DecimalField
from rest_framework.renderers import JSONRenderer

from batik_registry.rest import resources
from batik_registry.rest.documents import columns_of, documents
from tests.api.canaries import model_of, of_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(places):
    return of_everything("35.76")


def by_serializer(view, record):
    return json.loads(JSONRenderer().render(view.serializer_class(record).data))


def by_database(view, record):
    rows = model_of(view)._base_manager.filter(pk=record.pk)
    return json.loads(documents(rows, columns_of(view.serializer_class()))[0].text)


def same(column, value):
    """The value without what may differ: a moment's zone, and zeros behind the comma."""
    if value is not None and isinstance(column, DateTimeField):
        return datetime.fromisoformat(value)
    return value if value is None or not isinstance(column, DecimalField) else (type(value), Decimal(value))


def test_a_document_has_the_names_and_values_of_its_serializer(everything):
    differs = []
    for name, view in resources.registered().items():
        columns = columns_of(view.serializer_class())
        for record in everything[name]:
            serialized, told = by_serializer(view, record), by_database(view, record)
            assert list(told) == [one for one in serialized if one in columns], name
            assert {one for one in serialized if one not in columns} == set(), name
            differs += [
                (name, one, serialized[one], told[one])
                for one, column in columns.items()
                if same(column, serialized[one]) != same(column, told[one])
            ]

    assert differs == []


def test_almost_every_field_was_compared_with_something_in_it(everything):
    """Else the test above compares nothing with nothing."""
    empty = []
    count = 0
    for name, view in resources.registered().items():
        columns = columns_of(view.serializer_class())
        rows = [by_database(view, record) for record in everything[name]]
        count += len(columns)
        empty += [f"{name}.{one}" for one in columns if all(row[one] in (None, "", [], {}) for row in rows)]

    assert len(empty) < count / 8, empty
