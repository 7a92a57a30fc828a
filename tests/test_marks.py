"""Questions put to every model of the registry: are its closed fields marked, do its pairs travel together."""

import re

import pytest
from django.db import models

from batik_registry.models import Sensitivity, record_models

#: Names that mean a person wherever they stand.
PERSONAL = re.compile(r"^(owner_\w+|\w*phone|\w*nik|\w*nip|npwp|manager_name|board)$")
#: Published by their office: the contact of a government office is no personal data.
OFFICIAL = {("accounts.office", "phone")}
#: Times that stand alone: the clock of the row, deeds of the person whom the row is about, and of the machine; a last
#: moment is nobody's deed.
ALONE = {"created_at", "updated_at", "consent_at", "consent_withdrawn_at", "taken_at", "examined_at", "due_at"}
ALONE |= {"last_used_at"}  # by whoever holds the token
MODELS = [
    model for model in record_models() if model._meta.app_label in ("accounts", "centres", "programs", "submissions")
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_personal_fields_are_marked(model):
    unmarked = [
        field.name
        for field in model._meta.concrete_fields
        if PERSONAL.match(field.name)
        and model.sensitivity.get(field.name) not in (Sensitivity.PERSONAL, Sensitivity.SPECIFIC)
        and (model._meta.label_lower, field.name) not in OFFICIAL
    ]

    assert unmarked == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_marks_name_fields_that_exist(model):
    names = {field.name for field in model._meta.get_fields()}

    assert set(model.sensitivity) <= names


def test_a_members_address_and_point_are_personal():
    from centres.models import Member

    marks = {name: Member.sensitivity.get(name) for name in ("address", "latitude", "longitude", "email", "socials")}
    assert set(marks.values()) == {Sensitivity.PERSONAL}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_pairs_travel_together(model):
    """Whoever did something has a time for it, both or neither, and a constraint says so."""
    names = {field.name for field in model._meta.concrete_fields}
    pairs = {name.removesuffix("_by") for name in names if name.endswith("_by") and is_user(model, name)}
    pairs -= {"created"}  # a row that has a time and a maker from its first moment, neither of them ever empty
    alone = {name for name in names if name.endswith("_at")} - ALONE - {f"{pair}_at" for pair in pairs}
    checks = [str(check.condition) for check in model._meta.constraints if isinstance(check, models.CheckConstraint)]

    assert alone == set()
    for pair in pairs:
        assert f"{pair}_at" in names
        assert any(f"{pair}_at" in check and f"{pair}_by" in check for check in checks), pair


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model._meta.label_lower)
def test_links_are_records_too(model):
    """A link table that Django makes by itself is not versioned and not in the change log."""
    unlogged = [field.name for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]

    assert unlogged == []


def is_user(model, name):
    field = model._meta.get_field(name)
    return field.is_relation and field.related_model._meta.label_lower == "accounts.user"
