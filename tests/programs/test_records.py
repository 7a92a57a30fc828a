"""Allocations and rules of public sources: true to them, added once, never over what staff wrote."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import TestCase

from accounts.loaders import load_offices
from centres.loaders import ACTOR, Loaded
from centres.models import DatedFact
from programs.choices import State
from programs.loaders import load_records
from programs.models import (
    Allocation,
    ReportDue,
    RuleSet,
    RuleStage,
    StageCondition,
    StageDeadline,
)
from programs.owed import progress_owed
from programs.sample import load_sample
from tests.centres.test_records import make_every_place

SRAGEN, MOJOKERTO = "33.14", "35.76"


def amounts(allocation):
    """What sources say of its money: {rupiah: [source, ...]}."""
    said = defaultdict(list)
    for fact in DatedFact.objects.about(allocation).filter(field="ceiling_idr"):
        said[int(fact.value)].append(fact.source)
    return said


class TestLoadedAllocations(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_every_place()
        load_offices()
        cls.outcome = load_records()
        cls.mojokerto = Allocation.objects.get(region=MOJOKERTO)
        cls.sragen = Allocation.objects.get(region=SRAGEN, fiscal_year=2023, kind="FISIK")

    def test_sragen_got_15_5_billion_and_both_other_figures_stay(self):
        said = amounts(self.sragen)

        assert self.sragen.ceiling_idr == 15_500_000_000
        assert set(said) == {15_500_000_000, 15_700_000_000, 15_000_000_000}
        assert len(said[15_700_000_000]) == 2
        assert DatedFact.objects.about(self.sragen).preferred().get().value == "15500000000"

    def test_mojokerto_got_14_674_billion_and_the_18_billion_of_another_paper_stay(self):
        assert self.mojokerto.ceiling_idr == 14_674_000_000
        assert set(amounts(self.mojokerto)) == {14_674_000_000, 18_000_000_000}
        assert self.mojokerto.purpose == "REVITALISASI"
        assert self.mojokerto.facility.name == "Gedung sentra"

    def test_progress_and_end_of_contract_in_mojokerto_are_what_the_paper_said(self):
        report, contract = self.mojokerto.progressreport_set.get(), self.mojokerto.contract_set.get()

        assert (report.physical_pct, report.as_of.isoformat()) == (Decimal("75.04"), "2023-11-26")
        assert contract.ends_on.isoformat() == "2023-12-10"
        assert "disway" in report.source
        assert "disway" in contract.source
        assert report.absorbed_idr is None

    def test_no_source_names_a_stage_of_the_budget_and_each_figure_says_so(self):
        for fact in DatedFact.objects.filter(field="ceiling_idr"):
            assert "tahap anggarannya tidak disebutkan" in fact.note.lower(), fact
            assert fact.figure_kind == "LAINNYA"

    def test_nonfisik_of_sragen_is_an_allocation_of_its_own_for_the_same_centre(self):
        nonfisik = Allocation.objects.get(kind="NONFISIK")

        assert nonfisik.ceiling_idr is None
        assert nonfisik.centre_links.get().centre == self.sragen.centre_links.get().centre
        assert nonfisik.state == State.CARRIED_OUT

    def test_the_craft_centre_of_2024_is_stored_and_stays_out_of_batik_totals(self):
        craft = Allocation.objects.get(fiscal_year=2024)

        assert craft.ceiling_idr == 10_300_000_000
        assert craft not in Allocation.objects.batik()
        assert Allocation.objects.batik().count() == 3

    def test_the_offices_of_both_regions_answer_for_the_money(self):
        assert self.mojokerto.office.abbreviation == "Diskopukmperindag"
        assert self.sragen.office.abbreviation == "Diskumindag"

    def test_each_step_names_the_paper_and_who_loaded_it(self):
        step = self.sragen.step_set.get()

        assert (self.sragen.state, step.actor_name) == (State.BUILT, ACTOR)
        assert "15 Desember 2023" in step.reason
        assert step.document

    def test_every_row_has_a_source(self):
        for allocation in Allocation.objects.all():
            assert allocation.source
            assert allocation.source_url
            assert allocation.as_of

    def test_the_published_rules_are_there_by_year_and_kind(self):
        years = defaultdict(set)
        for ruleset in RuleSet.objects.all():
            years[ruleset.kind].add(ruleset.fiscal_year)

        assert years == {"FISIK": {2016, 2018, 2019, 2023, 2024, 2025, 2026}, "NONFISIK": {2022, 2023, 2024}}
        stages = RuleStage.objects.filter(ruleset__fiscal_year=2016).order_by("stage")
        assert [int(stage.share_pct) for stage in stages] == [30, 25, 25, 20]
        assert StageCondition.objects.filter(ruleset__fiscal_year=2024, stage="I").count() == 7

    def test_what_is_not_published_says_so(self):
        assert not RuleStage.objects.filter(amount_rule="BELUM_DIKETAHUI", note="").exists()
        assert not StageDeadline.objects.filter(due_at=None, note="").exists()

    def test_the_deadline_of_2024_is_an_extension_by_decree(self):
        ruleset = RuleSet.objects.in_force(2024, "FISIK")
        first, second = StageDeadline.objects.of(ruleset, "I")

        assert (first.decree, first.due_at.isoformat()) == ("KMK 15/KM.7/2024", "2024-07-31T16:59:00+00:00")
        assert second.due_at.isoformat() == "2024-07-22T10:00:00+00:00"  # 17.00 WIB

    def test_no_year_takes_over_the_dates_of_another(self):
        assert not StageDeadline.objects.filter(ruleset__fiscal_year=2026).exists()
        assert StageDeadline.objects.get(ruleset__fiscal_year=2025).due_at is None

    def test_the_reporting_calendar_is_there(self):
        assert ReportDue.objects.due_on("OPERASIONAL", 2025, 4).isoformat() == "2026-01-15"
        assert ReportDue.objects.count() == 13

    def test_a_second_load_writes_nothing(self):
        again = load_records()

        assert again == Loaded(added=0, known=self.outcome.added)
        assert self.sragen.step_set.count() == 1

    def test_what_staff_have_corrected_survives_another_load(self):
        Allocation.objects.filter(pk=self.sragen.pk).update(ceiling_idr=15_700_000_000)
        StageCondition.objects.filter(ruleset__fiscal_year=2018, kind="SERAPAN", stage="II").update(threshold_pct=80)

        again = load_records()

        self.sragen.refresh_from_db()
        assert again.added == 0
        assert self.sragen.ceiling_idr == 15_700_000_000
        assert StageCondition.objects.get(ruleset__fiscal_year=2018, kind="SERAPAN", stage="II").threshold_pct == 80


@pytest.mark.django_db
def test_the_offices_of_the_demo_each_owe_a_report_of_the_quarter_that_ended(places, settings):
    make_every_place()
    load_records()
    settings.DEMO = True

    load_sample(today=date(2026, 11, 25))

    owed = progress_owed(Allocation.objects.filter(is_sample=True), date(2026, 11, 25))
    assert sorted((one.record.region_code, one.quarter) for one in owed) == [("33.14", 3), ("35.76", 3)]


@pytest.mark.django_db
def test_samples_exist_in_the_demo_alone_and_say_so(places, settings):
    make_every_place()
    load_records()
    with pytest.raises(ImproperlyConfigured):
        load_sample()
    settings.DEMO = True

    first, second = load_sample(), load_sample()

    samples = Allocation.objects.filter(is_sample=True)
    assert second.added == 0 < first.added
    assert samples.count() == 4
    assert all("contoh" in one.title for one in samples)
    assert Allocation.objects.real().count() == 4
    assert set(samples.values_list("state", flat=True)) == {State.CONTRACTED, State.STAGE_2}
