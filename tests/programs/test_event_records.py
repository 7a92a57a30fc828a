"""The events that public sources tell of: true to their sources, added once; and the sample beside them."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import TestCase, override_settings

from accounts.loaders import load_offices
from centres.models import Centre, DatedFact
from centres.sample import load_sample
from changes.models import Change
from programs.event_sample import load_event_sample
from programs.loaders import load_records
from programs.models import Event, EventFunding, Order, Organisation, Participation, Venue
from tests.centres.test_records import make_every_place, values_of
from tests.factories.events import make_organisation

TODAY = date(2026, 11, 24)
GREAT_SALE = "Pameran Batik Sragen Great Sale 2023"


def load_everything():
    return load_records()


class TestEventRecords(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_every_place()
        load_offices()
        cls.outcome = load_everything()
        cls.sale = Event.objects.get(name=GREAT_SALE)

    def test_the_great_sale_was_an_exhibition_of_five_days_in_plaza_industri(self):
        sale = self.sale

        assert (sale.kind, sale.mode, sale.status) == ("PAMERAN", "LURING", "SELESAI_BELUM_LAPOR")
        assert (sale.starts_on, sale.ends_on, sale.days) == (date(2023, 12, 11), date(2023, 12, 15), 5)
        assert (sale.venue.name, sale.venue.region_id) == ("Plaza Industri", "31.74")

    def test_it_was_initiated_by_sragen_and_facilitated_by_the_ministry(self):
        sale = self.sale

        assert sale.initiator.name == "Pemerintah Kabupaten Sragen"
        assert sale.facilitator.name == "Kementerian Perindustrian"
        assert sale.region_code == "33.14"
        assert sale.centre == Centre.objects.get(name="Sentra IKM Batik Sragen")

    def test_the_director_general_opened_it_on_monday(self):
        assert self.sale.opened_on == date(2023, 12, 11)
        assert "Direktur Jenderal" in self.sale.opened_by

    def test_thirty_seven_businesses_are_declared_and_none_is_named(self):
        assert self.sale.declared_participants == 37
        [[source]] = values_of(self.sale, "declared_participants").values()
        assert "37 IKM Batik Sragen" in source
        assert not Participation.objects.exists()

    def test_both_readings_of_who_organised_it_stay(self):
        said = values_of(self.sale, "Penyelenggara")

        assert set(said) == {"Pemerintah Kabupaten Sragen", "Kementerian Perindustrian"}

    def test_its_goals_are_those_of_the_source(self):
        assert {"AKSES_PASAR", "PENGALAMAN", "IKM_BARU", "INVESTASI", "PASAR_DOMESTIK"} <= set(self.sale.goals)

    def test_it_was_paid_from_dak_nonfisik_and_nobody_says_how_much(self):
        funding = EventFunding.objects.get(event=self.sale)

        assert (funding.source_of_funds, funding.amount_idr) == ("DAK_NONFISIK", None)
        assert (funding.allocation.kind, funding.allocation.fiscal_year) == ("NONFISIK", 2023)
        assert funding.allocation.region_id == "33.14"

    def test_both_inaugurations_stand_in_the_calendar(self):
        days = dict(Event.objects.of_kind("PERESMIAN").values_list("region_code", "starts_on"))

        assert days == {"33.14": date(2023, 12, 15), "35.76": date(2024, 2, 7)}

    def test_the_organisations_of_the_sources_are_known_and_offices_are_linked(self):
        names = set(Organisation.objects.values_list("abbreviation", flat=True))

        assert {"Kemenperin", "Ditjen IKMA", "Pemkab Sragen", "Pemkot Mojokerto", "Pemkot Kediri"} <= names
        assert {"Dekranasda", "Kemenag", "Diskumindag", "Diskopukmperindag"} <= names
        assert Organisation.objects.get(abbreviation="Diskumindag").office.region_id == "33.14"
        assert Organisation.objects.get(abbreviation="Kemenperin").office.region_id is None

    def test_every_row_has_a_source(self):
        for model in (Organisation, Venue, Event, EventFunding):
            assert model.objects.exists()
            assert not model.objects.filter(source="").exists()
            assert not model.objects.filter(as_of=None).exists()

    def test_a_second_load_writes_nothing(self):
        before = Change.objects.count()

        again = load_everything()

        assert (again.added, again.edited) == (0, [])
        assert Change.objects.count() == before

    def test_what_staff_have_moved_on_stays(self):
        self.sale.visitors = 412
        self.sale.save()

        load_everything()

        self.sale.refresh_from_db()
        assert self.sale.visitors == 412

    def test_facts_that_are_preferred_say_what_the_event_says(self):
        for fact in DatedFact.objects.about(self.sale).preferred().exclude(field=""):
            assert getattr(fact.record, fact.field) == fact.parsed_value()


@pytest.mark.django_db
def test_an_organisation_that_was_entered_by_hand_is_not_doubled():
    make_every_place()
    by_hand = make_organisation(name="Pemerintah Kabupaten Sragen", abbreviation="Pemda Sragen")

    load_everything()

    assert Event.objects.get(name=GREAT_SALE).initiator == by_hand
    by_hand.refresh_from_db()
    assert by_hand.abbreviation == "Pemda Sragen"


@override_settings(DEMO=True)
class TestEventSample(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_every_place()
        load_everything()
        with override_settings(DEMO=True):
            load_sample(today=TODAY)
            cls.outcome = load_event_sample(today=TODAY)
        cls.sale = Event.objects.get(name=GREAT_SALE)

    def test_as_many_sample_members_take_part_as_the_source_counts(self):
        rows = self.sale.participation_set.all()

        assert rows.count() == 37
        assert not rows.real().exists()
        assert all(row.member.is_sample and row.member.regency_id == "33.14" for row in rows.select_related("member"))
        assert all(row.member.started_year < 2023 for row in rows.select_related("member"))

    def test_most_have_reported_and_the_event_could_be_closed(self):
        results = self.sale.participation_set.results(TODAY)

        assert (results.reported, results.missing, results.samples) == (34, 3, 37)
        assert self.sale.lacks_before_closing() == ""
        assert results.follow_ups_due > 0

    def test_sample_rows_keep_all_the_rules(self):
        for model in (Participation, Order):
            for row in model.objects.all()[:8]:
                row.full_clean()

    def test_orders_are_samples_too(self):
        assert Order.objects.count() == 12
        assert not Order.objects.real().exists()

    def test_a_second_load_writes_nothing(self):
        again = load_event_sample(today=TODAY)

        assert (again.added, again.known) == (0, self.outcome.added)


@pytest.mark.django_db
def test_the_sample_is_refused_outside_the_demo_and_without_the_events(settings):
    with pytest.raises(ImproperlyConfigured, match="demo"):
        load_event_sample()
    settings.DEMO = True
    with pytest.raises(ImproperlyConfigured, match="load_records"):
        load_event_sample()
