"""Participants, those present, curation and orders: what is derived, what is asked, and what is never added up."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum

from centres.models import Rule
from programs.models import Attendance, Curation, Event, Order, Participation
from programs.models.participation import Results
from tests.factories.centres import SRAGEN, make_centre, make_member, make_membership
from tests.factories.events import (
    make_attendance,
    make_curation,
    make_event,
    make_order,
    make_participation,
)

pytestmark = pytest.mark.usefixtures("places")

DUE = date(2024, 3, 14)  # ninety days after 15 December 2023


# --- what a participation remembers ---


def test_the_centre_is_that_of_the_first_day_and_stays():
    member, before, after = make_member(), make_centre(), make_centre()
    left = make_membership(member=member, centre=before, starts_on="2020-01-01", is_primary=True)
    participation = make_participation(member=member)

    left.ends_on = date(2024, 1, 1)
    left.save()
    make_membership(member=member, centre=after, starts_on="2024-01-02", is_primary=True)
    participation.booth_number = "A-01"
    participation.save()

    participation.refresh_from_db()
    assert participation.centre == before
    later = make_event(starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 2))
    assert make_participation(member=member, event=later).centre == after


def test_a_member_without_a_centre_takes_part_too():
    assert make_participation().centre is None


def test_who_never_came_before_comes_for_the_first_time():
    member = make_member()
    first = make_participation(member=member)
    later = make_event(starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 2))
    second = make_participation(member=member, event=later)

    assert (first.first_time, second.first_time) == (True, False)
    assert list(Participation.objects.first_timers()) == [first]


def test_having_stayed_away_once_is_no_experience():
    member = make_member()
    make_participation(member=member, status="TIDAK_HADIR")
    later = make_event(starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 2))

    assert make_participation(member=member, event=later).first_time


# --- what participations are asked ---


def test_those_with_a_result_and_those_without_are_all_who_are_expected_to_report():
    event = make_event()
    sold = make_participation(event=event, cash_sales_idr=0)
    nothing = make_participation(event=event, no_transaction=True)
    told = make_participation(event=event, outcome="Desain baru")
    silent = make_participation(event=event)
    shown = make_participation(event=event, products_shown=12)
    make_participation(event=event, status="TIDAK_HADIR")
    rows = Participation.objects.filter(event=event)

    assert set(rows.with_result()) == {sold, nothing, told}
    assert set(rows.without_result()) == {silent, shown}
    assert rows.attended().count() == 5
    assert [row.has_result for row in (sold, nothing, told, silent, shown)] == [True, True, True, False, False]


def test_orders_are_followed_up_ninety_days_after_the_event():
    event = make_event()
    ordered = make_participation(event=event, preorder_idr=5_000_000, orders_count=1)
    make_participation(event=event, cash_sales_idr=1_000_000, transactions=1)
    make_participation(event=event, preorder_idr=1_000_000, orders_count=1, realised_orders_idr=0, followed_up_on=DUE)

    assert not Participation.objects.follow_up_due(date(2024, 3, 13)).exists()
    assert list(Participation.objects.follow_up_due(DUE)) == [ordered]
    Rule.objects.filter(code="TINDAK_LANJUT_HARI").delete()
    assert not Participation.objects.follow_up_due(DUE).exists()


def test_the_results_of_an_event_by_hand(django_assert_num_queries):
    event = make_event()
    make_participation(event=event, cash_sales_idr=18_450_000, transactions=40, contacts=9)
    make_participation(event=event, cash_sales_idr=9_725_000, transactions=20, preorder_idr=5_000_000, orders_count=2)
    make_participation(event=event, no_transaction=True)
    make_participation(event=event)
    make_participation(event=event, status="TIDAK_HADIR")
    make_participation()

    with django_assert_num_queries(2):
        results = event.participation_set.results(DUE)

    assert results == Results(
        participants=4,
        attended=4,
        reported=3,
        first_timers=4,
        follow_ups_due=1,
        cash_sales_idr=28_175_000,
        transactions=60,
        preorder_idr=5_000_000,
        orders_count=2,
        realised_orders_idr=None,
        contacts=9,
        samples=0,
    )
    assert results.missing == 1


def test_of_an_event_without_participants_nothing_is_known():
    results = make_event().participation_set.results()

    assert (results.participants, results.cash_sales_idr, results.preorder_idr) == (0, None, None)


# --- cash sales and pre-orders are never added together ---


def test_no_figure_of_an_event_has_both_cash_sales_and_preorders_in_it():
    event = make_event()
    make_participation(event=event, cash_sales_idr=1_000, transactions=1, preorder_idr=20, orders_count=1)
    both = 1_020

    figures = vars(event.participation_set.results(DUE)).values()
    listed = Event.objects.with_results().get()

    assert both not in figures
    assert both not in (listed.cash_sales, listed.preorders)
    assert {"cash_sales", "preorders"} <= set(vars(listed))


def test_no_line_of_the_code_adds_them():
    """An addition of both would have to name both around one plus sign, or within one sum."""
    files = [*(settings.BASE_DIR / "programs").rglob("*.py"), *(settings.BASE_DIR / "templates").rglob("*.html")]
    names = [r"(cash_sales\w*|\bsales\b)", r"(preorder\w*)"]
    added = [
        re.compile(rf"{one}[^\n,;]*(\+|\|add:)[^\n,;]*{other}|(sum|Sum)\([^\n]*{one}[^\n]*{other}")
        for one, other in (names, names[::-1])
    ]

    guilty = [
        (str(path.relative_to(settings.BASE_DIR)), line.strip())
        for path in files
        if "migrations" not in Path(path).parts
        for line in path.read_text().splitlines()
        if any(pattern.search(line) for pattern in added) and "for name in" not in line
    ]

    assert guilty == []


def test_the_orders_that_came_of_an_event_are_not_its_sales_either():
    event = make_event()
    make_participation(event=event, cash_sales_idr=1_000, transactions=1)
    make_order(event=event, value_idr=500)

    assert event.participation_set.results().cash_sales_idr == 1_000


# --- who sees and keeps them ---


def test_a_participation_is_seen_and_kept_at_the_members_home_and_by_the_initiator(
    mojokerto_officer, sragen_officer, east_java_officer
):
    guest = make_participation()  # at home in Kota Mojokerto, at an event of Sragen
    make_participation(member=make_member(regency_id=SRAGEN), event=make_event(region_id=SRAGEN))

    assert list(Participation.objects.visible_to(mojokerto_officer)) == [guest]
    assert list(Participation.objects.editable_by(east_java_officer)) == [guest]
    assert Participation.objects.visible_to(sragen_officer).count() == 2
    assert Participation.objects.editable_by(sragen_officer).count() == 2


def test_a_region_reads_its_centres_guest_and_does_not_keep_it(mojokerto_officer):
    member = make_member(regency_id=SRAGEN)
    make_membership(member=member, centre=make_centre())
    make_participation(member=member)

    assert Participation.objects.visible_to(mojokerto_officer).count() == 1
    assert not Participation.objects.editable_by(mojokerto_officer).exists()


def test_a_manager_sees_the_participations_of_the_own_members(centre_manager):
    centre = make_centre()
    centre_manager.assigned_centres = [centre.pk]
    own = make_participation(member=make_membership(centre=centre).member)
    make_participation()

    assert list(Participation.objects.visible_to(centre_manager)) == [own]
    assert list(Event.objects.visible_to(centre_manager)) == [own.event]


def test_an_ended_account_sees_nothing(mojokerto_officer):
    make_participation()
    mojokerto_officer.is_active = False

    for model in (Participation, Event, Curation, Attendance, Order):
        assert not model.objects.visible_to(mojokerto_officer).exists()


# --- those present, curation, orders ---


def test_a_person_at_three_trainings_is_one_person():
    for name in ("Orang Contoh", "orang  contoh", "ORANG CONTOH"):
        make_attendance(name=name)
    make_attendance(name="Orang lain contoh")

    assert Attendance.objects.count_persons() == 2


def test_two_people_of_one_name_in_two_businesses_are_two():
    for _ in range(2):
        make_attendance(name="Orang contoh", member=make_member())

    assert Attendance.objects.count_persons() == 2


def test_the_list_of_those_present_names_nobody():
    assert "contoh" not in str(make_attendance(name="Orang contoh", event=make_event(name="Pelatihan cap")))


def test_printing_passes_only_with_a_reason():
    curation = make_curation(technique="PRINTING", result="LOLOS", override_reason="Pameran umum, bukan batik")

    assert list(Curation.objects.passed()) == [curation]


def test_the_score_is_the_mean_of_what_was_judged():
    assert make_curation(legality_score=80, quality_score=90, motif_score=70).score == 80
    assert make_curation().score is None


def test_orders_of_the_government_and_of_procurement():
    government = make_order(channel="LANGSUNG", package_id="")
    catalogue = make_order(buyer_segment="SWASTA")
    make_order(buyer_segment="PARIWISATA", channel="LANGSUNG", package_id="", ordered_on=date(2025, 1, 1))

    assert list(Order.objects.government()) == [government]
    assert set(Order.objects.procurement()) == {government, catalogue}
    assert Order.objects.procurement().in_year(2024).value() == 30_000_000
    assert Order.objects.in_year(2019).value() is None
    assert Order.objects.aggregate(all=Sum("value_idr"))["all"] == 45_000_000
