"""Every list as a file: the rows and cells of its page with the filters in force, and never a formula."""

import csv
import io
import random
import re
import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from batik_registry.admin import RecordAdmin
from batik_registry.columns import Column
from batik_registry.tables import Table
from batik_registry.workbooks import made
from centres.models import Member
from changes.models import PersonalRead
from tests.api.canaries import of_everything, records_of
from tests.api.files import sheet
from tests.factories import centres as make
from tests.factories import programs as money
from tests.pages import text_of

pytestmark = pytest.mark.django_db

MEMBERS = reverse("portal:list", args=["ikm"])
LISTS = [
    *(MEMBERS, reverse("portal:list", args=["sentra"]), reverse("portal:dak")),
    *(reverse("portal:events"), reverse("portal:submissions")),
]
EPOCH = date(1899, 12, 30)
DESK = [page for page in admin.site._registry.values() if isinstance(page, RecordAdmin)]


def content_of(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def csv_of(answer):
    text = content_of(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def everything(places):
    of_everything("35.76")
    records_of("35.76")
    make.make_member(regency_id="35.76", business_name="=1+1", status="TUTUP", status_reason="Contoh")


# --- the portal ---


def draws(filter_, times):
    """Filters as somebody may have set them: some of the choices that the page offers."""
    chance = random.Random(times)  # noqa: S311 - the same draws every time
    offered = {
        name: [value for value, _label in field.choices if value]
        for name, field in filter_.form.fields.items()
        if getattr(field, "choices", None) and name != "kelompok"
    }
    yield {}
    for _number in range(times):
        names = chance.sample(sorted(offered), k=min(2, len(offered)))
        yield {name: chance.choice(offered[name]) for name in names if offered[name]}


def test_a_file_of_the_portal_has_the_rows_and_values_of_its_list(portal, everything):
    for url in LISTS:
        assert len(numbers_of_rows(portal, url)) > 1  # some filter left something out


def numbers_of_rows(portal, url):
    """How many rows came with which filters, each compared with the page."""
    found = set()
    for asked in draws(portal.get(url).context["listing"].filter, 6):
        listing = portal.get(url, asked).context["listing"]
        headings, *rows = csv_of(portal.get(url, asked | {"unduh": "csv"}))
        _titles, *cells = sheet(content_of(portal.get(url, asked | {"unduh": "xlsx"})))

        shown = list(listing.rows)
        assert len(headings) == len(listing.columns)
        assert [[cell.removeprefix("'") for cell in row] for row in rows] == [texts(listing, row) for row in shown]
        assert cells == [kept(listing, row) for row in shown]
        found.add(len(rows))
    return found


def texts(listing, row):
    return [column.text(row) for column in listing.columns]


def kept(listing, row):
    """The cells of a row in a workbook: numbers and days as numbers."""
    found = []
    for column in listing.columns:
        value = getattr(row, column.path)
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        text = column.text(row) or None
        found.append(float(value) if is_number else pytest.approx(days(value)) if hasattr(value, "year") else text)
    while found[-1] is None:
        found.pop()
    return found


def days(value):
    if not hasattr(value, "hour"):
        return (value - EPOCH).days
    at = timezone.localtime(value)
    return (at.date() - EPOCH).days + (at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6) / 86400


@time_machine.travel("2026-03-02 09:30+07:00", tick=False)
def test_a_workbook_says_where_it_is_from_what_it_was_asked_and_by_whom(portal, officer, member):
    content = content_of(portal.get(MEMBERS, {"status": "AKTIF", "unduh": "xlsx"}))

    told = dict(sheet(content, 2))
    assert told["Sumber"] == "Registri Sentra Batik"
    assert told["Saringan: Status usaha"] == "Aktif"
    assert told["Diambil pada"] == "2 Maret 2026 pukul 09.30 WIB"
    assert officer.name in told["Diambil oleh"]
    assert told["Banyaknya baris"] == 1
    assert b'state="frozen"' in part_of(content, "xl/worksheets/sheet1.xml")


def part_of(content, name):
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


# --- personal columns ---


def test_personal_columns_come_only_where_asked_and_each_row_read_is_kept(portal, officer, member):
    make.make_member(regency_id="35.76")
    plain = sheet(content_of(portal.get(MEMBERS, {"unduh": "xlsx"})))
    assert "Nama pemilik" not in plain[0]
    assert not PersonalRead.objects.exists()

    headings, *rows = sheet(content_of(portal.get(MEMBERS, {"unduh": "xlsx", "pribadi": "ya"})))

    assert member.owner_name in [row[headings.index("Nama pemilik")] for row in rows]
    read = PersonalRead.objects.filter(by=officer, model="centres.member", reason__startswith="Unduhan")
    assert read.count() == len(rows) == 2
    assert not {"NIK", "NPWP"} & set(headings)


def test_whoever_may_not_read_them_gets_no_personal_column(client_of, east_java_officer, member):
    browser = client_of(east_java_officer)

    page = text_of(browser.get(MEMBERS))
    assert "Unduh Excel" in page
    assert "data pribadi" not in page
    assert browser.get(MEMBERS, {"unduh": "xlsx", "pribadi": "ya"}).status_code == 403


def test_a_shape_that_is_not_offered_is_not_there(portal, member):
    assert portal.get(MEMBERS, {"unduh": "pdf"}).status_code == 404


# --- the desk ---


class _Rows(HTMLParser):
    """The cells of the result list, row by row, as words."""

    def __init__(self):
        super().__init__()
        self.rows, self.cell, self.inside = [], None, False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.inside = self.inside or (tag == "table" and given.get("id") == "result_list")
        if self.inside and tag == "tr":
            self.rows.append([])
        if self.inside and tag in ("td", "th") and "action-checkbox" not in (given.get("class") or ""):
            self.cell = []
        if self.cell is not None and tag == "img":
            self.cell.append({"True": "ya", "False": "tidak"}.get(given.get("alt"), ""))

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.rows[-1].append(" ".join(" ".join(self.cell).split()))
            self.cell = None
        self.inside = self.inside and tag != "table"

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)


def shown_on(page):
    reader = _Rows()
    reader.feed(page.content.decode())
    return reader.rows[1:]


def plain(row):
    words = [" ".join(cell.removeprefix("'").split()) for cell in row]
    return ["" if cell in ("belum ada", "-") else cell for cell in words]


def test_a_file_of_the_desk_has_the_rows_and_cells_of_its_list(client_of, programme_staff, everything):
    browser = client_of(programme_staff)
    filled = [desk.model for desk in DESK if compared(browser, desk, programme_staff.may.export(desk.model))]
    assert len(filled) > 20


def compared(browser, desk, may_export):
    """How many rows the list and its files have without a filter; with some filters they are compared, too."""
    base = f"admin:{desk.opts.app_label}_{desk.opts.model_name}"
    downloads = {told_as: reverse(f"{base}_download", args=[told_as]) for told_as in ("csv", "xlsx")}
    if not may_export:
        assert browser.get(downloads["csv"]).status_code == 403
        return 0
    changelist = browser.get(reverse(f"{base}_changelist")).context["cl"]
    offered = [one["query_string"] for spec in changelist.filter_specs for one in spec.choices(changelist)]
    chance = random.Random(desk.opts.label_lower)  # noqa: S311 - the same draws every time
    for query in ["?", *chance.sample(offered, k=min(2, len(offered)))]:
        page = browser.get(reverse(f"{base}_changelist") + query)
        headings, *rows = csv_of(browser.get(downloads["csv"] + query))
        _titles, *cells = sheet(content_of(browser.get(downloads["xlsx"] + query)))

        assert len(rows) == len(cells) == page.context["cl"].result_count
        assert len(set(headings)) == len(headings)
        if not desk.download_display:
            assert [plain(row) for row in rows][:50] == [plain(row) for row in shown_on(page)], desk
    return changelist.result_count


def test_the_desk_tells_which_filters_were_in_force(client_of, programme_staff, everything):
    browser = client_of(programme_staff)

    queue = dict(sheet(content_of(browser.get("/admin/submissions/submission/unduh/xlsx/")), 2))
    members = reverse("admin:centres_member_download", args=["xlsx"])
    found = dict(sheet(content_of(browser.get(members, {"q": "batik", "status__exact": "AKTIF"})), 2))

    assert queue["Saringan: posisi"] == "menunggu Kementerian"
    assert (found["Saringan: Cari"], found["Saringan: status usaha"]) == ("batik", "Aktif")


def test_links_keep_the_filters(client_of, programme_staff, everything):
    page = client_of(programme_staff).get(reverse("admin:centres_member_changelist"), {"status__exact": "AKTIF"})

    links = re.findall(r'href="([^"]*/unduh/[^"]*)"', page.content.decode())
    assert [link.partition("?") for link in links] == [
        ("/admin/centres/member/unduh/xlsx/", "?", "status__exact=AKTIF"),
        ("/admin/centres/member/unduh/csv/", "?", "status__exact=AKTIF"),
    ]


def test_no_file_for_a_leader_who_does_not_export_nor_with_a_filter_that_is_not_there(
    client_of, leader, programme_staff, everything
):
    members = reverse("admin:centres_member_download", args=["csv"])

    assert client_of(leader).get(members).status_code == 403
    assert client_of(programme_staff).get(members, {"nonsens": "1"}).status_code == 404
    assert csv_of(client_of(leader).get(reverse("admin:programs_allocation_download", args=["csv"])))


def test_a_ministry_list_comes_as_a_workbook_with_its_definition(client_of, programme_staff, places):
    make.make_member(business_name="=1+1", is_new_entrepreneur=True, started_year=2024)
    url = reverse("programs:worklist_download", args=["wirausaha-baru"])

    content = content_of(client_of(programme_staff).get(url, {"tahun": "2024", "bentuk": "xlsx"}))

    headings, row = sheet(content)
    assert (row[0], row[headings.index("Tahun mulai usaha")]) == ("=1+1", 2024)
    told = dict(sheet(content, 2))
    assert "wirausaha baru" in told["Definisi"]
    assert (told["Saringan: Tahun"], told["Saringan: Wilayah"]) == ("2024", "semua wilayah")


# --- long lists ---


class Endless:
    """So many rows, which nobody holds."""

    model = Member

    def __init__(self, count):
        self.count = count

    def iterator(self, chunk_size):
        return (
            SimpleNamespace(pk=n, name=f"Batik {n}", day=date(2026, 1, 1), _meta=Member._meta)
            for n in range(self.count)
        )


def peak_of(count):
    table = Table("contoh", "Contoh", Endless(count), [Column(name, name) for name in ("pk", "name", "day")])
    tracemalloc.start()
    made(lambda book: book.write_data([table.headings()], table.told(None, table.values), 10**6)).close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_long_list_takes_no_more_memory_than_a_short_one():
    assert peak_of(8_000) < 1.2 * peak_of(2_000)


def test_amounts_are_numbers_in_a_workbook_and_rupiah_in_csv(portal, places):
    money.make_allocation(ceiling_idr=15_500_000_000, region_id="35.76")

    headings, row = csv_of(portal.get(LISTS[2], {"unduh": "csv"}))
    _titles, cells = sheet(content_of(portal.get(LISTS[2], {"unduh": "xlsx"})))

    assert (row[5], cells[5]) == ("Rp15.500.000.000", 15_500_000_000)
    assert headings[5] == "pagu alokasi (rupiah)"
