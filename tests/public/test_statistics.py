"""Public figures: those of others with their source, ours with their denominator, and none about fewer than three."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from centres.choices import Sex
from centres.models import ReferenceStatistic
from tests.factories import centres as make
from tests.pages import text_of

ABOUT = {"indicator": "sentra-batik", "title": "Sentra", "unit": "sentra", "year": 2020, "publisher": "BPS contoh"}


def test_published_figures_are_shown_with_their_source_and_on_the_map(visitor, places):
    places["35"].latitude, places["35"].longitude = "-7.5", "112.5"
    places["35"].save()
    ReferenceStatistic.objects.create(value=201, **ABOUT)
    ReferenceStatistic.objects.create(value=62, region=places["35"], **ABOUT)

    page = visitor.get("/statistik/")

    assert "201 sentra menurut data 2020" in text_of(page)
    assert "BPS contoh" in text_of(page)
    assert 'aria-label="Jawa Timur: 62 sentra"' in page.content.decode()


def of_women(visitor):
    """The share of businesses that women own, and what the page says."""
    cache.clear()
    page = visitor.get("/statistik/")
    return dict(page.context["figures"])["Perempuan"][1], text_of(page)


def add(women, men):
    for sex, number in ((Sex.FEMALE, women), (Sex.MALE, men)):
        for _number in range(number):
            make.make_member(owner_sex=sex, as_of=timezone.localdate())


@pytest.mark.parametrize(("women", "men"), [(2, 5), (5, 2), (1, 1)])
def test_few_are_withheld_and_so_is_what_would_leave_few(visitor, women, men):
    add(women, men)

    told, page = of_women(visitor)

    assert told.is_withheld
    assert "tidak ditampilkan, kurang dari tiga" in page


def test_three_and_more_are_told(visitor):
    add(women=5, men=5)

    told, _page = of_women(visitor)

    assert told.value == 50
