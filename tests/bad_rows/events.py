from datetime import date
from typing import Any

from programs.models import (
    Activity,
    Allocation,
    Attendance,
    Curation,
    Event,
    EventFunding,
    Order,
    Organisation,
    Participation,
    Venue,
)
from tests.bad_rows.case import cases
from tests.bad_rows.centres import CONTROL, FRACTION, FUTURE, MARKUP
from tests.factories.accounts import make_office
from tests.factories.centres import make_centre, make_member, make_printing_member
from tests.factories.events import (
    FRIDAY,
    MONDAY,
    make_attendance,
    make_curation,
    make_event,
    make_funding,
    make_order,
    make_organisation,
    make_participation,
    make_venue,
)

PERCENT = "Persentase antara 0 dan 100"
SALES_PAIR = "Penjualan langsung dan jumlah transaksi harus sama-sama nol atau sama-sama lebih dari nol"
ORDERS_PAIR = "Nilai pesanan dan jumlah pesanan harus sama-sama nol atau sama-sama lebih dari nol"
NOT_PRESENT = "Hasil hanya dicatat untuk peserta yang hadir; ubah statusnya menjadi Hadir"
FOLLOW_UP_PAIR = "Pesanan yang terwujud dan tanggal menanyakannya harus diisi bersama"
FOLLOW_UP_DAY = "Pesanan ditanyakan setelah kegiatan selesai, paling lambat hari ini"
SETTLED = "Kegiatan ini sudah ditutup atau batal; peserta tidak dapat ditambah"


def make_activity(**values: Any) -> Activity:
    """One line of 15 million in a DAK nonfisik plan of 100 million for Sragen."""
    allocation = Allocation.objects.create(
        title="Nonfisik contoh", fiscal_year=2023, kind="NONFISIK", region_id="33.14", plan_idr=100_000_000, **values
    )
    return Activity.objects.create(allocation=allocation, menu="Promosi", item="Pameran", unit_cost_idr=15_000_000)


GOOD = {
    Organisation: lambda: {
        "name": "Dinas contoh",
        "abbreviation": "Discontoh",
        "kind": "DINAS",
        "region": "33.14",
        "office": make_office("33.14").pk,
    },
    Venue: lambda: {"name": "Balai contoh", "address": "Jalan Contoh 1", "region": "35.76"},
    Event: lambda: {
        "name": "Pameran contoh",
        "kind": "PAMERAN",
        "starts_on": MONDAY,
        "ends_on": FRIDAY,
        "region": "33.14",
        "venue": make_venue().pk,
        "initiator": make_organisation().pk,
        "opened_on": MONDAY,
        "goals": ["AKSES_PASAR", "PROMOSI"],
        "programme_tags": ["BBI"],
        "declared_participants": 37,
    },
    EventFunding: lambda: {
        "event": make_event().pk,
        "source_of_funds": "DAK_NONFISIK",
        "activity": make_activity().pk,
        "amount_idr": "Rp15.000.000",
    },
    Participation: lambda: {
        "event": make_event().pk,
        "member": make_member().pk,
        "status": "HADIR",
        "booth_number": "A-01",
        "booth_size_m2": "9",
        "cash_sales_idr": "Rp18.450.000",
        "transactions": 40,
        "preorder_idr": "5.000.000",
        "orders_count": 2,
        "realised_orders_idr": "4.000.000",
        "followed_up_on": date(2024, 3, 14),
    },
    Attendance: lambda: {
        "event": make_event(hours="16").pk,
        "name": "Orang contoh",
        "sex": "P",
        "hours": "16",
        "pre_score": "55,5",
        "post_score": "80",
    },
    Curation: lambda: {
        "event": make_event().pk,
        "member": make_member().pk,
        "product": "Kain contoh",
        "technique": "TULIS",
        "legality_score": "80",
        "result": "LOLOS",
    },
    Order: lambda: {
        "member": make_member().pk,
        "buyer_segment": "PEMERINTAH",
        "buyer": "Instansi contoh",
        "channel": "E_KATALOG",
        "package_id": "EK-contoh",
        "value_idr": "Rp15.500.000",
        "ordered_on": date(2024, 3, 1),
    },
}


def _known_event() -> dict[str, Any]:
    return {"name": make_event().name}


def _already_there() -> dict[str, Any]:
    known = make_participation()
    return {"event": known.event_id, "member": known.member_id}


def _nothing_left() -> dict[str, Any]:
    activity = make_activity()
    make_funding(source_of_funds="DAK_NONFISIK", activity=activity, amount_idr=5_000_000)
    return {"activity": activity.pk, "amount_idr": "10.000.001"}


def _funded() -> dict[str, Any]:
    known = make_funding()
    return {"event": known.event_id, "source_of_funds": known.source_of_funds, "activity": None}


def _other_activity() -> dict[str, Any]:
    other = make_activity().allocation
    return {"allocation": other.pk}


def _present_twice() -> dict[str, Any]:
    known = make_attendance()
    return {"event": known.event_id, "name": known.name, "hours": None}


def _judged() -> dict[str, Any]:
    known = make_curation()
    return {"event": known.event_id, "member": known.member_id, "product": known.product}


def _package() -> dict[str, Any]:
    known = make_order()
    return {"member": known.member_id, "package_id": known.package_id}


CASES = [
    *cases(
        Organisation,
        ({"name": ""}, "name", "Isi nama organisasi"),
        ({"name": "Dinas <b>"}, "name", MARKUP),
        (lambda: {"name": make_organisation().name}, "name", "Organisasi dengan nama dan wilayah ini sudah terdaftar"),
        (lambda: {"office": make_organisation(office=make_office("33.14")).office_id}, "office",
         "Kantor ini sudah terdaftar sebagai organisasi lain"),
    ),
    *cases(
        Venue,
        ({"region": None}, "region", "Pilih wilayah tempat ini"),
        (lambda: {"name": make_venue().name}, "name", "Tempat dengan nama ini sudah terdaftar di wilayah tersebut"),
    ),
    *cases(
        Event,
        ({"name": ""}, "name", "Isi nama kegiatan"),
        ({"initiator": None}, "initiator", "Pilih pemrakarsa kegiatan"),
        ({"starts_on": None, "opened_on": None}, "starts_on", "Isi mulai"),
        ({"ends_on": date(2023, 12, 10), "opened_on": None}, "ends_on",
         "Tanggal selesai tidak boleh sebelum tanggal mulai"),
        ({"ends_on": date(2024, 1, 11)}, "long_reason", "Kegiatan lebih dari 31 hari memerlukan alasan"),
        ({"opened_on": date(2023, 12, 16)}, "opened_on",
         "Pembukaan terjadi di antara tanggal mulai dan tanggal selesai"),
        ({"kind": "PELATIHAN"}, "topic", "Isi topik pelatihan"),
        ({"region": "33.14.02"}, "region", "Pilih kabupaten/kota atau provinsi, bukan kecamatan atau desa"),
        (lambda: {"centre": make_centre().pk}, "centre", "Sentra ini berada di luar daerah pemrakarsa"),
        ({"goals": ["KAYA"]}, "goals", "KAYA bukan pilihan yang tersedia"),
        ({"description": "<script>"}, "description", MARKUP),
        (_known_event, "name", "Kegiatan dengan nama dan tanggal mulai ini sudah tercatat"),
    ),
    *cases(
        EventFunding,
        ({"event": None}, "event", "Pilih kegiatan"),
        ({"amount_idr": "15,5"}, "amount_idr", FRACTION),
        (_nothing_left, "amount_idr",
         "Biaya kegiatan melebihi nilai rincian RK yang membiayainya. Sisanya Rp10.000.000"),
        ({"source_of_funds": "APBD"}, "allocation", "Alokasi ini berasal dari sumber dana lain"),
        (_other_activity, "activity", "Rincian ini milik alokasi lain"),
        (_funded, "source_of_funds", "Sumber dana ini sudah tercatat untuk kegiatan tersebut"),
    ),
    *cases(
        Participation,
        ({"member": None}, "member", "Pilih IKM"),
        (_already_there, "member", "IKM ini sudah menjadi peserta kegiatan tersebut"),
        ({"status": "DAFTAR"}, "status", NOT_PRESENT),
        ({"status": "TIDAK_HADIR", "cash_sales_idr": None, "transactions": None, "preorder_idr": None,
          "orders_count": None}, "followed_up_on", "Tindak lanjut hanya dicatat untuk peserta yang hadir"),
        ({"no_transaction": True}, "no_transaction",
         "Hapus tanda tidak ada transaksi, atau kosongkan penjualan dan pesanannya"),
        ({"cash_sales_idr": "0"}, "transactions", SALES_PAIR),
        ({"transactions": 0}, "transactions", SALES_PAIR),
        ({"orders_count": 0}, "orders_count", ORDERS_PAIR),
        ({"preorder_idr": "15,5"}, "preorder_idr", FRACTION),
        ({"booth_size_m2": "0"}, "booth_size_m2", "Luas stan harus lebih dari nol; kosongkan bila belum diketahui"),
        ({"followed_up_on": None}, "followed_up_on", FOLLOW_UP_PAIR),
        ({"followed_up_on": date(2023, 12, 14)}, "followed_up_on", FOLLOW_UP_DAY),
        ({"followed_up_on": FUTURE}, "followed_up_on", FOLLOW_UP_DAY),
        (lambda: {"event": make_event(status="DITUTUP", kind="KUNJUNGAN").pk}, "event", SETTLED),
        (lambda: {"event": make_event(starts_on=FUTURE, ends_on=FUTURE, status="RENCANA").pk,
                  "realised_orders_idr": None, "followed_up_on": None}, "status",
         "Kegiatan ini belum mulai, jadi belum ada yang hadir"),
    ),
    *cases(
        Attendance,
        ({"name": ""}, "name", "Isi nama orang yang hadir"),
        ({"name": "Orang\u2066contoh"}, "name", CONTROL),
        ({"pre_score": "101"}, "pre_score", PERCENT),
        ({"hours": "17"}, "hours", "Jam hadir melebihi jam pelajaran kegiatan"),
        (_present_twice, "name", "Orang ini sudah tercatat dalam daftar hadir"),
        (lambda: {"certificate_number": make_attendance(certificate_number="S-1").certificate_number},
         "certificate_number", "Nomor sertifikat ini sudah tercatat untuk orang lain"),
    ),
    *cases(
        Curation,
        ({"product": ""}, "product", "Isi produk yang dinilai"),
        ({"motif_score": "101"}, "motif_score", PERCENT),
        ({"result": "TIDAK_LOLOS"}, "reason", "Tulis alasan produk tidak lolos"),
        ({"technique": "PRINTING"}, "override_reason",
         "Kain printing tidak lolos kurasi batik. Bila tetap diloloskan, tulis alasan pengecualiannya"),
        (lambda: {"member": make_printing_member().pk}, "override_reason",
         "IKM ini hanya membuat kain printing. Bila tetap diloloskan, tulis alasan pengecualiannya"),
        (_judged, "product", "Produk ini sudah dinilai dalam kegiatan tersebut"),
    ),
    *cases(
        Order,
        ({"member": None}, "member", "Pilih IKM"),
        ({"value_idr": "0"}, "value_idr", "Nilai pesanan harus lebih dari nol"),
        ({"package_id": ""}, "package_id", "Isi ID paket e-Katalog atau SPSE"),
        ({"channel": "EKSPOR"}, "buyer_segment", "Pesanan lewat saluran ekspor memakai segmen pembeli Ekspor"),
        ({"ordered_on": FUTURE}, "ordered_on", "Tanggal pesanan belum tiba"),
        (lambda: {"event": make_event(starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 2)).pk}, "event",
         "Pesanan ini lebih tua daripada kegiatan itu; periksa tanggalnya"),
        (_package, "package_id", "Paket ini sudah tercatat untuk IKM tersebut"),
    ),
]  # fmt: skip
