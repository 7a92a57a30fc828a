"""The officers' portal in a real browser: readable for everybody, nothing typed is lost, nothing sent twice."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import ExifTags, Image
from playwright.sync_api import Page, expect

from accounts.choices import RoleCode
from accounts.models import User
from centres.models import Attachment, Member
from submissions import actions
from submissions.choices import State
from submissions.models import Submission
from tests.bad_rows.statements import photo
from tests.factories import centres as make
from tests.factories import events as held
from tests.factories import programs as money
from tests.factories.accounts import make_user
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


def test_what_changed_while_a_killed_tab_was_away_is_not_proposed_back(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    page.context.set_offline(True)
    page.fill("#id_brand_name", "Sekar")
    page.close(run_before_unload=False)
    member.capital_idr = 30_000_000
    member.save()

    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(form_url(member))
    saved(again)

    assert set(fields_of(Submission.objects.get())) == {"brand_name"}


def test_what_waits_is_opened_and_mended_without_a_connection(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer, width=390, worker=True)
    page.goto(reverse("portal:home"))
    page.evaluate("navigator.serviceWorker.ready")
    page.goto(form_url(member))
    page.context.set_offline(True)
    page.fill("#id_brand_name", "Sekar")
    page.click("button[value=ajukan]")
    page.wait_for_selector("#kotak:not([hidden])")

    with page.expect_navigation():  # to the same address: the page that was there looks alike
        page.click("#kotak a >> text=Buka")
    assert page.input_value("#id_brand_name") == "Sekar"
    page.context.set_offline(False)
    page.wait_for_timeout(500)  # time in which the old words would go
    page.context.set_offline(True)
    page.fill("#id_brand_name", "Sekar Jagad")
    page.click("button[value=ajukan]")
    page.context.set_offline(False)
    page.wait_for_selector("#kotak >> text=diterima no.")

    submission = Submission.objects.get(state=State.SUBMITTED)
    assert fields_of(submission)["brand_name"].wanted == "Sekar Jagad"
    assert Submission.objects.count() == 1


def test_who_signs_out_leaves_no_form_behind(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer, worker=True)
    page.goto(reverse("portal:home"))
    page.evaluate("navigator.serviceWorker.ready")
    page.goto(form_url(member))
    kept = "caches.keys().then((names) => names.filter((name) => name.startsWith('formulir:')))"
    assert page.evaluate(kept) == [f"formulir:{mojokerto_officer.pk}"]

    page.evaluate("kept.forgetPages()")

    assert page.evaluate(kept) == []


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
    reviewer.click("summary >> text=Kembalikan atau tolak seluruhnya")
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
    reviewer.check("input[name=sudah]")
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


# --- files on their own way ---


#: How many files the browser keeps.
FILES_KEPT = """new Promise((resolve) => {
  const asked = indexedDB.open('registri', 1);
  asked.onsuccess = () => {
    const counted = asked.result.transaction('berkas').objectStore('berkas').count();
    counted.onsuccess = () => resolve(counted.result);
  };
})"""


def big_photo(kind: str = "JPEG", side: int = 2400, turn: int = 6) -> bytes:
    """A photo twice as wide as high that is not easily made small, taken in Kota Mojokerto, lying on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    exif[ExifTags.IFD.GPSInfo] = {1: "S", 2: (7.0, 28.0, 12.0), 3: "E", 4: (112.0, 26.0, 24.0)}
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: "2024:02:07 10:30:00"}
    out = io.BytesIO()
    Image.effect_noise((side, side // 2), 60).convert("RGB").save(out, kind, quality=90, exif=exif)
    return out.getvalue()


def choose(page: Page, *contents: bytes, kind: str = "jpeg") -> None:
    named = [
        {"name": f"foto{number}.{kind}", "mimeType": f"image/{kind}", "buffer": content}
        for number, content in enumerate(contents, 1)
    ]
    page.set_input_files("#berkas", named)


def files_of(submission: Submission) -> Any:
    return Attachment.objects.about(submission)


def test_a_photo_is_made_small_sent_by_itself_and_keeps_its_place(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    content = big_photo()
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    sizes: list[int] = []
    page.on("request", lambda sent: sizes.append(int(sent.headers.get("upload-length", 0))))
    page.fill("#id_brand_name", "Sekar")
    choose(page, content)

    page.wait_for_selector("#berkas-daftar [data-state=attached]")

    attachment = files_of(Submission.objects.get()).get()
    assert max(sizes) < len(content) / 2
    assert (attachment.latitude, attachment.longitude) == (Decimal("-7.47"), Decimal("112.44"))
    assert attachment.taken_at is not None
    assert (attachment.width, attachment.height) == (800, 1600)  # upright, and turned once only
    page.click("#berkas-daftar button")
    page.wait_for_selector("#berkas-daftar li", state="detached")
    assert not files_of(Submission.objects.get()).exists()


@pytest.mark.parametrize(("kind", "turn", "is_small"), [("png", 1, True), ("webp", 1, True), ("webp", 6, False)])
def test_photos_of_other_formats_keep_their_place_too_and_stand_upright(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member, kind: str, turn: int, is_small: bool
) -> None:
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    sizes: list[int] = []
    page.on("request", lambda sent: sizes.append(int(sent.headers.get("upload-length", 0))))
    content = big_photo(kind, 2000, turn)
    page.fill("#id_brand_name", "Sekar")
    choose(page, content, kind=kind)
    page.wait_for_selector("#berkas-daftar [data-state=attached]")

    attachment = files_of(Submission.objects.get()).get()
    assert (max(sizes) < len(content)) is is_small
    assert (attachment.latitude, attachment.longitude) == (Decimal("-7.47"), Decimal("112.44"))
    assert (attachment.width, attachment.height) == ((1600, 800) if turn == 1 else (800, 1600))


def test_files_of_a_sent_form_stay_its_own_though_the_page_is_written_on_again(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    page.context.route("**/unggahan/**", lambda route: route.abort())
    page.fill("#id_brand_name", "Sekar")
    choose(page, photo(60, 40))
    page.click("button[value=ajukan]")
    page.wait_for_url("**/usulan/**")
    page.wait_for_selector("#kotak [data-state=waiting]")
    first = Submission.objects.get()

    page.goto(form_url(member))
    page.fill("#id_owner_name", "Tri")
    saved(page)
    page.context.unroute("**/unggahan/**")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#kotak [data-files] li")).to_have_count(0)

    assert Submission.objects.count() == 2
    assert files_of(first).count() == 1


def test_a_file_that_was_cut_off_goes_on_where_it_stopped(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer, width=390)
    page.goto(form_url(member))
    page.fill("#id_brand_name", "Sekar")
    saved(page)
    offsets: list[int] = []

    def cut(route: Any) -> None:
        """The second piece never arrives."""
        offsets.append(int(route.request.headers["upload-offset"]))
        if len(offsets) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/unggahan/**", lambda route: cut(route) if route.request.method == "PATCH" else route.continue_())
    choose(page, big_photo(), photo(60, 40))
    page.wait_for_selector("#berkas-daftar [data-state=waiting] >> text=menunggu di perangkat ini")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#berkas-daftar [data-state=attached]")).to_have_count(2)

    assert offsets[1] == offsets[2] > 0
    assert offsets.count(0) == 2  # each file began once
    assert files_of(Submission.objects.get()).count() == 2


def test_a_file_chosen_without_a_connection_waits_with_its_form_though_the_tab_dies(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    page.context.set_offline(True)
    page.fill("#id_brand_name", "Sekar")
    choose(page, photo(60, 40), b"GIF89a" + b"x" * 60)
    expect(page.locator("#berkas-daftar [data-state=waiting]")).to_have_count(2)
    page.click("button[value=ajukan]")
    page.wait_for_selector("#kotak >> text=tersimpan di perangkat")
    page.close(run_before_unload=False)
    assert not Submission.objects.exists()

    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(reverse("portal:home"))
    again.wait_for_selector("#kotak >> text=diterima no.")
    again.wait_for_selector("#kotak [data-state=refused] >> text=Berkas harus foto")
    expect(again.locator("#kotak [data-files] li")).to_have_count(1)

    submission = Submission.objects.get()
    assert submission.state == State.SUBMITTED
    assert files_of(submission).count() == 1
    again.click("#kotak [data-state=refused] button")
    again.wait_for_selector("#kotak [data-state=refused]", state="detached")


def test_a_browser_that_keeps_no_files_says_so_and_sends_them_with_the_form(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page.goto(form_url(member))
    page.fill("#id_brand_name", "Sekar")
    choose(page, photo(60, 40))
    page.wait_for_selector("#kotak >> text=Perangkat ini tidak dapat menyimpan berkas itu.")

    page.click("button[value=ajukan]")
    page.wait_for_url("**/usulan/**")

    submission = Submission.objects.get()
    assert submission.state == State.SUBMITTED
    assert files_of(submission).count() == 1


def test_what_waits_is_mended_under_its_own_key(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    page.context.set_offline(True)
    page.fill("#id_nib", "123")
    page.click("button[value=ajukan]")
    page.wait_for_selector("#kotak >> text=tersimpan di perangkat")
    page.context.set_offline(False)
    page.wait_for_selector("#kotak >> text=perlu diperbaiki")

    page.click("#kotak a[data-part=open]")
    page.wait_for_load_state()
    page.fill("#id_nib", "9120104512333")
    page.click("button[value=ajukan]")
    page.wait_for_url("**/usulan/**")

    assert Submission.objects.get().state == State.SUBMITTED
    assert page.is_hidden("#kotak")


def test_sales_are_kept_as_one_types_and_sent_once_when_the_network_returns(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    participation = held.make_participation(member=member)
    amount = f"[name='{participation.pk}-cash_sales_idr']"
    address = reverse("portal:event", args=[participation.event_id])
    page = page_of(mojokerto_officer, width=390)
    page.goto(address)
    page.fill(amount, "12500000")
    saved(page)
    page.context.set_offline(True)
    page.fill(amount, "13500000")
    page.close(run_before_unload=False)

    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(address)
    saved(again)
    assert again.input_value(amount) == "13500000"
    page.context.set_offline(True)
    again.click("button[value=ajukan]")
    again.wait_for_selector("#kotak >> text=tersimpan di perangkat")
    assert violations(again) == []
    page.context.set_offline(False)
    again.wait_for_selector("#kotak >> text=diterima no.")

    submission = Submission.objects.get()
    assert submission.state == State.SUBMITTED
    assert fields_of(submission)["cash_sales_idr"].wanted == 13_500_000


def test_signing_out_asks_about_what_is_only_here_and_nobody_else_sees_it(
    page_of: Callable[..., Page], client_of: Callable[[User], Any], mojokerto_officer: User, member: Member
) -> None:
    colleague = make_user(RoleCode.REGENCY_OFFICER, region="35.76", name="Rekan uji")
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    page.context.set_offline(True)
    page.fill("#id_brand_name", "Sekar")
    choose(page, photo(60, 40))
    page.click("button[value=ajukan]")
    page.wait_for_selector("#kotak >> text=tersimpan di perangkat")

    page.click(".usermenu summary")
    page.click(".usermenu form[action='/keluar/'] button")
    page.wait_for_selector("#keluar >> text=1 kiriman dan 1 berkas belum terkirim dari perangkat ini.")
    assert violations(page) == []
    page.click("#keluar button[value=batal]")

    other = client_of(colleague).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": other, "url": page.url.split("/portal")[0]}]
    )
    page.context.set_offline(False)
    page.wait_for_selector("#kotak >> text=Waktu masuk Anda habis")  # the page that is still open sends nothing
    theirs = page.context.new_page()
    theirs.goto(form_url(member))
    assert theirs.input_value("#id_brand_name") == ""
    assert theirs.is_hidden("#kotak")
    theirs.click(".usermenu summary")
    with theirs.expect_navigation():
        theirs.click(".usermenu form[action='/keluar/'] button")  # nothing of theirs waits, so nothing is asked
    assert theirs.evaluate("Object.keys(localStorage).length") == 2
    assert not Submission.objects.exists()


def test_signing_out_clears_the_device_when_one_says_so(
    page_of: Callable[..., Page], mojokerto_officer: User, member: Member
) -> None:
    page = page_of(mojokerto_officer)
    page.goto(form_url(member))
    page.context.route("**/unggahan/**", lambda route: route.abort())
    page.context.route("**/draf/", lambda route: route.abort())
    page.fill("#id_brand_name", "Sekar")
    choose(page, photo(60, 40))
    page.wait_for_selector("#berkas-daftar [data-state=waiting]")

    page.click(".usermenu summary")
    page.click(".usermenu form[action='/keluar/'] button")
    with page.expect_navigation():
        page.click("#keluar button[value=hapus]")

    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.evaluate(FILES_KEPT) == 0
