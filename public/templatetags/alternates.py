"""Addresses of public pages as search engines want them: one canonical address, and the same page in each language."""

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import translate_url

register = template.Library()


@register.simple_tag(takes_context=True)
def canonical(context: Any) -> str:
    """The page's own address without what only narrows it."""
    request = context["request"]
    page = request.GET.get("hal", "")
    query = f"?hal={page}" if page.isdigit() and page != "1" else ""
    return str(request.build_absolute_uri(request.path + query))


@register.simple_tag(takes_context=True)
def absolute(context: Any, path: str) -> str:
    """The whole address of a static file."""
    return str(context["request"].build_absolute_uri(static(path)))


@register.simple_tag(takes_context=True)
def alternates(context: Any) -> list[dict[str, str]]:
    """The page in every language: code, name, path and whole address."""
    request = context["request"]
    found = []
    for code, name in settings.LANGUAGES:
        path = translate_url(request.path, code)
        found.append({"code": code, "name": str(name), "path": path, "href": request.build_absolute_uri(path)})
    return found
