"""What always holds between the columns of a participation, and what counts as a result."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.choices import ParticipationStatus

#: The figures of which one is enough to say what came of a participation; zero is a figure too.
RESULT_FIGURES = ("cash_sales_idr", "transactions", "preorder_idr", "orders_count", "contacts", "buyers_matched")
HAS_FIGURE = reduce(or_, (Q(**{f"{name}__isnull": False}) for name in RESULT_FIGURES))
HAS_RESULT = Q(no_transaction=True) | HAS_FIGURE | ~Q(outcome="")
NOTHING_SOLD = Q(cash_sales_idr=None) | Q(cash_sales_idr=0)
NOTHING_ORDERED = Q(preorder_idr=None) | Q(preorder_idr=0)
NO_DEALS = (Q(transactions=None) | Q(transactions=0)) & (Q(orders_count=None) | Q(orders_count=0))


def both_or_none(name: str, money: str, count: str, message: Any) -> models.CheckConstraint:
    """An amount and the number of deals behind it are both zero or both more, where both are known."""
    unknown = Q(**{money: None}) | Q(**{count: None})
    agree = Q(**{money: 0, count: 0}) | Q(**{f"{money}__gt": 0, f"{count}__gt": 0})
    return models.CheckConstraint(
        name=f"programs_participation_{name}",
        condition=unknown | agree,
        violation_error_message=message,
        violation_error_code=count,
    )


PARTICIPATION_CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["event", "member"],
        name="programs_participation_once",
        violation_error_message=_("IKM ini sudah menjadi peserta kegiatan tersebut"),
        violation_error_code="member",
    ),
    models.CheckConstraint(
        name="programs_participation_result_of_present",
        condition=Q(status=ParticipationStatus.ATTENDED) | ~(HAS_RESULT | Q(products_shown__isnull=False)),
        violation_error_message=_("Hasil hanya dicatat untuk peserta yang hadir; ubah statusnya menjadi Hadir"),
        violation_error_code="status",
    ),
    models.CheckConstraint(
        name="programs_participation_no_transaction",
        condition=Q(no_transaction=False) | (NOTHING_SOLD & NOTHING_ORDERED & NO_DEALS),
        violation_error_message=_("Hapus tanda tidak ada transaksi, atau kosongkan penjualan dan pesanannya"),
        violation_error_code="no_transaction",
    ),
    both_or_none(
        "sales_pair",
        "cash_sales_idr",
        "transactions",
        _("Penjualan langsung dan jumlah transaksi harus sama-sama nol atau sama-sama lebih dari nol"),
    ),
    both_or_none(
        "orders_pair",
        "preorder_idr",
        "orders_count",
        _("Nilai pesanan dan jumlah pesanan harus sama-sama nol atau sama-sama lebih dari nol"),
    ),
    models.CheckConstraint(
        name="programs_participation_booth",
        condition=Q(booth_size_m2=None) | Q(booth_size_m2__gt=0),
        violation_error_message=_("Luas stan harus lebih dari nol; kosongkan bila belum diketahui"),
        violation_error_code="booth_size_m2",
    ),
    models.CheckConstraint(
        name="programs_participation_follow_up_pair",
        condition=Q(realised_orders_idr=None, followed_up_on=None)
        | Q(realised_orders_idr__isnull=False, followed_up_on__isnull=False),
        violation_error_message=_("Pesanan yang terwujud dan tanggal menanyakannya harus diisi bersama"),
        violation_error_code="followed_up_on",
    ),
    models.CheckConstraint(
        name="programs_participation_follow_up_of_present",
        condition=Q(followed_up_on=None) | Q(status=ParticipationStatus.ATTENDED),
        violation_error_message=_("Tindak lanjut hanya dicatat untuk peserta yang hadir"),
        violation_error_code="followed_up_on",
    ),
]
