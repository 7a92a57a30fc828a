from datetime import date
from typing import Any

from centres.models import Certification, Motif
from tests.bad_rows.case import cases
from tests.bad_rows.centres import MARKUP, PAST
from tests.factories.centres import make_certificate, make_member, make_printing_member

GEOGRAPHICAL = {
    "kind": "INDIKASI_GEOGRAFIS",
    "technique": "",
    "member": None,
    "region": "35.76",
    "community": "Masyarakat contoh",
}


def _known_number() -> dict[str, Any]:
    return {"number": make_certificate(number="BM-1").number}


def _other_rule() -> dict[str, Any]:
    return {"technique": "ECOPRINT"}


GOOD = {
    Certification: lambda: {
        "kind": "BATIKMARK",
        "technique": "TULIS",
        "member": make_member().pk,
        "number": "BM-contoh",
    },
    Motif: lambda: {"name": "Motif contoh", "aliases": ["Motif tjontoh"], "region": "35.76"},
}

CASES = [
    *cases(
        Certification,
        ({"technique": "PRINTING"}, "technique", "Batikmark tidak diberikan untuk kain printing"),
        ({"technique": ""}, "technique", "Pilih teknik batik yang memperoleh Batikmark"),
        (_other_rule, "technique", "Batikmark hanya untuk: Batik tulis, Batik cap, Batik kombinasi tulis dan cap"),
        (lambda: {"member": make_printing_member().pk}, "member",
         "IKM ini hanya membuat kain printing; Batikmark tidak untuk printing"),
        (_known_number, "number", "Nomor sertifikat ini sudah tercatat untuk jenis yang sama"),
        ({"status": "BERLAKU", "number": ""}, "number", "Isi nomor sertifikat yang berlaku"),
        ({"issued_on": PAST, "expires_on": date(2024, 2, 7)}, "expires_on",
         "Akhir masa berlaku harus sesudah tanggal terbit"),
        ({"member": None}, "member", "Pilih IKM pemegang sertifikat"),
        (lambda: GEOGRAPHICAL | {"member": make_member().pk}, "member",
         "Indikasi geografis milik masyarakat, bukan satu IKM; kosongkan isian IKM"),
        (GEOGRAPHICAL | {"community": ""}, "community", "Isi masyarakat pemegang indikasi geografis"),
        (GEOGRAPHICAL | {"region": None}, "region", "Pilih wilayah indikasi geografis"),
        ({"tkdn_pct": "40"}, "tkdn_pct", "Nilai TKDN hanya untuk sertifikat TKDN"),
        ({"kind": "TKDN", "tkdn_pct": "140"}, "tkdn_pct", "Persentase antara 0 dan 100"),
    ),
    *cases(
        Motif,
        ({"name": ""}, "name", "Isi nama motif"),
        ({"philosophy": "<svg onload=alert(1)>"}, "philosophy", MARKUP),
        (lambda: {"name": Motif.objects.create(name="Motif kembar", region_id="35.76").name}, "name",
         "Motif dengan nama ini sudah tercatat untuk daerah asal tersebut"),
    ),
]  # fmt: skip
