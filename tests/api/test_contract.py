"""The contract: committed, whole, and understood by whoever was not there when it was written."""

from pathlib import Path

import pytest
import yaml
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

CONTRACT = Path("docs/openapi.yaml")


@pytest.fixture(scope="module")
def contract():
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_committed_contract_is_what_the_code_says(contract):
    """After a change: `DEBUG=1 uv run manage.py spectacular --file docs/openapi.yaml`, and a line in CHANGELOG.md."""
    assert yaml.safe_load(OpenApiYamlRenderer().render(contract)) == yaml.safe_load(CONTRACT.read_text())


def test_every_field_says_what_it_is(contract):
    silent = [
        f"{component}.{name}"
        for component, schema in contract["components"]["schemas"].items()
        for name, field in schema.get("properties", {}).items()
        if not field.get("description") and "$ref" not in field
    ]

    assert silent == []


def test_every_operation_and_parameter_says_what_it_is(contract):
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), (method, path)
            for parameter in operation.get("parameters", []):
                assert parameter.get("description") or parameter["in"] == "path", (path, parameter["name"])


def test_every_refusal_has_one_form(contract):
    for methods in contract["paths"].values():
        for operation in methods.values():
            content = operation["responses"]["default"]["content"]
            assert content["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
