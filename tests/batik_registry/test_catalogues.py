"""English is whole: each sentence of ours has one, with its placeholders, and none is kept that nobody says."""

import pytest
from django.core.management import CommandError, call_command

from batik_registry import catalogues

SEEDED = {
    "missing": ('msgid "tidak"\nmsgstr "no"\n', ""),
    "untranslated": ('msgid "tidak"\nmsgstr "no"\n', 'msgid "tidak"\nmsgstr ""\n'),
    "fuzzy": ('msgid "tidak"\n', '#, fuzzy\nmsgid "tidak"\n'),
    "placeholders differ": (
        'msgstr "The password of %(name)s has been set."',
        'msgstr "The password of %(nama)s has been set."',
    ),
    "unused": ('msgid "tidak"\n', 'msgid "tak pernah"\nmsgstr "never"\n\nmsgid "tidak"\n'),
}


@pytest.fixture
def whole(monkeypatch):
    """What stands in code and templates, read once for all."""
    found = catalogues.found()
    monkeypatch.setattr(catalogues, "found", lambda: found)


def test_the_english_catalogue_is_whole():
    call_command("extract_translations", "--check")


def test_each_seeded_fault_is_told(tmp_path, whole):
    text = catalogues.ENGLISH.read_text()
    copy = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)

    for fault, (right, wrong) in SEEDED.items():
        assert text.count(right) == 1, right
        copy.write_text(text.replace(right, wrong))
        assert [one.split(":")[0] for one in catalogues.faults(copy)] == [fault]


def test_the_check_stops_at_a_fault(monkeypatch):
    monkeypatch.setattr(catalogues, "faults", lambda: ["missing: 'tidak'"])

    with pytest.raises(CommandError, match="missing"):
        call_command("extract_translations", "--check")


def test_extraction_keeps_translations_and_adds_what_is_new(tmp_path, whole):
    copy = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)
    copy.write_text(catalogues.ENGLISH.read_text().replace(*SEEDED["missing"]).replace('msgid "ya"', 'msgid "iya"'))

    catalogue = catalogues.update(copy)

    assert not catalogue.get("tidak").string
    assert catalogue.get("tidak ada").string == "none"
    assert catalogue.get("iya") is None
