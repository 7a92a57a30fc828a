"""The contract as a promise: whatever anybody asks is answered as it says, and nothing makes the server fail.

`LONG_RUNS=400` asks each address so many times; without it six times, always the same.
"""

import logging
import os

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.choices import RoleCode
from batik_registry.rest import resources
from tests.api.canaries import records_of
from tests.factories.accounts import make_user
from tests.factories.tokens import make_token

pytestmark = pytest.mark.django_db(transaction=True)

CONTRACT = schemathesis.openapi.from_path("docs/openapi.yaml")
OPERATIONS = [found.ok() for found in CONTRACT.get_all_operations()]
EXAMPLES = int(os.environ.get("LONG_RUNS", "6"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = {
    RoleCode.ADMINISTRATOR: {},
    RoleCode.PROGRAMME_STAFF: {},
    RoleCode.LEADER: {},
    RoleCode.PROVINCE_OFFICER: {"region": "35"},
    RoleCode.REGENCY_OFFICER: {"region": "35.76"},
    RoleCode.CENTRE_MANAGER: {"region": "35.76"},
    RoleCode.API_CLIENT: {},
}


@pytest.fixture
def tokens(places):
    return [make_token(make_user(role, **where))[1] for role, where in ROLES.items()]


@pytest.fixture
def keys(places):
    """Keys that are there, by the model: a guessed one would only ever be told that it is not."""
    found = {}
    for record in (*records_of("35.76"), *records_of("33.14")):
        found.setdefault(type(record), []).append(str(record.pk))
    return found


def test_the_server_keeps_the_contract_whoever_asks_whatever(live_server, tokens, keys, caplog):
    caplog.set_level(logging.ERROR, logger="django.request")
    session, broken = requests.Session(), []
    models = {name: view.serializer_class.Meta.model for name, view in resources.registered().items()}
    for operation in OPERATIONS:
        known = keys.get(models.get(operation.path.split("/")[3]), [])
        try:
            ask(operation, live_server.url, tokens, known, session)
        except BaseExceptionGroup as failures:
            broken += [f"{operation.label}: {one}" for one in failures.exceptions]
    session.close()
    assert not broken, "\n\n".join(broken)


def ask(operation, url, tokens, known, session):
    modes = st.sampled_from(list(schemathesis.GenerationMode))
    cases = modes.flatmap(lambda mode: operation.as_strategy(generation_mode=mode))

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, token=st.sampled_from(tokens), key=st.sampled_from([None, *known]))
    def each(case, token, key):
        if key and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = key
        case.call_and_validate(
            base_url=url, session=session, headers={"Authorization": f"Bearer {token}"}, checks=CHECKS
        )

    each()
