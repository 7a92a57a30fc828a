"""Indicators by the API: told whole to the office whose rows they are, to others no figure about few."""

import pytest
from django.utils import timezone

from accounts.choices import RoleCode
from centres.choices import ProgrammeTag
from programs.indicators import ALL
from regions.models import Region
from tests.factories import programs
from tests.factories.accounts import make_user
from tests.factories.centres import make_centre, make_member
from tests.programs.indicator_data import make_active, make_allocation, make_registered

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def values(answer):
    return {(row["region_code"], row["part"]): row["value"] for row in answer["results"]}


@pytest.fixture
def licensed(places):
    """With a NIB of those asked: Kota Mojokerto 1 of 4, Sragen 5 of 9, Kediri 3 of 6."""
    number = iter(range(100))
    for region, owning, others in (("35.76", 1, 3), ("33.14", 5, 4), ("35.71", 3, 3)):
        for has_nib in [True] * owning + [False] * others:
            nib = f"91200{next(number):08}" if has_nib else ""
            make_active(TODAY, regency_id=region, nib=nib, no_nib_reason="" if has_nib else "BELUM_PUNYA")


def test_each_indicator_says_what_it_counts_and_divides_by(api, api_client):
    told = api(api_client).get("indicators")["results"]

    assert {row["code"] for row in told} == {one.code for one in ALL}
    assert all(row[name] for row in told for name in ("formula", "denominator", "unit", "name"))


def test_a_value_states_its_date_source_and_denominator(api, programme_staff, places):
    make_registered(regency_id="35.76")
    make_centre(regency_id="35.76")

    (row,) = api(programme_staff).get("indicators/I01", region_code="35.76")["results"]

    assert (row["value"], row["denominator"], row["as_of"]) == ("1", "2", str(TODAY))
    assert row["source"].startswith("Registri Sentra Batik, tahun")
    assert row["rows"].endswith("/api/v1/centres/?region_code=35.76")


def test_public_money_is_told_by_region_to_everybody(api, sragen_officer, places):
    for region, ceiling in (("35.76", 400), ("33.14", 600)):
        make_allocation(make_centre(regency_id=region), ceiling_idr=ceiling, plan_idr=300)

    told = api(sragen_officer).get("indicators/I04", year=2023, by="province")
    whole = api(sragen_officer).get("indicators/I04", year=2023)

    assert (values(told)["35", "rk_pagu"], values(told)["33", "rk_pagu"]) == ("75", "50")
    assert values(whole)["", "rk_pagu"] == "60"


def test_a_figure_about_few_is_for_their_office_alone(api, licensed, mojokerto_officer, sragen_officer):
    own = api(mojokerto_officer, reads_personal=True, agreement="PKS contoh")
    ungranted = api(mojokerto_officer)
    foreign = api(sragen_officer, reads_personal=True, agreement="PKS contoh")

    assert values(own.get("indicators/I26", region_code="35.76")) == {("35.76", "nib"): "25"}
    for reader in (ungranted, foreign):
        (row,) = reader.get("indicators/I26", region_code="35.76")["results"]
        assert row["withheld"]
        assert (row["value"], row["numerator"], row["denominator"], row["known"], row["total"]) == (None,) * 5


def test_what_a_total_would_give_away_is_withheld_with_it(api, licensed, leader):
    reader = api(leader)

    country = reader.get("indicators/I26", by="regency", region_code="35")
    province = values(reader.get("indicators/I26", region_code="35"))
    whole = values(reader.get("indicators/I26"))

    # East Java has 4 of 10: without Kediri's 3 of 6 the city's owner of a NIB would be known.
    assert {values(country)[code, "nib"] for code in ("35.76", "35.71")} == {None}
    assert (province["35", "nib"], whole["", "nib"]) == ("40", "47.368421")
    assert values(reader.get("indicators/I26", region_code="33.14"))["33.14", "nib"] == "55.555556"


def test_parts_that_add_up_are_withheld_together(api, leader, places):
    for region, closed in (("35.76", 1), ("35.71", 0), ("33.14", 4)):
        for number in range(9):
            closing = {"status": "TUTUP", "status_reason": "Pensiun"} if number < closed else {}
            make_active(TODAY, regency_id=region, **closing)

    told = api(leader).get("indicators/I23", region_code="35.76")

    assert [row["withheld"] for row in told["results"]] == [True] * 3


def test_a_system_of_others_gets_the_published_figure_in_its_own_region_too(api, licensed):
    system = make_user(RoleCode.API_CLIENT, region="35.76")
    reader = api(system, reads_personal=True, agreement="PKS contoh")

    assert values(reader.get("indicators/I26", region_code="35.76")) == {("35.76", "nib"): None}


def test_the_whole_country_by_regency_takes_few_queries(api, leader, licensed, django_assert_max_num_queries):
    reader = api(leader)

    with django_assert_max_num_queries(30):  # three for each of two parts; none for a region without rows
        told = reader.get("indicators/I15", by="regency")

    assert {row["value"] for row in told["results"]} == {None}
    assert len(told["results"]) == 2 * Region.objects.filter(level="KAB_KOTA").count()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"region_code": "99"}, "region_code"),
        ({"region_code": "35.76.02"}, "region_code"),
        ({"year": "1999"}, "year"),
        ({"by": "province", "region_code": "35"}, "by"),
        ({"commodity": "TENUN"}, "commodity"),
        ({"sentra": "x"}, "sentra"),
    ],
)
def test_what_is_not_published_is_refused_by_its_name(api, leader, query, named):
    answer = api(leader).ask("indicators/I26", **query)

    assert answer.status_code == 400
    assert named in answer.json()["detail"]


def test_a_table_comes_as_csv_and_not_twice(api, leader, places):
    make_member(regency_id="35.76")
    reader = api(leader)

    answer = reader.ask("indicators/I23", format="csv")
    again = reader.ask("indicators/I23", format="csv", headers={"if-none-match": answer["ETag"]})

    lines = answer.content.decode().split("\r\n")
    assert lines[0].startswith("part,region_code,value,")
    assert lines[4].startswith("#count=3 sha256=")
    assert again.status_code == 304


def test_a_token_without_the_scope_reads_no_indicator(api, leader):
    assert api(leader, "centre:read").ask("indicators").status_code == 403
    assert api(leader, "referencestatistic:read").ask("indicators").status_code == 200


def test_programmes_and_the_rules_of_a_year_are_told(api, api_client):
    ruleset = programs.make_ruleset()
    programs.make_stage(ruleset=ruleset)
    reader = api(api_client)

    assert [row["code"] for row in reader.get("programmes")["results"]] == ProgrammeTag.values
    (stage,) = reader.get("rule-stages", ruleset=ruleset.pk)["results"]
    assert (stage["share_pct"], stage["basis"]) == ("25.00", "PAGU")
