"""Excel in, in a real browser: brought, checked, one fault mended on the page, one in the marked file, sent."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from submissions.models import Submission
from tests.journeys.test_admin_pages import complaints
from tests.workbooks import files
from workbooks.models import Workbook

pytestmark = pytest.mark.django_db(transaction=True)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def bring(page: Page, content: bytes) -> None:
    page.goto(reverse("portal:workbooks") + "?jenis=ikm")
    file: Any = {"name": "anggota.xlsx", "mimeType": XLSX, "buffer": content}
    page.get_by_label("Berkas Excel atau CSV").set_input_files(file)
    page.get_by_role("button", name="Unggah dan periksa").click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def marked_of(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh berkas Anda dengan tanda galat (Excel)").click()
    return Path(download.value.path()).read_bytes()


def mended(content: bytes) -> bytes:
    book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    book["Anggota"]["G3"] = 15_500_000
    book.save(out)
    return out.getvalue()


def test_one_fault_is_mended_on_the_page_and_one_in_the_marked_file(
    page_of: Callable[..., Page], mojokerto_officer: User
) -> None:
    table = files.rows(3)
    table[1][files.CAPITAL], table[2][files.NIB] = "15,5", 812034511207
    page = page_of(mojokerto_officer, scripts=False)

    bring(page, files.xlsx(table))
    heading(page, "1 baris siap, 2 baris perlu diperbaiki")
    bring(page, mended(marked_of(page)))
    heading(page, "2 baris siap, 1 baris perlu diperbaiki")
    expect(page.get_by_text("Excel membuang angka nol di depan")).to_be_visible()
    page.get_by_label("NIB baris 4").fill("0812034511207")
    page.get_by_role("button", name="Periksa lagi").click()
    heading(page, "3 baris siap")
    page.get_by_role("button", name="Ajukan 3 baris").click()

    heading(page, "Batik Contoh 0001 dan 2 data lain")
    assert Submission.objects.get().changes.count() == 3


def test_the_pages_of_a_workbook_are_readable_in_both_themes_and_fit_a_phone(
    page_of: Callable[..., Page], mojokerto_officer: User
) -> None:
    table = files.rows(3)
    table[1][files.DYE], table[2][files.NIB] = "Sintetik", 812034511207
    found = files.checked(mojokerto_officer, files.xlsx(table))
    page = page_of(mojokerto_officer)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    names = ("workbook", "workbook_titles", "workbook_rows")
    addresses = [reverse("portal:workbooks"), *(reverse(f"portal:{name}", args=[found.pk]) for name in names)]

    wrong = {address: complaints(page, address, told) for address in addresses}

    assert not {address: what for address, what in wrong.items() if what}
    assert Workbook.objects.get().total == 3
