import pytest
from django.db import connection

from centres.models import Centre, Member, Motif
from tests.factories.centres import SRAGEN, make_centre, make_maja_barama, make_member

pytestmark = pytest.mark.usefixtures("places")


@pytest.mark.parametrize(
    "text",
    [
        "Maja Barama Wastra",
        "Bharama",
        "Maja Brama",
        "Barama",
        "barama  MAJA",
        "mojokerto batik",
        "batik kota mojokerto",
        "Sentra IKM Batik Maja Bharama",
        "majabarama",
        "maja-brama-wastra",
        "Gunung Gedangan",
        "Gununggedangan",
        "Magersari",
        "SB-3576-001",
        "sentra batik jawa timur",
    ],
)
def test_any_spelling_finds_maja_barama_wastra(text):
    centre = make_maja_barama()
    make_centre(name="Kampung Tenun Contoh", regency_id=SRAGEN, commodity="TENUN")

    assert list(Centre.objects.search(text)) == [centre]


@pytest.mark.parametrize("text", ["Bharama", "brama", "Barama", "Maja Brama"])
def test_a_spelling_is_found_without_any_alias(text):
    centre = make_centre(name="Maja Barama Wastra")
    make_centre(name="Pusat Batik Sukowati", regency_id=SRAGEN)

    assert list(Centre.objects.search(text)) == [centre]


@pytest.mark.parametrize("text", ["nonfisik", "non fisik", "Non-Fisik"])
@pytest.mark.parametrize("name", ["Sentra Nonfisik contoh", "Sentra Non Fisik contoh"])
def test_joined_and_parted_words_find_each_other(text, name):
    centre = make_centre(name=name)

    assert list(Centre.objects.search(text)) == [centre]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("membatik", "Kampung Batik Contoh"),
        ("pembatikan", "Kampung Batik Contoh"),
        ("batik", "Paguyuban Pembatik Contoh"),
        ("menenun", "Kampung Tenun Contoh"),
        ("penulisan", "Kampung Tulis Contoh"),
        ("perajin", "Rumah Kerajinan Contoh"),
    ],
)
def test_a_word_finds_others_of_its_root(text, name):
    motif = Motif.objects.create(name=name, region_id="35.76")
    Motif.objects.create(name="Mrico Bolong", region_id="35.76")

    assert list(Motif.objects.search(text)) == [motif]


def test_the_word_itself_comes_before_others_of_its_root():
    root = Motif.objects.create(name="Batik Lawas", region_id="35.76")
    itself = Motif.objects.create(name="Membatik Lawas", region_id="35.76")

    assert list(Motif.objects.search("membatik lawas")) == [itself, root]


def test_roots_and_spellings_are_looked_up_in_indexes(db):
    """With so few rows a table is read whole; what matters is that the indexes could answer."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Motif.objects.search("membatik").order_by().explain()

    assert "centres_motif_stems" in plan
    assert "centres_motif_text" in plan


def test_the_nearest_name_comes_first():
    second = make_centre(name="Maja Barata Wastra")
    first = make_centre(name="Maja Barama Wastra")

    assert list(Centre.objects.search("Maja Barama Wastra")) == [first, second]


def test_what_fits_nothing_finds_nothing():
    make_maja_barama()

    assert not Centre.objects.search("zzqx").exists()
    assert not Centre.objects.search("!!!").exists()


def test_blank_text_finds_everything():
    centre = make_maja_barama()

    assert list(Centre.objects.search("  ")) == [centre]


def test_a_renamed_centre_is_found_by_its_new_name_only():
    centre = make_centre(name="Sukowati")
    centre.name = "Ngawonggo"
    centre.save()

    assert list(Centre.objects.search("ngawonggo")) == [centre]
    assert not Centre.objects.search("sukowati").exists()


def test_a_members_owner_is_no_search_text():
    make_member(business_name="Batik Sekar", owner_name="Wulandari")

    assert not Member.objects.search("wulandari").exists()
    assert Member.objects.search("sekar").exists()


def test_motifs_are_found_by_other_names():
    motif = Motif.objects.create(name="Mrico Bolong", aliases=["Merica Bolong"], region_id="35.76")

    assert list(Motif.objects.search("merica bolong")) == [motif]
