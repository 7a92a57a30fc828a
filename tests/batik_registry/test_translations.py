"""Nobody meets an English sentence: each message of the packages we build on has an Indonesian text, theirs or ours."""

from collections.abc import Container, Iterator
from gettext import GNUTranslations
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.forms import CharField
from django.utils.translation import gettext
from django.utils.translation.trans_real import DjangoTranslation, translation
from rest_framework import serializers

PACKAGES = [
    "django.conf",  # forms, validators, models and views of the core
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "allauth",
    "axes",
    "django_filters",
    "rest_framework",
]


Key = str | tuple[str, int]


def keys_of(package: str, domain: str = "django") -> Iterator[Key]:
    """Every message of a package: from its English catalogue, else from all its translations together."""
    home = Path(find_spec(package).submodule_search_locations[0]) / "locale"
    english = home / "en" / "LC_MESSAGES" / f"{domain}.po"
    if english.exists():
        with english.open("rb") as file:
            yield from (key(message) for message in read_po(file) if message.id)
        return
    for compiled in home.glob(f"*/LC_MESSAGES/{domain}.mo"):
        with compiled.open("rb") as file:
            yield from (wanted for wanted in GNUTranslations(file)._catalog if wanted)


def key(message: Message) -> Key:
    """As a compiled catalogue spells it: the context before the text, the plural as a pair."""
    text = message.id[0] if message.pluralizable else message.id
    text = f"{message.context}\x04{text}" if message.context else text
    return (text, 0) if message.pluralizable else text


def missing(package: str, catalogue: Container[Key], domain: str = "django") -> set[Key]:
    found = {wanted if isinstance(wanted, str) else (wanted[0], 0) for wanted in keys_of(package, domain)}
    assert found, f"{package} has no catalogue to compare with"
    return {wanted for wanted in found if wanted not in catalogue}


@pytest.mark.parametrize("package", PACKAGES)
def test_each_message_of_the_package_has_an_indonesian_text(package):
    assert not missing(package, translation("id")._catalog)


def test_each_message_of_the_admins_scripts_has_an_indonesian_text():
    assert not missing("django.contrib.admin", DjangoTranslation("id", domain="djangojs")._catalog, "djangojs")


def test_all_doors_say_required_in_the_same_words():
    with pytest.raises(ValidationError) as null:
        models.CharField().clean(None, None)
    with pytest.raises(ValidationError) as blank:
        models.CharField().clean("", None)
    with pytest.raises(ValidationError) as form:
        CharField().clean("")
    with pytest.raises(serializers.ValidationError) as api:
        serializers.CharField().run_validation("")

    said = {*null.value.messages, *blank.value.messages, *form.value.messages, *map(str, api.value.detail)}

    assert said == {"Bidang ini wajib diisi."}


def test_ours_wins_over_the_packages():
    assert gettext("Breadcrumbs") == "Remah roti"


def test_compiled_catalogues_are_those_of_the_sources():
    call_command("compile_translations", "--check")
