"""The dashboard: every figure opens to rows that add up to it, for each reader; of a day gone by nothing came later."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from batik_registry.models import VerificationStatus
from batik_registry.spreadsheets import csv_answer
from centres.models import Centre, Member, ReferenceStatistic
from changes.past import registry_as_of
from programs.checks import CALLING, remarks, urgent
from programs.dashboard.board import OF_OFFICES, SECTIONS
from programs.dashboard.named import BY_NAME
from programs.indicators import Scope, figures_of
from programs.models import Allocation
from tests.factories.centres import KOTA_MOJOKERTO, SRAGEN, make_centre, make_member, make_snapshot
from tests.factories.submissions import sent
from tests.pages import text_of
from tests.programs.indicator_data import RandomRegistry, make_registered

pytestmark = pytest.mark.usefixtures("places")

DESK = reverse("dashboard:board")
OURS = reverse("portal:figures")
FILTERS = [
    {},
    {"wilayah": "35"},
    {"wilayah": "33.14", "komoditas": "SEMUA"},
    {"wilayah": "33", "komoditas": "TENUN"},
    {"komoditas": "SEMUA"},
]


def rows_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]


def rows_of(client, name, query=""):
    return rows_at(client, reverse("dashboard:download", args=[name]) + query)


def publish():
    """What BPS published of two provinces, and of the country."""
    known = {"indicator": "sentra-batik", "title": "Sentra", "unit": "sentra", "year": 2020, "publisher": "BPS uji"}
    for region, value in (("33", 72), ("35", 62), (None, 201)):
        ReferenceStatistic.objects.create(region_id=region, value=value, **known)


def added(cells):
    known = [Decimal(cell.replace(",", ".")) for cell in cells if cell]
    return sum(known) if known else None


def all_tiles(board):
    """Every tile of the page, wherever it stands."""
    yield from (tile for _section, tiles in board.sections.values() for tile in tiles)
    yield from (tile for one in board.provinces for tile in (one.ours, one.theirs) if tile)
    yield from (tile for _name, tiles in board.money for tile in tiles)
    yield from (tile for _name, quarters in board.report_tables for one in quarters for tile, _shade in one.tiles)
    yield from (tile for one in board.stages for tile, _shade in one.tiles)
    yield from (tile for _name, tiles in board.offices for tile in tiles if tile)
    yield board.red_list[0]


def page(client, asked=None, address=DESK):
    answer = client.get(address, asked or {})
    assert answer.status_code == 200
    return answer.context["board"]


@time_machine.travel("2026-01-05 09:00+07:00")
def test_the_file_of_every_tile_adds_up_to_it_under_any_filter(client_of, leader, mojokerto_officer):
    RandomRegistry(3, mojokerto_officer)
    publish()
    chance = Random(3)  # noqa: S311 - a seed makes it repeatable
    client, opened = client_of(leader), 0

    for asked in [
        {"tahun": 2025},
        *({"tahun": chance.choice([2024, 2025])} | chance.choice(FILTERS) for _ in range(2)),
    ]:
        for tile in all_tiles(page(client, asked)):
            if len(asked) > 1 and chance.random() < 0.7:
                continue  # each was opened once
            path, _mark, query = tile.url.partition("?")
            rows = rows_at(client, f"{path}unduh/?{query}")
            assert added(row[2] for row in rows) == tile.figure.numerator
            assert added(row[3] for row in rows) == tile.figure.denominator
            opened += 1
    assert opened > 100


def test_one_question_gives_the_figures_that_each_alone_would_give(mojokerto_officer):
    RandomRegistry(4, mojokerto_officer)
    parts = [part for _indicator, part in BY_NAME.values()]
    scope = Scope.of(year=2025, day=date(2025, 11, 14), with_samples=True)

    for figure, part in zip(figures_of(parts, scope), parts, strict=True):
        alone = part.figure(scope)
        assert (figure.value, figure.numerator, figure.known, figure.total) == (
            alone.value,
            alone.numerator,
            alone.known,
            alone.total,
        )


def test_a_province_stands_with_its_share_and_the_source_of_it(client_of, leader):
    publish()

    board = page(client_of(leader))
    east = next(one for one in board.provinces if one.code == "35")

    assert (east.published, board.published) == (62, 134)
    assert board.baseline.publisher == "BPS uji"
    [row] = rows_of(client_of(leader), "acuan-sentra", "?wilayah=35")
    assert row[1:3] == ["Jawa Timur", "62"]


def test_a_region_without_a_centre_opens_too(client_of, leader):
    make_member(regency_id=SRAGEN)

    [(name, tiles)] = page(client_of(leader)).offices

    assert name == "Jawa Tengah"
    assert client_of(leader).get(tiles[0].url).context["page"].paginator.count == 1


# --- who sees what ---


def test_the_desk_is_closed_to_officers_and_the_portal_to_leaders(client_of, leader, sragen_officer):
    assert client_of(sragen_officer).get(DESK).status_code == 404
    assert client_of(sragen_officer).get(reverse("dashboard:download", args=["i23-aktif"])).status_code == 404
    assert client_of(leader).get(OURS).status_code == 404
    assert client_of(leader).get(reverse("dashboard:figure", args=["i99-apa"])).status_code == 404


def test_an_officer_sees_the_own_region_alone_whatever_is_asked(client_of, sragen_officer, mojokerto_officer):
    ours, _theirs = make_member(regency_id=SRAGEN), make_member()
    client = client_of(sragen_officer)

    assert page(client, address=OURS).sections["utama"][1][4].figure.total == 1
    [row] = rows_at(client, reverse("portal:figure_file", args=["i29-lama"]))
    assert row[0] == ours.business_name
    assert client.get(OURS, {"wilayah": KOTA_MOJOKERTO}).context["board"] is None
    assert client.get(reverse("portal:figure", args=["i29-lama"]), {"wilayah": "35.76"}).status_code == 404


def test_officers_are_not_asked_for_a_day_gone_by(client_of, sragen_officer):
    answer = client_of(sragen_officer).get(OURS, {"per": "2020-01-01"})

    assert "per" not in answer.context["form"].fields
    assert answer.context["board"].scope.day == timezone.localdate()


def test_what_belongs_to_a_person_is_told_by_regency_and_never_of_fewer_than_three(client_of, leader, sragen_officer):
    today = timezone.localdate()
    for regency, count in ((SRAGEN, 4), (KOTA_MOJOKERTO, 1), ("35.71", 1)):
        for number in range(count):
            make_member(regency_id=regency, owner_sex="P" if number else "L", as_of=today)

    rows = rows_of(client_of(leader), "i13-pemilik")

    assert [row[2:] for row in rows] == [["3", "6"]]  # two others are too few, so all stand together
    own = rows_at(client_of(sragen_officer), reverse("portal:figure_file", args=["i13-pemilik"]))
    assert len(own) == 4


def test_turnover_is_not_read_member_by_member_at_the_desk(client_of, leader, programme_staff):
    members = [make_member(regency_id=SRAGEN) for _ in range(3)]
    for member in members:
        for year in (2024, 2025):
            make_snapshot(member=member, year=year, revenue_idr=1_000_000 * year)

    for reader in (leader, programme_staff):
        [row] = rows_of(client_of(reader), "i18-omzet", "?tahun=2025")
        assert row == ["Kabupaten Sragen", "33.14", "6075000000", "6072000000"]


# --- the past ---


def test_what_changed_later_does_not_show_in_the_registry_of_then():
    stays, moved = make_registered(), make_registered()
    gone = make_centre()
    keys, removed = {stays.pk, moved.pk, gone.pk}, gone.pk
    moment = timezone.now()
    Centre.objects.filter(pk=moved.pk).update(verification_status=VerificationStatus.DRAFT)
    gone.delete()
    make_registered()
    scope = Scope.of(year=timezone.localdate().year)
    part = BY_NAME["i01-terdaftar"][1]

    with registry_as_of(moment):
        then = part.figure(scope)
        assert (then.value, then.total) == (2, 3)
        assert {row.pk for row in then.rows.iterator()} == keys

    now = part.figure(scope)
    assert (now.value, now.total) == (2, 3)
    assert removed not in {row.pk for row in now.rows}


def test_an_error_in_the_past_leaves_the_present_as_it_was():
    make_member()

    with pytest.raises(ZeroDivisionError), registry_as_of(timezone.now() - timedelta(days=1)):
        assert Member.objects.count() == 0
        _ = 1 / 0

    assert Member.objects.count() == 1


def test_the_dashboard_of_a_day_its_rows_and_its_file_know_nothing_of_later(client_of, leader):
    with time_machine.travel("2025-03-10 09:00+07:00"):
        early = make_member()
    client = client_of(leader)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()

    assert page(client).sections["mutu"][1][1].figure.total == 1
    assert page(client, {"per": yesterday}).sections["mutu"][1][1].figure.total == 0
    assert rows_of(client, "i29-lama", f"?per={yesterday}") == []
    assert rows_of(client, "i29-lama")[0][0] == early.business_name
    answer = client.get(DESK, {"per": (timezone.localdate() + timedelta(days=1)).isoformat()})
    assert "Pilih hari yang sudah lewat" in text_of(answer)


def test_a_year_gone_by_tells_no_quality_of_data_unless_a_day_is_named(client_of, leader):
    last = timezone.localdate().year - 1

    assert "mutu" not in page(client_of(leader), {"tahun": last}).sections
    assert "mutu" in page(client_of(leader), {"tahun": last, "per": f"{last}-06-30"}).sections


# --- what it rests on ---


def test_the_red_list_says_what_the_checks_of_each_allocation_say(mojokerto_officer):
    RandomRegistry(5, mojokerto_officer)
    day, rows = date(2025, 11, 14), Allocation.objects.all()

    found = urgent(rows, day)

    assert found
    for row in rows:
        alone = [(one.code, one.sentence) for one in remarks(row, day) if one.severity in CALLING]
        assert [(one.code, one.sentence) for one in found.get(row.pk, [])] == alone


def test_the_whole_page_takes_a_few_dozen_queries_however_much_there_is(
    client_of, leader, mojokerto_officer, django_assert_max_num_queries
):
    client = client_of(leader)
    RandomRegistry(6, mojokerto_officer)

    with django_assert_max_num_queries(75):
        client.get(DESK, {"tahun": 2025})


def test_all_that_the_page_names_is_there():
    assert {name for section in SECTIONS for name in section.names} | set(OF_OFFICES) <= set(BY_NAME)


def test_a_number_below_zero_stays_a_number_in_the_file():
    answer = csv_answer("uji", ["a", "b"], [["-5", Decimal("-12.500000")], ["=1", None]])

    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines() == ["a;b", "'-5;-12,5", "'=1;"]


def test_submissions_show_how_long_they_wait(client_of, leader, sragen_officer):
    sent(sragen_officer, make_member(regency_id=SRAGEN), brand_name="Sekar")

    waiting = page(client_of(leader)).sections["utama"][1][-1]

    assert waiting.words == "1 usulan"
    assert rows_of(client_of(leader), "usulan-menunggu")[0][2:] == ["1", "1"]
