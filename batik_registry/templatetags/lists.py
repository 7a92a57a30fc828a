"""What the templates of lists ask."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def page_url(listing: Any, number: int) -> str:
    """The address of a page of the list."""
    return str(listing.at(number))


@register.inclusion_tag("components/sort_header.html")
def sort_header(listing: Any, column: str, label: str, kind: str = "") -> dict[str, Any]:
    """A head cell that sorts the list."""
    direction = {column: "ascending", f"-{column}": "descending"}.get(listing.order, "")
    return {"url": listing.sorted_by(column), "label": label, "direction": direction, "kind": kind}
