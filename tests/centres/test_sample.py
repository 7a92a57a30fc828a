"""The sample of the demo: never outside the demo, never among the real figures."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from centres.choices import MembershipRole
from centres.loaders import load_records
from centres.models import Centre, Certification, Member, Membership, MemberSnapshot, OperationReport
from centres.sample import load_sample, sample_record, sample_rows
from centres.sample_years import recent_quarters
from changes.models import Change
from tests.centres.test_records import make_every_place
from tests.factories.centres import make_member

TODAY = date(2026, 11, 24)


@override_settings(DEMO=True)
class TestSample(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_every_place()
        load_records()
        with override_settings(DEMO=True):
            cls.outcome = load_sample(today=TODAY)

    def test_nothing_of_the_sample_is_real(self):
        assert Member.objects.count() == 90
        assert not Member.objects.real().exists()
        for model in (Membership, MemberSnapshot, Certification, OperationReport):
            assert model.objects.exists()
            assert not model.objects.real().exists(), model

    def test_the_real_records_stay_real(self):
        assert Centre.objects.real().count() == 3

    def test_a_real_member_stands_beside_the_sample(self):
        member = make_member()

        assert list(Member.objects.real()) == [member]

    def test_sixty_belong_to_sragen_and_thirty_to_mojokerto(self):
        counts = {
            centre.regency_id: centre.membership_set.open(TODAY).filter(role=MembershipRole.MEMBER).count()
            for centre in Centre.objects.batik()
        }

        assert counts == {"33.14": 60, "35.76": 30}

    def test_every_sample_says_so_and_bears_numbers_that_no_office_hands_out(self):
        for member in Member.objects.all():
            assert member.business_name.endswith("(contoh)")
            assert member.owner_name.endswith("(contoh)")
            assert member.owner_nik.startswith("99")
            assert member.nib == "" or member.nib.startswith("99")
            assert member.phone.startswith("+6280000")

    def test_sample_rows_keep_all_the_rules_of_their_models(self):
        rows = sample_rows(TODAY)
        Member.objects.filter(pk=rows[0].id).get().full_clean()

        for number in range(0, len(rows), 12):
            row = rows[number]
            row.model.objects.get(pk=row.id).full_clean()

    def test_the_same_seed_makes_the_same_sample(self):
        one, other = (sample_record(sample_rows(TODAY)[0]) for _ in range(2))

        assert (one.pk, one.business_name, one.techniques) == (other.pk, other.business_name, other.techniques)

    def test_a_second_load_writes_nothing(self):
        before = Change.objects.count()

        again = load_sample(today=TODAY)

        assert (again.added, again.known) == (0, self.outcome.added)
        assert Change.objects.count() == before

    def test_a_real_report_of_a_quarter_takes_the_place_of_the_sample(self):
        OperationReport.objects.all().delete()
        centre = Centre.objects.get(regency="35.76")
        OperationReport.objects.create(centre=centre, year=2026, quarter=3, open_days=60)

        load_sample(today=TODAY)

        assert OperationReport.objects.get(centre=centre, year=2026, quarter=3).is_sample is False
        assert OperationReport.objects.filter(centre=centre).count() == 6


def test_recent_quarters_are_those_that_are_over():
    assert recent_quarters(TODAY) == [(2025, 2), (2025, 3), (2025, 4), (2026, 1), (2026, 2), (2026, 3)]


@pytest.mark.django_db
def test_the_sample_is_refused_outside_the_demo():
    with pytest.raises(CommandError, match="Data contoh hanya boleh dimuat di demo"):
        call_command("load_sample")

    assert not Member.objects.exists()


@pytest.mark.django_db
def test_the_sample_asks_for_the_centres_first(settings):
    settings.DEMO = True

    with pytest.raises(ImproperlyConfigured, match="load_records"):
        load_sample()
