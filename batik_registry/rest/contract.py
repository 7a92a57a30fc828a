"""The contract in two languages: its plain sentences are translated once it is made; nobody marks them one by one.

They are the help texts and descriptions of what has no model, and the docstrings of resources and their operations.
"""

import ast
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

KEYWORDS = {"help_text", "description", "DESCRIPTION"}
OPERATIONS = {"list", "retrieve", "create", "update", "partial_update", "destroy", "get", "post"}
#: The ground of resources, whose docstrings are for their heirs.
GROUND = {"ReadViewSet", "RecordViewSet"}


def spoken(result: Any, **_about: Any) -> Any:
    """The contract in the language of the request; a hook of drf-spectacular."""
    if isinstance(result, list):
        return [spoken(one) for one in result]
    if not isinstance(result, dict):
        return result
    return {
        key: _told(value) if key == "description" and isinstance(value, str) else spoken(value)
        for key, value in result.items()
    }


def _told(text: str) -> str:
    """A list of choices that follows speaks that language already."""
    said, mark, choices = text.partition("\n\n* `")
    return (_(said) if said else "") + mark + choices


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """The plain sentences of a module with their lines."""
    for node in ast.walk(ast.parse(source)):
        yield from ((value.lineno, value.value) for value in _texts(node) if value.value)
        if isinstance(node, ast.ClassDef) and node.name.endswith(("View", "ViewSet")) and node.name not in GROUND:
            yield from _docstrings(node)


def _texts(node: ast.AST) -> Iterator[Any]:
    named: list[tuple[Any, Any]] = []
    if isinstance(node, ast.Call):
        named = [(keyword.arg, keyword.value) for keyword in node.keywords]
    elif isinstance(node, ast.Dict):
        named = [(getattr(key, "value", None), value) for key, value in zip(node.keys, node.values, strict=True)]
    for name, value in named:
        if name in KEYWORDS and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value


def _docstrings(resource: ast.ClassDef) -> Iterator[tuple[int, str]]:
    own: list[ast.ClassDef | ast.FunctionDef] = [resource]
    own += [one for one in resource.body if isinstance(one, ast.FunctionDef) and _is_operation(one)]
    for one in own:
        if said := ast.get_docstring(one):
            yield one.lineno, said


def _is_operation(method: ast.FunctionDef) -> bool:
    return method.name in OPERATIONS or any(ast.unparse(mark).startswith("action(") for mark in method.decorator_list)
