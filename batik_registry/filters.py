"""What filter forms of pages share."""

from collections.abc import Callable
from typing import Any

import django_filters as filters


class ReachChoiceFilter(filters.ChoiceFilter):
    """Offers what lies within the reach of whoever asks: `within(user)` gives the pairs of value and label."""

    def __init__(self, *args: Any, within: Callable[[Any], list[tuple[Any, str]]], **kwargs: Any) -> None:
        self.within = within
        super().__init__(*args, **kwargs | {"choices": []})

    @property
    def field(self) -> Any:
        self.extra["choices"] = self.within(self.parent.request.user)
        return super().field
