"""The help page: every state explained, every figure read from the rule that holds, nobody invented."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from centres.choices import RuleCode
from centres.models import Rule
from programs.models import ReportDue
from submissions.choices import State
from tests.centres.test_admin_lists import english_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db

HELP = reverse("portal:help")


def test_every_portal_page_leads_to_the_help(portal):
    assert f'href="{HELP}"' in portal.get(reverse("portal:home")).content.decode()


def test_each_line_of_the_contents_leads_to_a_section(portal):
    html = portal.get(HELP).content.decode()

    anchors = [anchor for anchor, _title in portal.get(HELP).context["sections"]]
    assert anchors
    assert [anchor for anchor in anchors if f'<section class="card stack" id="{anchor}"' not in html] == ["tenggat"]
    assert 'id="tenggat"' in html


def test_every_state_is_explained(portal):
    explained = {label for label, _words in portal.get(HELP).context["states"]}

    assert explained == set(State.labels)


@time_machine.travel("2026-11-24 09:00 +0700")
def test_days_come_from_the_calendar_in_the_registry(portal):
    assert "belum dicatat Kementerian" in text_of(portal.get(HELP))
    ReportDue.objects.create(kind="KEMAJUAN", period=4, month=1, day=10, years_later=1)
    ReportDue.objects.create(kind="KEMAJUAN", period=4, month=1, day=25, years_later=1, fiscal_year=2026)

    days = [day for _kind, _row, day in portal.get(HELP).context["calendar"]]

    assert days == [date(2027, 1, 25)]


def test_limits_come_from_the_validators(portal, settings):
    settings.PHOTO_MAX_BYTES = 7 * 1024 * 1024

    assert "sampai 7 MB" in text_of(portal.get(HELP))


def test_months_of_confirmation_come_from_the_rule(portal):
    Rule.objects.filter(code=RuleCode.STALE_MONTHS).update(value="9")

    assert "lebih dari 9 bulan" in text_of(portal.get(HELP))


def test_the_way_of_a_proposal_is_that_of_the_own_office(portal, officer):
    assert "langsung ke Kementerian" in text_of(portal.get(HELP))
    officer.office.verified_by_province = True
    officer.office.save()

    assert "diperiksa dinas provinsi" in text_of(portal.get(HELP))


def test_whom_to_ask_are_offices_and_only_contacts_that_are_recorded(
    portal, officer, east_java_officer, sragen_officer
):
    officer.office.phone = "0321 321000"
    officer.office.save()

    page = portal.get(HELP)

    assert [office.level for office in page.context["offices"]][:2] == ["KAB_KOTA", "PROVINSI"]
    assert sragen_officer.office not in page.context["offices"]
    assert officer.office.phone in text_of(page)
    assert "kontaknya belum tercatat" in text_of(page)


def test_no_english_word_stands_on_the_help(portal):
    assert not english_in(portal.get(HELP))
