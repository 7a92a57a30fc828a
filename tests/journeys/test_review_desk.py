"""The review desk in a real browser: readable, usable by keyboard alone, and deaf to a stray Enter."""

import os
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.choices import RoleCode
from accounts.models import User
from centres.models import Centre, Member
from submissions import actions
from submissions.choices import State
from submissions.models import Submission
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.submissions import sent, wish_for_new
from tests.journeys.clearing import all_at_once, one_by_one
from tests.journeys.test_admin_pages import complaints

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(mojokerto_officer: User) -> list[Submission]:
    """One in conflict that a second one touches, too, and a new centre."""
    colleague = make_user(RoleCode.REGENCY_OFFICER, region="35.76", name="Rekan uji")
    member = make.make_member(business_name="Batik Sekar Arum", brand_name="Sekar Arum")
    values: dict[str, Any] = {"started_year": 1990, "owner_nik": "3576021504700008", "techniques": {"CAP": 100}}
    conflict = sent(mojokerto_officer, member, brand_name="Sekar Jagad", **values)
    second = sent(colleague, member, started_year=1991)
    Member.objects.filter(pk=member.pk).update(started_year=1985)
    new = actions.draft(by=mojokerto_officer, wishes=[wish_for_new(Centre, name="Sentra baru", regency="35.76")])
    return [conflict, second, actions.submit(submission=new, by=mojokerto_officer)]


def address(submission: Submission) -> str:
    return reverse("submissions:review", args=[submission.pk])


def test_the_pages_are_readable_in_both_themes_fit_a_phone_and_run_under_the_policy(
    page_of: Callable[..., Page], programme_staff: User, waiting: list[Submission]
) -> None:
    page = page_of(programme_staff)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)

    found = {url: complaints(page, url, told) for url in [reverse("submissions:queue"), *map(address, waiting)]}

    assert not {url: what for url, what in found.items() if what}


def test_a_submission_is_decided_by_keyboard_alone(
    page_of: Callable[..., Page], programme_staff: User, waiting: list[Submission]
) -> None:
    conflict, second, _new = waiting
    page = page_of(programme_staff)
    page.goto(address(conflict))

    page.focus("input[type=radio] >> nth=0")  # the conflict stands first, and nothing is chosen
    page.keyboard.press("Space")
    page.focus("input[name=sudah]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith(address(second))
    assert Member.objects.get(brand_name="Sekar Jagad").started_year == 1990


def test_enter_in_a_text_field_decides_nothing(
    page_of: Callable[..., Page], programme_staff: User, waiting: list[Submission]
) -> None:
    new = waiting[-1]
    page = page_of(programme_staff)
    page.goto(address(new))

    page.check("input[value=RETURN] >> nth=0")  # only then is there a comment to write
    page.focus("input[name^=catatan-] >> nth=0")
    for keys in ("s", "a", "Enter", "y", "Enter"):
        page.keyboard.press(keys)
    page.goto(address(new))

    new.refresh_from_db()
    assert new.state == State.SUBMITTED


KEYS_EACH = 3  # tick, on to the button, approve
BUDGET = 300  # seconds for fifty
#: A few in the suite; benchmarks/review_desk.py asks for fifty, with a pause for reading each.
COUNT, PAUSE = int(os.environ.get("CLEARING_COUNT", "5")), float(os.environ.get("CLEARING_PAUSE", "0"))


@pytest.fixture
def clean_ones(mojokerto_officer: User) -> list[Submission]:
    """Each of them longer than the window."""
    values: dict[str, Any] = {"started_year": 1990, "techniques": {"CAP": 100}, "has_workshop": True}
    values |= {"capital_idr": 25_000_000, "investment_idr": 5_000_000, "phone": "+6281277700777"}
    return [sent(mojokerto_officer, make.make_member(), brand_name=f"Sekar {n}", **values) for n in range(COUNT)]


def test_clean_ones_are_cleared_one_by_one_by_keyboard(
    page_of: Callable[..., Page], programme_staff: User, clean_ones: list[Submission]
) -> None:
    page = page_of(programme_staff)

    cleared = one_by_one(page, COUNT, pause=PAUSE)

    sys.stdout.write(f"\none by one: {COUNT} in {cleared.seconds:.0f} s, {cleared.keys} keys\n")
    assert cleared.keys == 1 + KEYS_EACH * COUNT
    assert cleared.seconds < BUDGET
    assert Submission.objects.filter(state=State.APPROVED).count() == COUNT
    assert "Tidak ada usulan yang menunggu" in page.inner_text("main")


def test_clean_ones_are_cleared_at_once_by_keyboard(
    page_of: Callable[..., Page], programme_staff: User, clean_ones: list[Submission]
) -> None:
    page = page_of(programme_staff)

    cleared = all_at_once(page, pause=PAUSE)

    sys.stdout.write(f"\nat once: {COUNT} in {cleared.seconds:.0f} s, {cleared.keys} keys\n")
    assert cleared.keys == 4
    assert cleared.seconds < BUDGET
    assert Submission.objects.filter(state=State.APPROVED).count() == COUNT
    assert f"{COUNT} usulan disetujui." in page.inner_text("body")


def test_keys_held_or_pressed_by_chance_decide_nothing(
    page_of: Callable[..., Page], programme_staff: User, clean_ones: list[Submission]
) -> None:
    """Enter held down from the queue on, then every letter once."""
    page = page_of(programme_staff)
    page.goto(reverse("submissions:queue"))

    with page.expect_navigation():
        page.keyboard.press("Enter")
    for key in ["Enter"] * 10 + list("abcdefghijklmnopqrstuvwxyz"):
        page.keyboard.press(key)
    page.wait_for_load_state("networkidle")

    assert page.url.endswith(address(clean_ones[0]))
    assert not Submission.objects.exclude(state=State.SUBMITTED).exists()
    page.goto(reverse("submissions:queue"))
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for _number in range(10):
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert not Submission.objects.exclude(state=State.SUBMITTED).exists()
