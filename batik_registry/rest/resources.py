"""Which resources the API has. The apps name theirs through the roof's router; this floor knows none of them."""

from typing import Any

_resources: dict[Any, tuple[str, type[Any]]] = {}


def register(name: str, view: type[Any]) -> None:
    """A resource by the name in its address; one view stands for one model."""
    _resources[view.serializer_class.Meta.model] = (name, view)


def registered() -> dict[str, type[Any]]:
    """The views by the names of their resources."""
    return dict(_resources.values())


def view_of(model: Any) -> type[Any] | None:
    """The view that tells this model, or None where the API has no such resource."""
    return _resources.get(model, ("", None))[1]


def name_of(model: Any) -> str:
    return _resources[model][0]


def counts_for(user: Any) -> dict[str, int]:
    """How many rows of each resource the user would be told. One query for each."""
    return {
        name: model._default_manager.visible_to(user).count()
        for model, (name, _view) in _resources.items()
        if user.may.read(model)
    }
