"""The few regions that most tests stand on; the full data set is loaded only by the tests of `regions`."""

from regions.models import Region

PLACES = {
    "33": ("Jawa Tengah", ""),
    "33.14": ("Kabupaten Sragen", "Jawa Tengah"),
    "33.14.02": ("Plupuh", "Kabupaten Sragen, Jawa Tengah"),
    "33.14.03": ("Masaran", "Kabupaten Sragen, Jawa Tengah"),
    "35": ("Jawa Timur", ""),
    "35.16": ("Kabupaten Mojokerto", "Jawa Timur"),
    "35.71": ("Kota Kediri", "Jawa Timur"),
    "35.76": ("Kota Mojokerto", "Jawa Timur"),
    "35.76.02": ("Magersari", "Kota Mojokerto, Jawa Timur"),
    "35.76.02.1001": ("Gununggedangan", "Magersari, Kota Mojokerto, Jawa Timur"),
    "35.76.02.1009": ("Kedundung", "Magersari, Kota Mojokerto, Jawa Timur"),
}


def make_places() -> dict[str, Region]:
    """Those regions that are not there yet, by their code."""
    rows = [Region(code=code, name=name, path=path) for code, (name, path) in PLACES.items()]
    Region.objects.bulk_create(rows, ignore_conflicts=True)
    return Region.objects.in_bulk(PLACES)
