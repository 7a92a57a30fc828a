"""Amounts in words say the same number, whatever the number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batik_registry.templatetags.formats import dengan_kata
from batik_registry.terbilang import ONES, SCALES, terbilang

DIGITS = {word: value for value, word in enumerate(ONES) if word}
FACTORS = {scale: 1000**power for power, scale in enumerate(SCALES) if scale}


def read(words):
    """The number that the words say, read by the grammar and not by the code under test."""
    total = group = digit = 0
    for word in words.replace("seratus", "satu ratus").replace("seribu", "satu ribu").split():
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "belas":
            group, digit = group + 10 + digit, 0
        elif word in ("puluh", "ratus"):
            group, digit = group + digit * (10 if word == "puluh" else 100), 0
        else:
            total, group, digit = total + (group + digit) * FACTORS[word], 0, 0
    return total + group + digit


@given(st.integers(1, 10**18 - 1))
def test_the_words_say_the_number(amount):
    assert read(terbilang(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_001_000, "satu juta seribu"),
        (21_111, "dua puluh satu ribu seratus sebelas"),
        (15_500_000_000, "lima belas miliar lima ratus juta"),
    ],
)
def test_the_words_are_those_of_a_receipt(amount, words):
    assert terbilang(amount) == words


def test_nothing_is_not_nought():
    assert (dengan_kata(None), dengan_kata(0)) == ("", "nol rupiah")
