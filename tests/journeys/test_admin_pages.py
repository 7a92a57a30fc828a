"""The ministry's desk in a real browser: readable for everybody, in both themes, on a phone, without inline code."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def desk_of(user: User) -> Iterator[str]:
    """The index, then each list and each form for adding that this user's role opens."""
    request = RequestFactory().get("/")
    request.user = user
    yield reverse("admin:index")
    for group in admin.site.get_app_list(request):
        for model in group["models"]:
            yield from filter(None, (model["admin_url"], model["add_url"]))


def violations(page: Page, **options: object) -> list[str]:
    found = Axe().run(page, options={"preload": False} | options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def complaints(page: Page, address: str, told: list[str]) -> list[str]:
    """What is wrong with one page; in the dark only colours can differ."""
    told.clear()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = page.goto(address)
    found = [f"status {answer.status}"] if answer.status != 200 else []
    found += told + violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {what}" for what in violations(page, runOnly=["color-contrast"])]
    page.set_viewport_size({"width": 390, "height": 900})
    width = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{width} px wide on a phone"] if width > 390 else [])


def test_the_desk_is_readable_in_both_themes_fits_a_phone_and_runs_under_the_policy(
    page_of: Callable[..., Page], administrator: User
) -> None:
    page = page_of(administrator)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))

    found = {address: complaints(page, address, told) for address in desk_of(administrator)}

    assert not {address: what for address, what in found.items() if what}


def test_an_empty_form_comes_back_with_a_summary_that_leads_to_the_field(
    page_of: Callable[..., Page], administrator: User
) -> None:
    page = page_of(administrator)
    page.goto(reverse("admin:accounts_office_add"))

    with page.expect_navigation():
        page.click("input[name=_save]")
    page.click(".error-summary a >> nth=0")

    assert page.title().startswith("Galat:")
    assert page.evaluate("document.activeElement.id") == "id_name"
    assert violations(page) == []


def test_a_change_in_the_admin_is_shown_in_the_history_page(page_of: Callable[..., Page], administrator: User) -> None:
    page = page_of(administrator, theme="dark")
    page.goto(reverse("admin:accounts_user_change", args=[administrator.pk]))

    page.click("a.historylink")

    assert "/riwayat/" in page.url
    assert violations(page) == []


def test_axe_finds_nothing_on_the_landing_and_the_missing_page(
    page_of: Callable[..., Page], mojokerto_officer: User
) -> None:
    page = page_of(mojokerto_officer, theme="dark", width=390)

    page.goto(reverse("home"))
    landing = violations(page)
    page.goto("/tidak-ada/")
    missing = violations(page)

    assert landing == missing == []
