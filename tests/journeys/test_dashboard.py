"""The leader's question: how many centres are in Jawa Timur, who says so, and which rows are they?"""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from centres.loaders import load_records
from centres.models import Centre, ReferenceStatistic
from centres.records import read_records
from regions.models import Region
from tests.factories.centres import make_membership
from tests.factories.programs import make_link
from tests.journeys.test_admin_pages import complaints

pytestmark = pytest.mark.django_db(transaction=True)


def publish() -> None:
    """The published figures of all provinces, as the registry brings them."""
    rows = [
        row
        for row in read_records()
        if row.model is ReferenceStatistic and len(row.values["region_id"] or "") in (0, 2)
    ]
    for code in {row.values["region_id"] for row in rows} - {None}:
        Region.objects.get_or_create(code=code, defaults={"name": f"Provinsi uji {code}"})
    load_records(rows)


def test_the_leader_sees_62_of_201_in_jawa_timur_with_its_source_and_opens_the_rows(
    page_of: Callable[..., Page], leader: User, mojokerto_officer: User
) -> None:
    publish()
    make_membership(centre=make_link().centre)
    page, desk = page_of(leader), reverse("dashboard:board")
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)

    assert complaints(page, desk, told) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    row = page.get_by_role("row", name="Jawa Timur").first
    assert "62 dari 201" in row.inner_text()
    assert "30,8%" in row.inner_text()
    assert "BPS, Direktori Sentra Industri 2020" in page.get_by_label("Sentra per provinsi").inner_text()

    row.get_by_role("link", name="62 dari 201").press("Enter")

    page.get_by_role("heading", name="1 baris").wait_for()
    assert page.get_by_role("row", name="Jawa Timur").get_by_role("cell").all_inner_texts()[1:] == ["62", "1"]
    assert complaints(page, page.url, told) == []
    assert complaints(page_of(mojokerto_officer), reverse("portal:figures"), told) == []
    centre = Centre.objects.get()
    assert complaints(page_of(mojokerto_officer), reverse("portal:centre_profile", args=[centre.pk]), told) == []
