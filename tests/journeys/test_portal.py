"""The officers' portal in a real browser: readable for everybody, nothing typed is lost, nothing sent twice."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from centres.models import Member
from submissions import actions
from submissions.choices import State
from submissions.models import Submission
from tests.factories import centres as make
from tests.factories import events as held
from tests.factories import programs as money
from tests.factories.submissions import fields_of, sent
from tests.journeys.test_admin_pages import complaints, violations

pytestmark = pytest.mark.django_db(transaction=True)

KILOBYTE = 1024
HEAVIEST = 150 * KILOBYTE


@pytest.fixture
def member(mojokerto_officer: User) -> Member:
    return make.make_member(business_name="Batik Sekar Arum", capital_idr=15_500_000)


def form_url(member: Member) -> str:
    return reverse("portal:edit", args=["ikm", member.pk])


def saved(page: Page) -> None:
    page.wait_for_selector("#simpanan[data-state=saved]")


def test_every_page_is_readable_in_both_themes_fits_a_phone_and_runs_under_the_policy(
    page_of: Callable[..., Page], mojokerto_officer: User, programme_staff: User, member: Member
) -> None:
    centre = make.make_membership(member=member).centre
    allocation = money.make_progress().allocation
    returned = sent(mojokerto_officer, member, brand_name="Sekar", capital_idr=20_000_000)
    actions.return_(submission=returned, by=programme_staff, reason="Salah ketik")
    event = held.make_participation(member=member).event
    page = page_of(mojokerto_officer)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    addresses = [
        *(reverse(f"portal:{name}") for name in ("home", "help", "dak", "events", "submissions", "hand_over")),
        *(reverse("portal:list", args=[slug]) for slug in ("ikm", "sentra")),
        reverse("portal:list", args=["ikm"]) + "?q=tidak+ada&status=AKTIF",
        reverse("portal:record", args=["ikm", member.pk]),
        reverse("portal:record", args=["sentra", centre.pk]),
        reverse("portal:allocation", args=[allocation.pk]),
        reverse("portal:event", args=[event.pk]),
        reverse("portal:report", args=["dak", allocation.pk, 2019, 2]),
        reverse("portal:report", args=["sentra", centre.pk, 2026, 2]),
        reverse("portal:hand_over") + f"?dari={mojokerto_officer.pk}",
        reverse("mail_mode"),
        reverse("portal:submission", args=[returned.pk]),
        form_url(member),
    ]

    found = {address: complaints(page, address, told) for address in addresses}

    assert not {address: what for address, what in found.items() if what}


def test_a_page_is_light(page_of: Callable[..., Page], mojokerto_officer: User, member: Member) -> None:
    page, weights = page_of(mojokerto_officer), []
    page.on("response", lambda answer: weights.append(len(answer.body())))

    page.goto(form_url(member))
    page.wait_for_load_state("networkidle")

    assert sum(weights) < HEAVIEST  # nothing of it compressed


def test_the_errors_lead_to_their_fields(page_of: Callable[..., Page], mojokerto_officer: User, member: Member) -> None:
    page = page_of(mojokerto_officer, width=390)
    page.goto(form_url(member))
    page.fill("#id_nib", "912 010 451 233")

    with page.expect_navigation():
        page.click("button[value=ajukan]")
    page.click(".error-summary a >> nth=0")

    assert page.title().startswith("Galat:")
    assert page.evaluate("document.activeElement.id") == "id_nib"
    assert violations(page) == []


def test_what_is_typed_is_saved_and_a_killed_tab_loses_nothing(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    page.fill("#id_capital_idr", "21500000")
    assert page.inner_text(".field:has(#id_capital_idr) [data-words]") == "dua puluh satu juta lima ratus ribu rupiah"
    saved(page)
    assert fields_of(Submission.objects.get())["capital_idr"].wanted == 21_500_000

    page.context.set_offline(True)
    page.fill("#id_brand_name", "Sekar")
    page.wait_for_selector("#simpanan[data-state=offline]")
    page.close(run_before_unload=False)
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(form_url(member))
    saved(again)

    assert again.input_value("#id_brand_name") == "Sekar"
    assert set(fields_of(Submission.objects.get())) == {"capital_idr", "brand_name"}


def test_what_is_sent_without_a_connection_waits_and_is_sent_once(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer, width=390)
    page.goto(form_url(member))
    page.context.set_offline(True)
    page.fill("#id_brand_name", "Sekar")
    page.click("button[value=ajukan]")
    page.wait_for_selector("#kotak:not([hidden])")
    assert "tersimpan di perangkat" in page.inner_text("#kotak")
    assert violations(page) == []
    assert not Submission.objects.filter(state=State.SUBMITTED).exists()

    page.context.set_offline(False)
    page.wait_for_selector("#kotak >> text=diterima no.")

    submission = Submission.objects.get()
    assert submission.state == State.SUBMITTED
    assert submission.number in page.inner_text("#kotak")


def test_an_answer_that_never_came_doubles_nothing(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    lost = []

    def deaf(route: object) -> None:
        """The server hears and commits; its first answer is lost."""
        if not lost:
            lost.append(route.fetch())  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/ubah/kirim/", deaf)
    page.fill("#id_brand_name", "Sekar")
    page.click("button[value=ajukan]")
    page.wait_for_selector("#kotak >> text=tersimpan di perangkat")
    assert Submission.objects.get().state == State.SUBMITTED

    page.click("#kotak button[data-part=send]")
    page.wait_for_selector("#kotak >> text=diterima no.")

    assert Submission.objects.count() == 1


def test_from_the_officer_to_the_registry_by_way_of_a_return(
    page_of: Callable[..., Page], mojokerto_officer: User, programme_staff: User, member: Member
) -> None:
    officer, reviewer = page_of(mojokerto_officer, width=390), page_of(programme_staff)
    officer.goto(reverse("portal:record", args=["ikm", member.pk]))
    officer.click("text=Ubah data")
    officer.fill("#id_brand_name", "Sekkar")
    officer.click("button[value=ajukan]")
    officer.wait_for_url("**/usulan/**")
    first = Submission.objects.get(state=State.SUBMITTED)

    reviewer.goto(reverse("submissions:review", args=[first.pk]))
    reviewer.fill("#catatan", "Salah ketik")
    with reviewer.expect_navigation():
        reviewer.click("button[value=kembalikan]")

    officer.goto(reverse("portal:home"))
    officer.click("text=Perbaiki usulan")
    assert "Salah ketik" in officer.inner_text(".field:has(#id_brand_name)")
    officer.fill("#id_brand_name", "Sekar")
    officer.click("button[value=ajukan]")
    officer.wait_for_url("**/usulan/**")

    second = Submission.objects.get(state=State.SUBMITTED)
    reviewer.goto(reverse("submissions:review", args=[second.pk]))
    with reviewer.expect_navigation():
        reviewer.click("button[value=putuskan]")
    officer.goto(reverse("portal:list", args=["ikm"]) + "?q=sekar")
    officer.click("a.row-link >> text=Batik Sekar Arum")
    assert "Sekar" in officer.inner_text("dl.facts >> nth=0")
    assert second.parent == first


def test_without_scripts_everything_can_be_proposed_mended_and_followed(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer, width=390, scripts=False)
    page.goto(reverse("portal:record", args=["ikm", member.pk]))
    page.click("text=Ubah data")
    page.fill("#id_nib", "912 010 451 233")
    page.fill("#id_brand_name", "Sekar")
    page.click("button[value=ajukan]")
    assert page.input_value("#id_brand_name") == "Sekar"
    assert page.is_visible(".error-summary")

    page.fill("#id_nib", "9120104512333")
    page.click("button[value=ajukan]")

    submission = Submission.objects.get()
    assert submission.state == State.SUBMITTED
    assert set(fields_of(submission)) == {"nib", "no_nib_reason", "brand_name"}  # why there is none goes with it
    assert submission.number in page.inner_text("main")


def test_with_the_keyboard_alone_a_change_is_found_typed_and_sent(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)

    def go_to(wanted: str, most: int = 120) -> None:
        """Tab until the focus stands on what matches `wanted`, visibly."""
        for _press in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return
        pytest.fail(f"the keyboard does not reach {wanted}")

    page.goto(reverse("portal:record", args=["ikm", member.pk]))
    go_to(f"a[href='{form_url(member)}']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ubah/")
    go_to("#id_brand_name")
    page.keyboard.type("Sekar")
    go_to("button[value=ajukan]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/usulan/**")

    assert fields_of(Submission.objects.get(state=State.SUBMITTED))["brand_name"].wanted == "Sekar"


def test_without_scripts_and_mouse_several_rows_are_confirmed_on_a_phone(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    other = make.make_member(business_name="Batik Jati")
    page = page_of(mojokerto_officer, width=390, scripts=False)
    page.goto(reverse("portal:list", args=["ikm"]) + "?status=AKTIF")
    page.focus(f"input[name=pilih][value='{member.pk}']")
    page.keyboard.press("Space")
    page.focus("#pilihan_form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pilihan/")
    assert "Batik Sekar Arum" in page.inner_text("main")
    assert "Batik Jati" not in page.inner_text("main")
    page.focus("button[name=pasti]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ikm/?status=AKTIF")

    member.refresh_from_db()
    other.refresh_from_db()
    assert (member.verified_by, other.verified_by) == (mojokerto_officer, None)
