"""A visitor finds a centre, sees it on the map, takes the calendar and the data: in both themes, on a phone, too."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from batik_registry.models import VerificationStatus
from tests.factories import centres as make
from tests.factories import events as make_events
from tests.journeys.test_admin_pages import complaints

pytestmark = pytest.mark.django_db(transaction=True)

VALIDATED = {"verification_status": VerificationStatus.VALIDATED}


@pytest.fixture
def page(browser, live_server, places):
    for code, latitude, longitude in (("35", "-7.5", "112.5"), ("35.76", "-7.47", "112.43")):
        places[code].latitude, places[code].longitude = latitude, longitude
        places[code].save()
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", locale="id-ID")
    yield context.new_page()
    context.close()


def test_a_visitor_finds_a_centre_its_place_the_calendar_and_the_data(page, live_server):
    centre = make.make_maja_barama(profile="Sentra contoh.", **VALIDATED)
    event = make_events.make_event(centre=None, name="Pameran contoh", **VALIDATED)
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)

    for words in ("mojokerto batik", "Bharama"):
        page.goto("/")
        page.get_by_role("searchbox").first.fill(words)
        page.get_by_role("button", name="Cari").click()
        expect(page.get_by_role("heading", name=centre.name)).to_be_visible()
    point = page.get_by_role("link", name=f"{centre.name}, Kota Mojokerto, Jawa Timur")
    point.focus()
    expect(page.get_by_role("status")).to_have_text(f"{centre.name}, Kota Mojokerto, Jawa Timur")
    page.get_by_role("button", name="Perbesar peta").click()
    expect(page.locator("svg.map-whole")).not_to_have_attribute("viewBox", "0 0 1000 372")
    page.keyboard.press("Shift+Tab")
    point.press("Enter")
    expect(page.get_by_role("heading", level=1, name=centre.name)).to_be_visible()
    page.goto("/data/")
    with page.expect_download() as download:
        page.get_by_role("link", name="GEOJSON Sentra batik").click()
    assert download.value.suggested_filename == "sentra-batik.geojson"
    assert page.request.get("/kegiatan.ics").text().count("BEGIN:VEVENT") == 1

    addresses = ["/", "/?q=bharama", "/provinsi/jawa-timur/", "/kegiatan/", "/data/", "/statistik/"]
    addresses += [f"/sentra/{centre.code}-x/", f"/kegiatan/{event.code}-x/"]
    found = {address: complaints(page, address, told) for address in addresses}

    assert not {address: what for address, what in found.items() if what}
    assert [url for url in asked if not url.startswith((live_server.url, "data:", "blob:"))] == []
    assert page.context.cookies() == []


def test_the_map_is_whole_without_javascript(browser, live_server, page):
    make.make_maja_barama(**VALIDATED)
    cache.clear()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/")

    expect(plain.get_by_role("link", name="Jawa Timur: 1 sentra")).to_be_visible()
    context.close()
