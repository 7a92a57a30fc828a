"""An allocation's page in a real browser: stage, money, conditions and deeds are readable for everybody."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from programs.actions.allocations import take_in
from programs.choices import State
from programs.models import Allocation
from tests.factories import programs as make
from tests.journeys.test_admin_pages import violations

pytestmark = pytest.mark.django_db(transaction=True)


def waiting_for_stage_three() -> Allocation:
    """2019: two stages came, two reports, output short of the third stage."""
    make.make_rules()
    allocation = make.make_allocation(fiscal_year=2019)
    make.make_link(allocation=allocation)
    make.make_contract(allocation=allocation, value_idr=9 * make.BILLION)
    for stage, tenths in (("I", 25), ("II", 45)):
        make.make_disbursement(allocation=allocation, stage=stage, amount_idr=tenths * make.BILLION // 10)
    make.make_problem(report=make.make_progress(allocation=allocation, quarter=2, absorbed_idr=make.BILLION))
    make.make_progress(allocation=allocation, quarter=3, absorbed_idr=65 * make.BILLION // 10, output_pct=68)
    make.make_document(allocation=allocation, received_on=date(2019, 1, 7))
    take_in(allocation=allocation, state=State.CONTRACTED, actor_name="Uji", reason="Uji", document="Uji")
    return allocation


def test_the_page_and_a_deed_are_readable_in_both_themes_and_on_a_phone(
    page_of: Callable[..., Page], programme_staff: User
) -> None:
    allocation = waiting_for_stage_three()
    page = page_of(programme_staff)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)

    for address in (
        reverse("admin:programs_allocation_change", args=[allocation.pk]),
        reverse("admin:programs_allocation_deed", args=[allocation.pk, "PUTUS_KONTRAK"]),
    ):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, runOnly=["color-contrast"]) == []
        page.set_viewport_size({"width": 390, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert told == []


def test_staff_send_an_allocation_on_with_the_keyboard_alone(
    page_of: Callable[..., Page], programme_staff: User
) -> None:
    allocation = make.bring_to(make.make_allocation(), State.PROPOSED)
    page = page_of(programme_staff)
    page.goto(reverse("admin:programs_allocation_change", args=[allocation.pk]))

    page.get_by_role("link", name="Kembalikan untuk diperbaiki").press("Enter")
    page.get_by_label("Alasan").press_sequentially("RAB belum rinci")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_text("alokasi kini pada tahap Konsep usulan").wait_for()
    allocation.refresh_from_db()
    assert allocation.state == State.DRAFT
