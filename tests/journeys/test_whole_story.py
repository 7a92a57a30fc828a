"""From the officer's phone to the registry: sales, a correction and a report, partly returned, mended and told."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from centres.models import Attachment, Member
from programs.models import Allocation, Participation, ProgressReport
from submissions.choices import State
from submissions.models import Submission
from tests.bad_rows.statements import photo
from tests.factories import centres as make
from tests.factories import events as held
from tests.factories import programs as money

pytestmark = pytest.mark.django_db(transaction=True)

MOST_TAPS = 4


@dataclass
class Phone:
    """An officer's, on which each touch is counted."""

    page: Page
    taps: int = 0

    def tap(self, wanted: str) -> None:
        self.page.locator(wanted).first.click()
        self.taps += 1

    def type(self, name: str, words: str) -> None:
        self.tap(f"[name={name}], [name$='-{name}']")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def send(self) -> Submission:
        """Press the button and arrive at what was sent."""
        self.tap("button[value=ajukan]")
        self.page.wait_for_url("**/usulan/*/")
        return Submission.objects.get(pk=self.page.url.rstrip("/").rsplit("/", 1)[-1], state=State.SUBMITTED)


@pytest.fixture
def member(mojokerto_officer: User) -> Member:
    return make.make_member(business_name="Batik Sekar Arum", brand_name="")


@pytest.fixture
def participation(member: Member) -> Participation:
    return held.make_participation(member=member)


@pytest.fixture
def allocation(places: None) -> Allocation:
    return money.make_allocation(title="Gedung batik")


def decide(page: Page, submission: Submission, **returned: str) -> None:
    """Accept everything but the named fields, which go back with these words."""
    page.goto(reverse("submissions:review", args=[submission.pk]))
    for label, words in returned.items():
        row = page.locator("tr", has=page.locator("th", has_text=label))
        row.locator("input[value=RETURN]").check()
        row.locator("input[name^=catatan-]").fill(words)
    page.check("input[name=sudah]")
    with page.expect_navigation():
        page.click("button[value=putuskan]")


def test_what_officers_send_is_partly_returned_mended_and_told_by_the_registry(
    page_of: Callable[..., Page],
    mojokerto_officer: User,
    programme_staff: User,
    member: Member,
    participation: Participation,
    allocation: Allocation,
) -> None:
    phone, desk = Phone(page_of(mojokerto_officer, width=390)), page_of(programme_staff)
    phone.page.goto(reverse("portal:event", args=[participation.event_id]))
    phone.type("cash_sales_idr", "12500000")
    phone.type("transactions", "31")
    sales = phone.send()
    phone.page.goto(reverse("portal:edit", args=["ikm", member.pk]))
    phone.type("brand_name", "Sekkar")
    phone.type("started_year", "1996")
    phone.page.set_input_files("#berkas", [{"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": photo(60, 40)}])
    phone.page.wait_for_selector("#berkas-daftar [data-state=attached]")
    correction = phone.send()
    phone.page.goto(reverse("portal:report", args=["dak", allocation.pk, allocation.fiscal_year, 1]))
    phone.type("absorbed_idr", "1000000000")
    phone.type("physical_pct", "20")
    phone.tap("[name=benar]")
    report = phone.send()

    decide(desk, correction, **{"Merek dagang": "Salah ketik"})
    for submission in (sales, report):
        decide(desk, submission)

    phone.page.goto(reverse("portal:home"))
    phone.taps = 0
    phone.tap("#tugas a >> text=Perbaiki usulan")
    phone.tap(".notice a >> text=Merek dagang")
    assert phone.page.evaluate("document.activeElement.name") == "brand_name"
    phone.type("brand_name", "Sekar")
    mended = phone.send()
    assert phone.taps <= MOST_TAPS
    decide(desk, mended)

    phone.page.goto(reverse("portal:record", args=["ikm", member.pk]))
    told = phone.page.inner_text("main")
    assert "Sekar" in told
    assert "1996" in told
    desk.goto(reverse("changes:history", args=["centres.member", member.pk]))
    history = desk.inner_text("main")
    for submission in (correction, mended):
        assert f"Usulan {submission.number} dari {mojokerto_officer}" in history
    assert f"{programme_staff} mengubah IKM Batik Sekar Arum lewat meja kementerian" in history
    assert "Merek dagang: kosong menjadi Sekar" in history
    desk.goto(reverse("admin:changes_change_changelist") + "?model=programs.progressreport")
    assert desk.locator(f"a[href='{reverse('submissions:review', args=[report.pk])}']").count() == 1
    participation.refresh_from_db()
    assert (participation.cash_sales_idr, ProgressReport.objects.get().absorbed_idr) == (12_500_000, 1_000_000_000)
    assert Attachment.objects.about(correction).count() == 1
    assert mended.parent == correction
