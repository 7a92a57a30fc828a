"""The catalogue of the open data as DCAT in JSON-LD, with the properties that DCAT-AP asks for."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from public.datasets import DATASETS, Dataset, media_type

Absolute = Callable[[str], str]

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
MEDIA = "https://www.iana.org/assignments/media-types/"


def catalogue(absolute: Absolute) -> dict[str, Any]:
    """The catalogue with all data sets; `absolute` makes a whole address of a path."""
    page = absolute(reverse("public:data"))
    return {
        "@context": CONTEXT,
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": _text(_("Data terbuka Registri Sentra Batik")),
        "dct:description": _text(_("Sentra batik Indonesia, fasilitasnya, dan kegiatannya.")),
        "dct:publisher": _publisher(page),
        "foaf:homepage": {"@id": page},
        **_licence(),
        "dcat:dataset": [_dataset(one, absolute, page) for one in DATASETS.values()],
    }


def _dataset(data: Dataset, absolute: Absolute, page: str) -> dict[str, Any]:
    changed = data.changed_at
    moment = {"@type": "xsd:dateTime", "@value": changed.isoformat()} if changed else None
    return {
        "@id": f"{page}#{data.name}",
        "@type": "dcat:Dataset",
        "dct:title": _text(data.title),
        "dct:description": _text(data.description),
        "dct:identifier": data.name,
        "dct:publisher": _publisher(page),
        "dcat:keyword": [_text(word) for word in (_("batik"), _("sentra IKM"), _("Indonesia"))],
        "dcat:landingPage": {"@id": page},
        **({"dct:modified": moment} if moment else {}),
        "dcat:distribution": [_distribution(data, form, absolute) for form in data.formats],
    }


def _distribution(data: Dataset, form: str, absolute: Absolute) -> dict[str, Any]:
    address = absolute(reverse("public:file", args=[data.name, form]))
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _text(f"{data.title}, {form.upper()}"),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": MEDIA + media_type(form)},
        "dct:format": {"@id": FILE_TYPE + form.upper()},
        **_licence(),
    }


def _publisher(page: str) -> dict[str, Any]:
    name = _("Kementerian Perindustrian Republik Indonesia")
    return {"@id": f"{page}#penerbit", "@type": "foaf:Agent", "foaf:name": _text(name)}


def _licence() -> dict[str, Any]:
    """Only what the ministry has fixed."""
    return {"dct:license": {"@id": settings.DATA_LICENCE_URL}} if settings.DATA_LICENCE_URL else {}


def _text(words: object) -> dict[str, str]:
    return {"@language": get_language() or settings.LANGUAGE_CODE, "@value": str(words)}
