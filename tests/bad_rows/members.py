from datetime import UTC, date, datetime
from typing import Any

from centres.models import Member, MemberMotif, Membership, MemberSnapshot
from tests.bad_rows.case import cases
from tests.bad_rows.centres import CONTROL, END_BEFORE_START, FRACTION, MARKUP, NOT_IN_MOJOKERTO, PAST, POINT_PAIR
from tests.factories.centres import (
    GUNUNGGEDANGAN,
    KOTA_MOJOKERTO,
    make_centre,
    make_member,
    make_member_motif,
    make_membership,
    make_motif,
    make_snapshot,
)

NIB = "0220108230001"
AGREED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DYE = "Porsi pewarna alam 100 untuk pewarna alam, 0 untuk pewarna sintetis, di antaranya untuk campuran"
SHARES = "Jumlah porsi teknik harus 100 persen; Anda mengisi 110 persen"

GOOD = {
    Member: lambda: {
        "business_name": "Batik contoh",
        "owner_name": "Pemilik contoh",
        "nib": NIB,
        "regency": KOTA_MOJOKERTO,
        "region": GUNUNGGEDANGAN,
        "techniques": {"TULIS": 60, "CAP": 40},
        "product_groups": ["FABRIC", "BAG"],
        "phone": "0812 3456 7890",
        "capital_idr": "Rp500.000.000",
    },
    MemberMotif: lambda: {"member": make_member().pk, "motif": make_motif().pk},
    Membership: lambda: {"member": make_member().pk, "centre": make_centre().pk, "starts_on": PAST},
    MemberSnapshot: lambda: {"member": make_member().pk, "year": 2025, "semester": 0, "workers_female": 4},
}


def _known_nib() -> dict[str, Any]:
    return {"nib": make_member(nib=NIB, region_id="35.76.02").nib}


MEMBER_CASES = cases(
    Member,
    ({"business_name": ""}, "business_name", "Isi nama usaha, misalnya Batik Sekar Arum"),
    ({"business_name": "Batik <b>contoh</b>"}, "business_name", MARKUP),
    ({"owner_name": ""}, "owner_name", "Isi nama pemilik usaha"),
    ({"owner_name": "Pemilik\u2066contoh"}, "owner_name", CONTROL),
    ({"socials": ["<a href=//x>"]}, "socials", MARKUP),
    ({"nib": "022010823000"}, "nib", "NIB harus 13 angka; Anda mengisi 12 angka"),
    ({"nib": "02201082300O1"}, "nib", "NIB hanya boleh berisi angka, sebanyak 13 angka"),
    (_known_nib, "nib", "NIB ini sudah terdaftar pada IKM lain. Cari IKM itu, atau minta penggabungan data"),
    ({"nib": "", "no_nib_reason": ""}, "no_nib_reason", "Pilih alasan mengapa NIB kosong"),
    ({"owner_nik": "357601010175"}, "owner_nik", "NIK harus 16 angka; Anda mengisi 12 angka"),
    ({"npwp": "12345"}, "npwp", "NPWP harus 15 atau 16 angka; Anda mengisi 5 angka"),
    ({"kbli_codes": ["131"]}, "kbli_codes", "Kode KBLI terdiri atas 5 angka, misalnya 13134"),
    ({"kbli_codes": []}, "kbli_codes", "Isi sedikitnya satu kode KBLI, misalnya 13134"),
    ({"kbli_codes": ["47511"]}, "kbli_codes", "Pembuat batik mencantumkan kode KBLI 13134"),
    ({"regency": None, "region": None}, "regency", "Pilih kabupaten atau kota"),
    ({"region": "33.14.03"}, "region", NOT_IN_MOJOKERTO),
    ({"latitude": "-7,47"}, "longitude", POINT_PAIR),
    ({"latitude": "112.449", "longitude": "-7.471"}, "latitude",
     "Lintang dan bujur tampaknya tertukar: 112,449 adalah bujur"),
    ({"phone": "0812"}, "phone", "Isi nomor telepon Indonesia, misalnya 0812 3456 7890"),
    ({"marketplace_urls": ["ftp://contoh.id/toko"]}, "marketplace_urls",
     "Alamat situs harus diawali https:// atau http://"),
    ({"owner_birth_year": 75}, "owner_birth_year", "Tahun lahir ditulis empat angka, misalnya 1975"),
    ({"owner_birth_year": 2025}, "owner_birth_year", "Periksa tahun lahir pemilik"),
    ({"started_year": 98}, "started_year", "Tahun mulai usaha ditulis empat angka, misalnya 1998"),
    ({"started_year": 2099}, "started_year", "Tahun mulai usaha belum tiba"),
    ({"capital_idr": "15,5"}, "capital_idr", FRACTION),
    ({"techniques": {"TULIS": 60, "CAP": 50}}, "techniques", SHARES),
    ({"techniques": {"TENUN": 100}}, "techniques",
     "Teknik TENUN tidak dikenal; pilih TULIS, CAP, KOMBINASI, PRINTING, MALAM_DINGIN, ECOPRINT"),
    ({"techniques": {"TULIS": 0, "CAP": 100}}, "techniques", "Porsi setiap teknik lebih dari 0 sampai 100 persen"),
    ({"techniques": "tulis saja"}, "techniques", "Tulis teknik dan porsinya, misalnya TULIS 60; CAP 40"),
    ({"dye_type": "ALAM", "natural_dye_pct": "50"}, "natural_dye_pct", DYE),
    ({"dye_type": "SINTETIS", "natural_dye_pct": "5"}, "natural_dye_pct", DYE),
    ({"dye_type": "CAMPURAN", "natural_dye_pct": "100"}, "natural_dye_pct", DYE),
    ({"natural_dye_pct": "101"}, "natural_dye_pct", "Persentase antara 0 dan 100"),
    ({"product_groups": ["ROCKET"]}, "product_groups", "ROCKET bukan pilihan yang tersedia"),
    ({"status": "TUTUP"}, "status_reason", "Jelaskan mengapa usaha ini tidak aktif"),
    ({"wub_programme": "Program contoh"}, "is_new_entrepreneur",
     "Tandai sebagai wirausaha baru, atau kosongkan programnya"),
    ({"consent_at": AGREED}, "consent_version", "Waktu persetujuan dan versi naskahnya harus diisi bersama"),
    ({"consent_at": AGREED, "consent_version": "1", "consent_withdrawn_at": AGREED.replace(year=2025)},
     "consent_withdrawn_at", "Persetujuan hanya dapat dicabut setelah diberikan"),
    ({"public_profile": True}, "public_profile", "Profil hanya boleh tampil untuk umum setelah pemiliknya menyetujui"),
)  # fmt: skip


def _already_member() -> dict[str, Any]:
    known = make_membership()
    return {"member": known.member_id, "centre": known.centre_id}


def _primary_elsewhere() -> dict[str, Any]:
    return {"member": make_membership(starts_on=date(2020, 1, 1)).member_id, "is_primary": True}


def _motif_known() -> dict[str, Any]:
    known = make_member_motif()
    return {"member": known.member_id, "motif": known.motif_id}


def _second_snapshot() -> dict[str, Any]:
    return {"member": make_snapshot(year=2025).member_id}


CASES = [
    *MEMBER_CASES,
    *cases(
        Membership,
        ({"member": None}, "member", "Pilih IKM"),
        ({"ends_on": date(2024, 2, 6)}, "ends_on", END_BEFORE_START),
        (_already_member, "centre", "IKM ini sudah menjadi anggota sentra tersebut pada masa itu"),
        (_primary_elsewhere, "is_primary", "IKM ini sudah memiliki keanggotaan utama di sentra lain pada masa itu"),
    ),
    *cases(
        MemberMotif,
        ({"motif": None}, "motif", "Pilih motif"),
        (_motif_known, "motif", "Motif ini sudah tercatat untuk IKM tersebut"),
    ),
    *cases(
        MemberSnapshot,
        (_second_snapshot, "year", "Data IKM ini untuk masa tersebut sudah ada; perbarui data itu"),
        ({"year": 25}, "year", "Tahun ditulis empat angka, misalnya 2025"),
        ({"year": 2099}, "year", "Tahun ini belum tiba"),
        ({"capacity_installed": "0", "capacity_unit": "POTONG"}, "capacity_installed",
         "Kapasitas terpasang harus lebih dari nol; kosongkan bila belum diketahui"),
        ({"production_quantity": "786"}, "capacity_unit", "Pilih satuan kapasitas dan produksi"),
        ({"revenue_idr": "100", "domestic_idr": "110", "export_idr": "0"}, "revenue_idr",
         "Omzet dalam negeri dan ekspor harus berjumlah sama dengan omzet"),
        ({"export_idr": "1", "export_mode": "LANGSUNG"}, "export_destinations", "Isi negara tujuan ekspor"),
        ({"export_idr": "1", "export_destinations": ["JP"]}, "export_mode", "Pilih cara ekspor"),
        ({"export_destinations": ["Jepang"]}, "export_destinations",
         "Kode negara terdiri atas dua huruf besar (ISO 3166), misalnya JP"),
        ({"revenue_idr": "15,5"}, "revenue_idr", FRACTION),
        ({"imported_material_pct": "110"}, "imported_material_pct", "Persentase antara 0 dan 100"),
        ({"online_sales_pct": "110"}, "online_sales_pct", "Persentase antara 0 dan 100"),
    ),
]  # fmt: skip
