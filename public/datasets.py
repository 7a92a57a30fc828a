"""The open data sets: the same rows and fields as the pages, as files for spreadsheets, maps and programs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batik_registry.rest import exports, places
from batik_registry.rest.documents import JSON, Column, Row, documents_in_parts
from batik_registry.rest.formats import MEDIA_TYPES, of_a_list
from batik_registry.rest.workbooks import workbook
from centres.models import Centre, CentreFacility
from programs.models import Event
from public import records
from public.records import FIELDS


@dataclass(frozen=True)
class Dataset:
    name: str
    title: str | Promise
    description: str | Promise
    model: type[Any]
    rows: Callable[[], Any]

    @property
    def columns(self) -> dict[str, Column]:
        return {name: self.model._meta.get_field(name) for name in FIELDS[self.model]}

    @property
    def formats(self) -> list[str]:
        return [name for name in of_a_list(self.columns) if name != "json"]

    @property
    def changed_at(self) -> Any:
        """When the newest of its rows was changed; None while it is empty."""
        return self.rows().order_by("-updated_at").values_list("updated_at", flat=True).first()

    def written(self, form: str) -> bytes:
        """The whole set as a file of this format."""
        return b"".join(WRITERS[form](self))

    def parts(self, whole: str = JSON) -> Iterator[list[Row]]:
        rows = self.rows().order_by("pk").select_related(None)
        return documents_in_parts(rows, self.columns, whole=whole)

    def dictionary(self) -> list[tuple[str, Any]]:
        """Each column with its model field, for the page that explains them."""
        return list(self.columns.items())


def _csv(data: Dataset) -> Iterator[bytes]:
    yield from exports.csv(data.columns, data.parts(exports.csv_line(data.columns)))


def _ndjson(data: Dataset) -> Iterator[bytes]:
    yield from exports.ndjson(data.parts())


def _xlsx(data: Dataset) -> Iterator[bytes]:
    about = [(_("Isi"), str(data.title)), (_("Keterangan"), str(data.description))]
    with workbook(data.columns, data.parts(), about) as file:
        yield file.read()


def _geojson(data: Dataset) -> Iterator[bytes]:
    names = [name for name in data.columns if name not in ("id", "latitude", "longitude")]
    found = (places.feature(row.text, None, names) for part in data.parts() for row in part)
    yield f'{{"type":"FeatureCollection","features":[{",".join(found)}]}}'.encode()


WRITERS = {"csv": _csv, "xlsx": _xlsx, "geojson": _geojson, "ndjson": _ndjson}

DATASETS = {
    one.name: one
    for one in (
        Dataset(
            "sentra",
            gettext_lazy("Sentra batik"),
            gettext_lazy("Sentra industri batik yang sudah divalidasi, satu baris tiap sentra"),
            Centre,
            records.centres,
        ),
        Dataset(
            "fasilitas",
            gettext_lazy("Fasilitas sentra"),
            gettext_lazy("Bangunan dan fasilitas sentra batik yang sudah divalidasi"),
            CentreFacility,
            records.facilities,
        ),
        Dataset(
            "kegiatan",
            gettext_lazy("Kegiatan"),
            gettext_lazy("Pameran, pelatihan, dan kegiatan lain bagi IKM batik yang sudah divalidasi"),
            Event,
            records.events,
        ),
    )
}


def media_type(form: str) -> str:
    return MEDIA_TYPES[form]
