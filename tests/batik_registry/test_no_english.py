"""Whatever sentence a page asks for is Indonesian: one of ours, or a package's that an Indonesian catalogue knows."""

import re
from gettext import NullTranslations

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.translation.trans_real import translation

from batik_registry import catalogues
from tests.factories import centres as make
from tests.pages import text_of

ENGLISH_WORDS = re.compile(
    r"\b(the|this|these|you|your|are|is|was|with|and|not|of|from|please|select|required)\b", re.I
)
PORTAL = ["/portal/", *(f"/portal/{room}/" for room in ("sentra", "ikm", "dak", "kegiatan", "usulan", "bantuan"))]
ACCOUNT = ["/akun/kata-sandi/", "/akun/keamanan/", "/akun/keamanan/aplikasi/", "/akun/sesi/", "/akun/surel/"]
SIGN_IN = ["/masuk/", "/lupa-kata-sandi/", "/lupa-kata-sandi/terkirim/", "/lupa-kata-sandi/1-2/", "/tidak-ada/"]


class Unknown(NullTranslations):
    """Notes what no Indonesian catalogue knows, and gives it back as it came."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one)

    def npgettext(self, context: str, one: str, many: str, count: int) -> str:
        return self.gettext(one)


@pytest.fixture
def unknown(monkeypatch):
    found = Unknown()
    monkeypatch.setattr(translation("id"), "_fallback", found)
    for module in ("filters", "utils"):  # asks for names of orders and lookups that no page shows
        monkeypatch.setattr(f"django_filters.{module}._", str)
    return found


def desk_addresses(record):
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield from (reverse(f"{name}_changelist"), reverse(f"{name}_add"))
    for view in ("change", "history", "delete"):
        yield reverse(f"admin:centres_member_{view}", args=[record.pk])
    yield from (reverse("admin:index"), reverse("programs:worklists"))


def first_answer(visitors, address):
    """What the first of them gets who may go there; some pages are for nobody."""
    answers = (visitor.get(address) for visitor in visitors)
    return next((answer for answer in answers if answer.status_code != 403), None)


def test_no_page_asks_for_a_sentence_that_is_not_indonesian(
    client, client_of, administrator, programme_staff, mojokerto_officer, unknown
):
    member = make.make_member()
    rooms = [
        ([client], SIGN_IN),
        ([client_of(mojokerto_officer)], [*PORTAL, f"/portal/ikm/{member.pk}/ubah/", *ACCOUNT]),
        ([client_of(programme_staff), client_of(administrator)], desk_addresses(member)),
    ]

    seen = {}
    for visitors, addresses in rooms:
        for address in addresses:
            page = first_answer(visitors, address)
            if page and (words := ENGLISH_WORDS.findall(text_of(page))):
                seen[address] = sorted(set(words))

    assert seen == {}
    ours = {text for message in catalogues.found() if message.id for text in catalogues.forms(message.id)}
    assert unknown.asked - ours == set()
