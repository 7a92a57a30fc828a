"""What an officer's browser sends from a proposing form."""

import re
from html import unescape

from tests.pages import form_of


def filled(page, **typed):
    """The form of the page as it stands, with these fields typed anew."""
    return form_of(page) | {name.replace("__", "-"): value for name, value in typed.items()}


def asides(page):
    """What stands beside the fields, as the page's form carries it."""
    return {name: field.aside for name, field in page.context["form"].fields.items()}


def errors(page):
    return {name: [unescape(str(one)) for one in found] for name, found in page.context["form"].errors.items()}


def draft_id(page):
    return re.search(r'name="usulan" value="([^"]*)"', page.content.decode())[1]
