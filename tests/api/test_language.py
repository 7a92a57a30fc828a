"""Refusals in the language that the client accepts: the codes' meanings, the rules' sentences, the fields' names."""

import pytest

from batik_registry.rest.problems import CODES
from tests.factories import centres as make

pytestmark = pytest.mark.django_db

RULES = [
    ("nib", {"nib": "12"}, "NIB harus 13 angka; Anda mengisi 2 angka", "NIB must have 13 digits; you entered 2"),
    (
        "no_nib_reason",
        {"nib": "", "no_nib_reason": ""},
        "Pilih alasan mengapa NIB kosong",
        "Choose why the NIB is empty",
    ),
    ("kbli_codes", {"kbli_codes": []}, "Isi sedikitnya satu kode KBLI", "Enter at least one KBLI code"),
    (
        "techniques",
        {"techniques": {"TULIS": 60.5, "CAP": 50}},
        "Jumlah porsi teknik harus 100 persen; Anda mengisi 110,5 persen",
        "The techniques' shares must add up to 100 per cent; yours make 110.5 per cent",
    ),
    (
        "business_name",
        {"business_name": ""},
        "Isi nama usaha, misalnya Batik",
        "Enter the business name, for example Batik",
    ),
    ("status", {"status": "X"}, "X", "X"),
]
ASKED = {
    "unknown_parameter": ("get", "members/?sentra=x", {}),
    "invalid_parameter": ("get", "members/?limit=x", {}),
    "not_found": ("get", "members/00000000-0000-0000-0000-000000000000/", {}),
    "precondition_required": ("patch", "members/{}/", {}),
    "precondition_failed": ("patch", "members/{}/", {"if-match": '"9"'}),
    "method_not_allowed": ("post", "regions/", {}),
}


def speaking(language, **headers):
    return headers | ({"accept-language": language} if language else {})


@pytest.mark.parametrize(("field", "data", "indonesian", "english"), RULES, ids=[rule[0] for rule in RULES])
def test_a_rule_refuses_in_both_languages(api, programme_staff, field, data, indonesian, english):
    member, client = make.make_member(), api(programme_staff).client
    said = {}
    for language in ("", "id", "en-GB"):
        headers = speaking(language) | {"if-match": '"1"'}
        answer = client.patch(f"/api/v1/members/{member.pk}/", data, content_type="application/json", headers=headers)
        assert (answer.status_code, answer["Content-Language"]) == (400, "en" if "en" in language else "id")
        fault = answer.json()["errors"][0]
        assert fault["pointer"] == f"#/{field}"
        said[language] = fault["detail"]

    assert said[""] == said["id"]
    assert indonesian in said["id"]
    assert english in said["en-GB"]
    assert said["id"] != said["en-GB"]


@pytest.mark.parametrize("code", ASKED)
def test_a_code_says_what_it_means_in_both_languages(api, programme_staff, code):
    member, client = make.make_member(), api(programme_staff).client
    method, path, headers = ASKED[code]
    told = {}
    for language in ("id", "en"):
        ask = getattr(client, method)
        sent = {} if method == "get" else {"data": {}, "content_type": "application/json"}
        answer = ask(f"/api/v1/{path.format(member.pk)}", headers=speaking(language, **headers), **sent)
        told[language] = answer.json()
        assert answer["Content-Type"] == "application/problem+json"

    assert told["id"]["code"] == told["en"]["code"] == code
    assert told["id"]["title"] == str(CODES[code])
    assert told["id"]["title"] != told["en"]["title"]
    assert told["id"]["detail"] != told["en"]["detail"]


def test_a_list_in_another_language_has_another_tag(api, programme_staff):
    client = api(programme_staff).client
    tags = [client.get("/api/v1/members/", headers=speaking(language))["ETag"] for language in ("id", "en", "en")]

    assert tags[0] != tags[1] == tags[2]


def test_the_contract_speaks_english_to_whoever_asks_for_it(client):
    told = client.get("/api/schema/", headers=speaking("en")).content.decode()

    assert "Only these fields, separated by commas" in told  # a parameter
    assert "Withdraw a proposal that has not been decided." in told  # an operation
    assert "Sentence for people: what is wrong and what to do" in told  # a field without a model
    assert "land area (m²)" in told.lower()
    assert "dipisah koma" not in told


def test_the_contract_keeps_no_word_of_the_language_that_was_asked_for_first(client):
    told = {
        language: client.get("/api/schema/", headers=speaking(language)).content.decode() for language in ("en", "id")
    }

    assert '"title": "Percobaan"' in told["id"]  # of a serializer that stands in a decorator
    assert "Percobaan" not in told["en"]
