"""What a workbook may say about members."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from centres.models import Member
from centres.models.place import PLACE_FIELDS
from centres.models.rule import remembered_rules
from regions.models import Region
from workbooks import kinds
from workbooks.kinds import Finder, Layout

CODE = re.compile(r"^\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?\b")
KIND = re.compile(r"^(kabupaten|kab\.?|kecamatan|kec\.?|desa|ds\.?|kelurahan|kel\.?)\s+", re.IGNORECASE)
REGENCY_LENGTH = 5


def register_layouts() -> None:
    kinds.register(MEMBERS)


def places(*, regencies: bool = False) -> Finder:
    """Regions of the user's own by code or name; of places with one name the village is meant."""

    def rows(user: Any) -> Any:
        found = Region.objects.current().within(user.region_prefix or "")
        return found.regencies() if regencies else found.filter(code__regex=r"^.{5,}")

    def find(user: Any, texts: set[str]) -> dict[str, Any]:
        codes = {text: _code_in(text) for text in texts}
        there = set(rows(user).filter(code__in=filter(None, codes.values())).values_list("code", flat=True))
        found: dict[str, Any] = {text: code for text, code in codes.items() if code in there}
        names = {text: KIND.sub("", text).strip().lower() for text in texts if not codes[text]}
        there_by_name = _by_name(rows(user), set(names.values())) if names else {}
        return found | {text: there_by_name[name](text) for text, name in names.items() if name in there_by_name}

    def tell(user: Any, keys: set[Any]) -> dict[Any, str]:
        return {row.code: f"{row.code} {row.name}" for row in Region.objects.filter(code__in=keys)}

    def choices(user: Any) -> list[str]:
        return [f"{row.code} {row.name}" for row in rows(user).order_by("code")]

    return Finder(find, tell, choices)


def _code_in(text: str) -> str:
    """The code at the beginning; a spreadsheet that took 35.10 for a number lost its last zero."""
    found = CODE.match(text)
    if found:
        return found[0]
    return f"{text}0" if re.fullmatch(r"\d{2}\.\d", text) else ""


def _by_name(rows: Any, names: set[str]) -> dict[str, Any]:
    """By name what a text that means it stands for."""
    found = defaultdict(list)
    both = [*names, *(f"kabupaten {name}" for name in names)]
    for code, folded in rows.annotate(folded=Lower("name")).filter(folded__in=both).values_list("code", "folded"):
        found[folded if folded in names else folded.removeprefix("kabupaten ")].append(code)
    return {name: partial(_the_one, codes) for name, codes in found.items()}


def _the_one(codes: list[str], text: str) -> Any:
    exact = [code for code in codes if len(code) == max(map(len, codes))]
    if len(exact) == 1:
        return exact[0]
    told = {"name": text[:60], "codes": ", ".join(sorted(exact)[:4])}
    return ValidationError(_now("Ada beberapa tempat bernama %(name)s; tulis kodenya: %(codes)s") % told)


def _members(user: Any, asked: Mapping[str, str]) -> Any:
    if asked.get("isi") == "kosong":
        return Member.objects.none()
    return Member.objects.editable_by(user).order_by("business_name", "pk")


def _home(user: Any) -> dict[str, Any]:
    """A new member of a regency's office is at home there, where nothing else is said."""
    prefix = user.region_prefix or ""
    return {"regency": prefix} if len(prefix) == REGENCY_LENGTH else {}


MEMBERS = Layout(
    slug="ikm",
    title=_("IKM"),
    model=Member,
    fields=(
        *("business_name", "brand_name", "legal_form", "nib", "no_nib_reason", "owner_name", "owner_sex"),
        *("owner_birth_year", "owner_disability", "owner_nik", "npwp", "phone", "email", *PLACE_FIELDS),
        *("kbli_codes", "kbli_version", "started_year", "is_new_entrepreneur", "wub_programme", "capital_idr"),
        *("investment_idr", "has_workshop", "techniques", "dye_type", "natural_dye_pct", "waste_handling"),
        *("product_groups", "buyer_segments", "socials", "marketplace_urls", "siinas_account"),
        *("status", "status_on", "status_reason", "source", "source_url", "as_of"),
    ),
    rows=_members,
    keys=(("nib",),),
    alike=(("business_name", "regency"),),
    titles={
        "business_name": ("nama IKM", "nama perusahaan", "nama industri", "usaha", "nama", "IKM"),
        "brand_name": ("merek", "merk", "brand", "merk dagang"),
        "legal_form": ("badan usaha", "bentuk badan usaha", "badan hukum"),
        "nib": ("nomor induk berusaha", "no NIB", "nomor NIB"),
        "owner_name": ("pemilik", "nama pengusaha", "penanggung jawab", "nama lengkap"),
        "owner_sex": ("jenis kelamin", "L/P", "JK", "gender"),
        "owner_birth_year": ("tahun lahir",),
        "owner_nik": ("NIK", "no KTP", "nomor KTP", "nomor induk kependudukan"),
        "phone": (
            "no telepon",
            "nomor telepon",
            "no HP",
            "nomor HP",
            "HP",
            "telp",
            "no telp",
            "kontak",
            "WhatsApp",
            "WA",
        ),
        "email": ("email", "e-mail", "alamat email", "alamat surel"),
        "regency": ("kabupaten", "kota", "kab/kota", "daerah"),
        "region": ("desa", "kelurahan", "desa kelurahan", "kecamatan", "wilayah"),
        "address": ("alamat lengkap", "alamat usaha", "jalan"),
        "latitude": ("latitude", "lat"),
        "longitude": ("longitude", "long", "lng"),
        "kbli_codes": ("KBLI", "kode KBLI", "KBLI 2020"),
        "started_year": ("tahun berdiri", "berdiri", "tahun mulai", "tahun pendirian"),
        "capital_idr": ("modal", "modal usaha", "kekayaan bersih"),
        "investment_idr": ("investasi", "nilai investasi"),
        "techniques": ("teknik", "jenis batik", "teknik batik"),
        "dye_type": ("pewarna", "jenis pewarna", "zat warna"),
        "product_groups": ("produk", "jenis produk", "kelompok produk"),
        "status": ("status",),
    },
    finders={"regency": places(regencies=True), "region": places()},
    example={
        "business_name": "Batik Contoh Lestari",
        "legal_form": "Usaha perorangan",
        "nib": "0000000000000",
        "owner_name": "Nama Pemilik Contoh",
        "phone": "081200000000",
        "kbli_codes": "13134",
        "started_year": "1998",
        "capital_idr": "15.500.000",
        "techniques": "TULIS 60; CAP 40",
    },
    initial=_home,
    remembering=remembered_rules,
)
