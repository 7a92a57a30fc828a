"""The pages of the API in a real browser: readable, on a phone too, and the interactive one asks nobody outside."""

import pytest
from playwright.sync_api import expect

from tests.factories import centres as make
from tests.factories.tokens import make_token
from tests.journeys.test_admin_pages import complaints

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(page_of, leader):
    return page_of(leader)


def test_the_pages_are_readable_in_both_themes_and_fit_a_phone(page):
    told = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)

    found = {address: complaints(page, address, told) for address in ("/api/", "/api/masalah/")}

    assert not {address: what for address, what in found.items() if what}


def test_a_request_is_tried_in_the_interactive_page_without_leaving_the_house(page, live_server, leader):
    centre = make.make_centre(name="Sentra contoh dicoba")
    page.context.clear_cookies()
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.goto("/api/docs/")

    page.get_by_role("button", name="Authorize").click()
    by_token = page.locator(".auth-container").filter(has_text="Bearer")
    by_token.locator("input").fill(make_token(leader)[1])
    by_token.locator(".authorize").click()
    page.locator(".btn-done").first.click()
    page.locator(".opblock-tag[data-tag=centres]").click()
    page.locator("#operations-centres-centres_list .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()

    expect(page.locator(".live-responses-table tbody .response-col_description").first).to_contain_text(centre.name)
    assert [url for url in asked if not url.startswith((live_server.url, "data:", "blob:"))] == []
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
