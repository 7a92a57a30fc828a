"""The money of the region, and its quarterly reports: prefilled, with problems and photos, each with its day."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.choices import RoleCode
from centres.models import Attachment, OperationReport
from programs.checks import remarks
from programs.choices import State as Stage
from programs.loaders import load_rows
from programs.models import ProgressReport, ReportedProblem
from programs.records import read_calendar
from submissions import actions
from submissions.choices import Purpose, State
from submissions.models import Submission
from tests.bad_rows.statements import photo
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories import programs as money
from tests.factories.accounts import make_user
from tests.pages import text_of
from tests.portal.forms import asides, errors, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(places):
    """The published rules and days of all years."""
    money.make_rules()
    load_rows(list(read_calendar()))


@pytest.fixture
def allocation(calendar):
    """Ten billion rupiah of 2019, four of them received, one absorbed by the first quarter."""
    allocation = money.make_allocation(title="Gedung batik")
    money.bring_to(
        allocation,
        *(Stage.PROPOSED, Stage.VERIFIED, Stage.ASSESSED, Stage.HARMONISED, Stage.FINALLY_ASSESSED, Stage.ALLOCATED),
        *(Stage.PLANNING, Stage.PLAN_APPROVED),
    )
    money.make_disbursement(allocation=allocation, amount_idr=4_000_000_000)
    money.make_progress(allocation=allocation, absorbed_idr=1_000_000_000, physical_pct=20, workers_male=12)
    return allocation


def report_url(record, quarter=2, year=2019):
    room = "sentra" if record._meta.model_name == "centre" else "dak"
    return reverse("portal:report", args=[room, record.pk, year, quarter])


def send(portal, url, page, **typed):
    return portal.post(url, filled(page, **typed) | {"benar": "ya", "perbuatan": "ajukan"}, follow=True)


def test_the_allocation_shows_its_money_and_which_reports_are_owed(portal, allocation):
    page = portal.get(reverse("portal:allocation", args=[allocation.pk]))

    words = text_of(page)
    assert "Rp10.000.000.000" in words
    assert [one["owed"].quarter for one in page.context["reports"]] == [2, 3, 4]
    assert not english_in(page)


def test_a_stranger_gets_404(allocation, sragen_officer, client_of):
    portal = client_of(sragen_officer)

    for url in (reverse("portal:allocation", args=[allocation.pk]), report_url(allocation)):
        assert portal.get(url).status_code == 404
        assert portal.post(url).status_code in (404, 405)


def test_a_role_that_reports_nothing_is_refused(allocation, east_java_officer, client_of):
    assert client_of(east_java_officer).get(report_url(allocation)).status_code == 403


def test_the_quarter_before_stands_beside_and_in_the_fields(portal, allocation):
    page = portal.get(report_url(allocation))

    assert page.context["form"]["absorbed_idr"].value() == "1.000.000.000"
    aside = asides(page)["absorbed_idr"]
    assert (aside.earlier, aside.earlier_label) == ("Rp1.000.000.000", "Triwulan I 2019")
    assert "satu miliar rupiah" in text_of(page)
    assert page.context["form"]["follow_up"].value() in (None, "")
    assert not english_in(page)


def test_a_report_is_sent_with_its_day_its_problem_and_its_photo(portal, allocation, reviewer):
    page = portal.get(report_url(allocation))
    key = page.context["problems"][-1].key
    problem = {
        f"masalah-{key}-code": "CUACA",
        f"masalah-{key}-follow_up": "Menambah tenda",
        f"masalah-{key}-due_on": "2019-08-01",
    }
    file = SimpleUploadedFile("maju.jpg", photo())

    portal.post(
        report_url(allocation),
        filled(page, absorbed_idr="Rp2.500.000.000")
        | problem
        | {"berkas": [file], "benar": "ya", "perbuatan": "ajukan"},
    )

    submission = Submission.objects.get()
    assert (submission.state, submission.purpose) == (State.SUBMITTED, Purpose.REPORT)
    assert submission.due_on == date(2019, 7, 10)
    assert Attachment.objects.about(submission).count() == 1
    actions.approve(submission=submission, by=reviewer)
    report = ProgressReport.objects.get(quarter=2)
    assert (report.absorbed_idr, report.workers_male) == (2_500_000_000, 12)
    assert ReportedProblem.objects.get(report=report).follow_up == "Menambah tenda"


def test_what_the_rules_refuse_stands_at_its_field(portal, allocation):
    page = portal.get(report_url(allocation))

    answer = send(portal, report_url(allocation), page, absorbed_idr="500.000.000")

    assert "absorbed_idr" in errors(answer)
    assert Submission.objects.get().state == State.DRAFT


def test_a_report_on_its_way_is_opened_instead(portal, allocation):
    send(portal, report_url(allocation), portal.get(report_url(allocation)))

    assert portal.get(report_url(allocation)).url == reverse("portal:submission", args=[Submission.objects.get().pk])
    tasks = portal.get(reverse("portal:home")).context["tasks"]
    assert not [task for task in tasks if "triwulan II 2019" in task.title]


def test_typing_saves_the_report_and_a_cleared_problem_goes(portal, allocation):
    page = portal.get(report_url(allocation))
    key = page.context["problems"][-1].key
    typed = filled(page, planned_pct="40") | {f"masalah-{key}-code": "CUACA", f"masalah-{key}-follow_up": "Tenda"}
    portal.post(report_url(allocation) + "draf/", typed)
    draft = Submission.objects.get()
    assert draft.changes.count() == 2

    cleared = typed | {f"masalah-{key}-code": "", f"masalah-{key}-follow_up": ""}
    portal.post(report_url(allocation) + "draf/", cleared)

    assert draft.changes.count() == 1
    page = portal.get(report_url(allocation))
    assert page.context["form"]["planned_pct"].value() == "40"


def test_a_returned_report_is_mended_in_the_same_form(portal, allocation, reviewer):
    send(portal, report_url(allocation), portal.get(report_url(allocation)), follow_up="Lanjut")
    actions.return_(submission=Submission.objects.get(), by=reviewer, reason="Lampirkan foto")

    task = next(task for task in portal.get(reverse("portal:home")).context["tasks"] if task.status == "Dikembalikan")
    page = portal.get(task.url, follow=True)

    assert page.request["PATH_INFO"] == report_url(allocation)
    assert "Lampirkan foto" in text_of(page)
    send(portal, report_url(allocation), page, follow_up="Foto dilampirkan")
    assert Submission.objects.filter(state=State.SUBMITTED, parent__isnull=False, due_on=date(2019, 7, 10)).exists()


@pytest.mark.parametrize("quarter", [0, 5])
def test_a_quarter_that_is_none_is_not_there(portal, allocation, quarter):
    assert portal.get(report_url(allocation, quarter)).status_code == 404


@time_machine.travel("2026-11-24 09:00 +0700")
def test_a_centres_manager_reports_its_quarter(client_of, reviewer, calendar):
    centre = make.make_centre(member_count_declared=20)
    make.make_report(centre=centre, year=2026, quarter=2, open_days=60, visitors=300)
    manager = make_user(RoleCode.CENTRE_MANAGER, region="35.76", assigned_centres=[centre.pk])
    portal = client_of(manager)

    task = portal.get(reverse("portal:home")).context["tasks"][0]
    page = portal.get(task.url)
    send(portal, task.url, page, open_days="71")

    submission = Submission.objects.get()
    assert (task.url, submission.due_on) == (report_url(centre, 3, 2026), date(2026, 10, 15))
    actions.verify(submission=submission, by=make_user(RoleCode.REGENCY_OFFICER, region="35.76"))
    actions.approve(submission=submission, by=reviewer)
    report = OperationReport.objects.get(quarter=3)
    assert (report.open_days, report.visitors, report.submitted_by) == (71, 300, manager)


def test_a_report_that_is_there_is_changed_by_a_proposal(portal, allocation):
    answer = portal.get(report_url(allocation, 1))

    report = ProgressReport.objects.get(quarter=1)
    assert answer.url == reverse("portal:edit", args=["laporan-kemajuan", report.pk])


def test_a_report_is_sent_only_by_somebody_who_says_that_it_is_true(portal, allocation):
    url = report_url(allocation)
    page = portal.get(url)

    refused = portal.post(url, filled(page) | {"perbuatan": "ajukan"})
    queued = portal.post(url + "kirim/", filled(page) | {"perbuatan": "ajukan"})

    assert "Centang pernyataan ini sebelum mengirim" in text_of(refused)
    assert "Isi masalah" not in text_of(refused)  # the empty row below the problems is no mistake
    assert refused.context["form"].fields["absorbed_idr"].aside.earlier == "Rp1.000.000.000"
    assert not english_in(refused)
    assert (queued.status_code, "centang" in queued.json()["galat"][0]) == (422, True)
    draft = Submission.objects.get()
    assert draft.state == State.DRAFT

    other_door = reverse("portal:do", args=[draft.pk])
    assert "centang" in text_of(portal.post(other_door, {"perbuatan": "kirim"}, follow=True))
    portal.post(other_door, {"perbuatan": "kirim", "benar": "ya"})
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_a_saved_draft_needs_no_declaration(portal, allocation):
    page = portal.get(report_url(allocation))

    answer = portal.post(report_url(allocation), filled(page) | {"perbuatan": "simpan"}, follow=True)

    assert "tersimpan" in text_of(answer)


def test_the_report_shows_each_component_with_its_contracts(portal, calendar):
    allocation = money.make_allocation()
    galleries, machines = (money.make_activity(allocation=allocation, item=item) for item in ("Galeri", "Mesin"))
    paid = {"allocation": allocation, "value_idr": 400_000_000}
    money.make_contract(**paid, activity=galleries, package_name="Atap galeri", number="K/1", vendor="CV Uji")
    money.make_contract(**paid, activity=galleries, package_name="Lantai galeri")
    money.make_contract(**paid, package_name="Pengawasan")

    page = portal.get(report_url(allocation))

    overview = page.context["overview"]
    contracts = {activity: [str(one) for one in activity.contract_set.all()] for activity in overview.activities}
    assert [len(contracts[activity]) for activity in (galleries, machines)] == [2, 0]
    assert [one.package_name for one in overview.unplanned] == ["Pengawasan"]
    words = text_of(page)
    for told in (
        "Galeri",
        "Mesin",
        "Atap galeri",
        "K/1, CV Uji",
        "Belum dihubungkan dengan rincian",
        "Rp1.200.000.000",
    ):
        assert told in words
    assert words.count("lihat di atas") == 1  # a line of the plan tells its amount once, however many contracts it has
    assert not english_in(page)


def test_the_report_says_which_quarter_it_is_about_and_how_the_money_came(portal, allocation):
    words = text_of(portal.get(report_url(allocation)))

    for told in ("1 April 2019 – 30 Juni 2019", "Tahap penyaluran", "Diterima"):
        assert told in words


def test_what_is_still_empty_is_named_and_leads_to_its_field(portal, allocation):
    page = portal.get(report_url(allocation))

    empty = [field.name for field in page.context["editing"].unfilled]
    assert "output_pct" in empty
    assert not {"absorbed_idr", "physical_pct", "follow_up"} & set(empty)
    assert 'href="#id_output_pct"' in page.content.decode()


def test_what_the_checks_say_stands_on_the_page_in_words(portal, allocation):
    told = text_of(portal.get(reverse("portal:allocation", args=[allocation.pk])))

    (first, *_others) = remarks(allocation, timezone.localdate())
    assert first.sentence in told
