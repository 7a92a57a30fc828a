"""Amounts in words, as on a receipt: 15500000000 is "lima belas miliar lima ratus juta rupiah"."""

ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
SCALES = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")


def terbilang(amount: int) -> str:
    """The whole number below 10^18 in Indonesian words."""
    if amount == 0:
        return "nol"
    parts = []
    for power, scale in enumerate(SCALES):
        group = amount // 1000**power % 1000
        if group == 1 and scale == "ribu":
            parts.append("seribu")
        elif group:
            parts.append(f"{_below_thousand(group)} {scale}".strip())
    return " ".join(reversed(parts))


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = ["seratus" if hundreds == 1 else f"{ONES[hundreds]} ratus"] if hundreds else []
    if rest < 12:
        words.append(ONES[rest])
    elif rest < 20:
        words.append(f"{ONES[rest - 10]} belas")
    else:
        words += [f"{ONES[rest // 10]} puluh", ONES[rest % 10]]
    return " ".join(filter(None, words))
