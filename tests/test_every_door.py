"""The same rules, in the same words, on the same field, at every door; and nothing is saved."""

from pathlib import Path

import pytest
from django.conf import settings

from centres import models as centres
from programs import models as programs
from regions.models import Region
from tests.bad_rows import CASES, GOOD
from tests.bad_rows.statements import PREPARE
from tests.doors import DOORS, AdminDoor

#: Constraints over columns that no door lets anybody type: the registry itself fills them.
FILLED_BY_THE_REGISTRY = {
    "centres_centre_code",
    "centres_datedfact_one_preferred",
    "centres_datedfact_preferred_pair",
    "centres_operationreport_submitted_pair",
    "programs_allocation_code",
    "programs_allocation_life",
    "programs_activity_amount",
    "programs_progressreport_submitted_pair",
    "programs_event_code",
    "programs_event_status_pair",
    "programs_event_cancel_reason",
}
#: Written by actions alone; tests/programs has its own tests for it.
NOT_TYPED = {programs.Step}


#: Guards of a limit whose rows exist already; a new row cannot break them (tests/programs/test_guards.py).
LIMITS_OF_ROWS = {
    "programs_allocation_plan_covers_activities",
    "programs_allocation_plan_covers_contracts",
    "programs_allocation_ceiling_covers_disbursed",
    "programs_disbursement_under_the_next",
    "programs_handover_rests_under_built",
}
MODELS = [getattr(app, name) for app in (centres, programs) for name in app.__all__]
TYPED = [model for model in MODELS if model not in NOT_TYPED]


@pytest.fixture(params=[*DOORS, "admin"])
def door(request, places, programme_staff, administrator, client_of):
    Region.objects.filter(code="35.76").update(latitude=-7.4726, longitude=112.4381)
    return DOORS.get(request.param) or AdminDoor(client_of(programme_staff), client_of(administrator))


def rows_and_files(model):
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return model.objects.count(), sorted(files)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_is_refused_on_its_field_and_nothing_is_saved(case, door):
    good, bad = GOOD[case.model](), case.bad() if callable(case.bad) else case.bad
    before = rows_and_files(case.model)

    refusals = door(case.model, {**good, **bad})

    if isinstance(door, AdminDoor) and case.is_not_offered:
        assert case.field in refusals
    else:
        assert case.sentence in refusals.get(case.field, []), refusals
    assert rows_and_files(case.model) == before


@pytest.mark.parametrize("model", GOOD, ids=lambda model: model.__name__)
def test_a_good_row_passes(model, door):
    row = GOOD[model]()
    PREPARE.get(model, dict)()
    before = model.objects.count()

    assert door(model, row) == {}
    assert model.objects.count() == before + 1


def test_every_model_has_a_good_row():
    assert {model for model in MODELS if model not in GOOD} == NOT_TYPED


def test_every_constraint_has_its_case():
    known = {(case.model, case.field, case.sentence) for case in CASES}
    lacking = [
        constraint.name
        for model in TYPED
        for constraint in model._meta.constraints
        if (model, constraint.violation_error_code, str(constraint.violation_error_message)) not in known
        and constraint.name not in FILLED_BY_THE_REGISTRY
        and not constraint.name.endswith(("_verified_pair", "_point_pair", "_point_in_indonesia"))
    ]

    assert lacking == []


def test_every_guard_has_its_case():
    """A guard may add sums of money to its sentence."""
    known = [(case.model, case.field, case.sentence) for case in CASES]
    lacking = [
        guard.name
        for model in TYPED
        for guard in model.guards
        if not any((model, guard.field) == case[:2] and case[2].startswith(str(guard.message)) for case in known)
        and guard.name not in FILLED_BY_THE_REGISTRY | LIMITS_OF_ROWS
    ]

    assert lacking == []
