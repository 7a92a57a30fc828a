"""Sample submissions of the demo: what lies on an officer's and a reviewer's desk on an ordinary day.

Everything comes about by the deeds of the sample accounts, and each says "Contoh". The records are sample members, the
sample allocation, and one centre that is only proposed; no real record is proposed about. What waits has waited some
days: the clock of the deeds is set back, while the change log keeps its own.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import ExifTags, Image, ImageDraw
from pypdf import PdfWriter

from accounts.demo import TEAM
from accounts.models import User
from centres.choices import DyeType, Technique
from centres.forms import AttachmentForm
from centres.loaders import Loaded
from centres.models import Attachment, Centre, Member
from centres.models.quarterly import quarter_ends_on
from centres.records import Row
from changes.choices import Door
from changes.context import changing
from programs.choices import ReportKind
from programs.models import Allocation, ProgressReport, ReportDue
from regions.models import Region
from submissions import actions
from submissions.actions import Wish
from submissions.choices import Decision, Operation, Purpose
from submissions.models import ProposedField, Submission

NOTE = "Contoh: %s"
LATE_YEAR, LATE_QUARTER = 2024, 2


@dataclass(frozen=True)
class Scene:
    """One matter. `key` is known again by its draft's client key, so that a second start plays nothing twice."""

    key: str
    play: Callable[["Stage", str], None]


class Stage:
    """The sample accounts by the first word of their address, and the sample records."""

    def __init__(self) -> None:
        people = User.objects.filter(email__in=TEAM.values()).select_related("office")
        by_email = {user.email: user for user in people}
        if missing := set(TEAM.values()) - set(by_email):
            raise ImproperlyConfigured(f"Akun contoh belum dibuat: {', '.join(sorted(missing))}")
        self.people = {name: by_email[email] for name, email in TEAM.items()}

    def member(self, number: int) -> Member:
        """1 to 60 are of Sragen, 61 to 90 of Kota Mojokerto."""
        found: Member = Member.objects.get(pk=Row(Member, f"sample/member/{number}", {}, "").id)
        return found

    def draft(self, name: str, key: str, note: str, *wishes: Wish, **named: Any) -> Submission:
        return actions.draft(by=self.people[name], wishes=wishes, note=NOTE % note, client_key=key, **named)

    def sent(self, name: str, key: str, note: str, *wishes: Wish, days: int, **named: Any) -> Submission:
        """Sent so many days ago, and looked at since by whoever opened the queue."""
        with some_days_ago(days):
            made = self.draft(name, key, note, *wishes, **named)
            made = actions.submit(submission=made, by=self.people[name])
        actions.examine(submission=made)
        return made

    def write(self, record: Any, **values: Any) -> None:
        """What the ministry's staff change on their own pages."""
        for name, value in values.items():
            setattr(record, name, value)
        with changing(by=self.people["staf"], door=Door.ADMIN, reason=NOTE % "dibetulkan Kementerian"):
            record.save()


@contextmanager
def some_days_ago(days: int) -> Iterator[None]:
    """Within this block the deeds take the time of so many days ago."""
    moment = timezone.now() - timedelta(days=days, hours=2)

    def then() -> datetime:
        return moment

    with mock.patch.object(timezone, "now", then):
        yield


def load_submission_sample() -> Loaded:
    """Play the scenes that were not played yet. Raises `ImproperlyConfigured` outside the demo, or without accounts."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Usulan contoh hanya boleh dimuat di demo (manage.py demo).")
    stage, outcome = Stage(), Loaded()
    known = set(Submission.objects.filter(client_key__startswith="contoh/").values_list("client_key", flat=True))
    for scene in SCENES:
        if scene.key in known:
            outcome.known += 1
            continue
        with transaction.atomic():
            scene.play(stage, scene.key)
        outcome.added += 1
    return outcome


# --- the scenes -------------------------------------------------------------------------------------------------------


def _drafts(stage: Stage, key: str) -> None:
    stage.draft("sragen", key, "menunggu salinan NIB", about(stage.member(3), started_year=1996))
    wish = about(stage.member(63), brand_name="Wastra Uji (contoh)", has_workshop=True)
    stage.draft("mojokerto", f"{key}/2", "belum lengkap", wish)


def _clean(stage: Stage, key: str) -> None:
    mixed = {Technique.TULIS.value: 70, Technique.CAP.value: 30}
    wish = about(stage.member(5), brand_name="Sekar Uji (contoh)", techniques=mixed, dye_type=DyeType.MIXED)
    with_photo = stage.sent("sragen", key, "hasil kunjungan lapangan", wish, days=6)
    _attach(with_photo, _photo(), "foto-contoh.jpg", "Foto contoh: ruang kerja")
    _attach(with_photo, _paper(), "berita-acara-contoh.pdf", "Berita acara kunjungan (contoh)")
    wish = about(stage.member(65), phone="+6280000999065", capital_idr=120_000_000)
    stage.sent("mojokerto", f"{key}/2", "nomor telepon baru", wish, days=2)
    stage.sent("sragen", f"{key}/3", "alamat dilengkapi", about(stage.member(7), address="Alamat contoh baru"), days=0)


def _conflict(stage: Stage, key: str) -> None:
    member = stage.member(9)
    made = stage.sent(
        "sragen", key, "tahun mulai menurut pemilik", about(member, started_year=1999, brand_name="Arum"), days=4
    )
    stage.write(member, started_year=2001 if member.started_year != 2001 else 2002)
    actions.examine(submission=made)


def _rivals(stage: Stage, key: str) -> None:
    stage.sent("sragen", key, "jumlah modal menurut survei", about(stage.member(11), capital_idr=85_000_000), days=5)
    wish = about(stage.member(11), capital_idr=95_000_000, investment_idr=20_000_000)
    stage.sent("sragen", f"{key}/2", "jumlah modal menurut pemilik", wish, days=1)


def _broken(stage: Stage, key: str) -> None:
    """When it was sent nobody had the number; today another member has it."""
    nib = "9900000009913"
    made = stage.sent("sragen", key, "NIB dari pemilik", about(stage.member(13), nib=nib), days=3)
    stage.write(stage.member(14), nib=nib, no_nib_reason="")
    actions.examine(submission=made)


def _returned(stage: Stage, key: str) -> None:
    wish = about(stage.member(15), started_year=1991, phone="+6280000999015")
    made = stage.sent("sragen", key, "data pemilik", wish, days=9)
    fields = {one.name: one.pk for one in ProposedField.objects.filter(change__submission=made)}
    comments = {fields["started_year"]: "Contoh: lampirkan surat keterangan usaha"}
    with some_days_ago(6):
        staff = stage.people["staf"]
        actions.return_(submission=made, by=staff, reason="Contoh: bukti belum ada", comments=comments)


def _partly_approved(stage: Stage, key: str) -> None:
    wish = about(stage.member(67), brand_name="Jagad Uji (contoh)", investment_idr=45_000_000)
    made = stage.sent("mojokerto", key, "merek dan investasi", wish, days=7)
    fields = {one.name: one.pk for one in ProposedField.objects.filter(change__submission=made)}
    said = {fields["brand_name"]: Decision.ACCEPT, fields["investment_idr"]: Decision.RETURN}
    comments = {fields["investment_idr"]: "Contoh: sebutkan tahun investasinya"}
    actions.decide(
        submission=made, by=stage.people["staf"], decisions=said, comments=comments, reason="Contoh: merek diterima"
    )


def _at_the_province(stage: Stage, key: str) -> None:
    regency = Region.objects.get(code=stage.people["kediri"].office.region_id)
    latitude, longitude = regency.latitude, regency.longitude
    values = {"name": "Sentra batik Kediri (contoh)", "regency": regency, "profile": "Contoh: sentra baru"}
    values |= {"latitude": latitude, "longitude": longitude}
    new = Wish(Centre, values, operation=Operation.CREATE)
    made = stage.sent("kediri", key, "sentra baru", new, days=8)
    where = (float(latitude) + 0.004, float(longitude)) if latitude and longitude else None
    _attach(made, _photo(where), "foto-sentra-contoh.jpg", "Foto contoh: lokasi sentra")


def _from_the_centre(stage: Stage, key: str) -> None:
    """What a centre's manager sends lies with the own office first."""
    wish = about(stage.member(69), phone="+6280000999069")
    stage.sent("sentra", key, "telepon anggota sentra", wish, days=1)


def _late_report(stage: Stage, key: str) -> None:
    allocation = Allocation.objects.get(pk=Row(Allocation, f"sample/allocation/{LATE_YEAR}", {}, "").id)
    due_on = ReportDue.objects.due_on(ReportKind.PROGRESS, LATE_YEAR, LATE_QUARTER)
    values = {
        "allocation": allocation,
        "year": LATE_YEAR,
        "quarter": LATE_QUARTER,
        "absorbed_idr": 1_400_000_000,
        "physical_pct": 12,
        "output_pct": 8,
        "follow_up": "Contoh: berkas menyusul",
    }
    report = Wish(ProgressReport, values, operation=Operation.CREATE)
    day: date = due_on or quarter_ends_on(LATE_YEAR, LATE_QUARTER)
    stage.sent("mojokerto", key, "laporan terlambat", report, days=1, purpose=Purpose.REPORT, due_on=day)


SCENES = [
    Scene("contoh/konsep", _drafts),
    Scene("contoh/bersih", _clean),
    Scene("contoh/bentrok", _conflict),
    Scene("contoh/bersaing", _rivals),
    Scene("contoh/melanggar", _broken),
    Scene("contoh/dikembalikan", _returned),
    Scene("contoh/sebagian", _partly_approved),
    Scene("contoh/provinsi", _at_the_province),
    Scene("contoh/sentra", _from_the_centre),
    Scene("contoh/laporan", _late_report),
]


def about(record: Any, **values: Any) -> Wish:
    """What is wanted of a record as it stands now."""
    return Wish(type(record), values, record_id=record.pk, row_version=record.row_version)


# --- evidence ---------------------------------------------------------------------------------------------------------


def _attach(submission: Submission, content: bytes, name: str, caption: str) -> None:
    """As the portal takes a file in."""
    attachment = Attachment(record=submission)
    form = AttachmentForm({"caption": caption}, {"file": SimpleUploadedFile(name, content)}, instance=attachment)
    if not form.is_valid():
        raise ImproperlyConfigured(f"Berkas contoh ditolak: {form.errors.as_text()}")
    form.save()


def _photo(where: tuple[float, float] | None = None) -> bytes:
    """A drawing that says what it is, with the place in its metadata as a telephone would write it."""
    picture = Image.new("RGB", (960, 640), "#e8d9c0")
    draw = ImageDraw.Draw(picture)
    for left in range(0, 960, 80):
        for top in range(0, 640, 80):
            draw.ellipse((left + 12, top + 28, left + 68, top + 52), outline="#7a4a1e", width=4)
            draw.ellipse((left + 28, top + 12, left + 52, top + 68), outline="#152c52", width=4)
    draw.rectangle((260, 260, 700, 380), fill="#152c52")
    draw.text((325, 296), "FOTO CONTOH", fill="#ffffff", font_size=46)
    exif, out = Image.Exif(), io.BytesIO()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{timezone.localtime():%Y:%m:%d} 09:30:00"
    if where:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(*where))
    picture.save(out, "JPEG", exif=exif, quality=80)
    return out.getvalue()


def _gps(latitude: float, longitude: float) -> Mapping[int, Any]:
    return {
        ExifTags.GPS.GPSLatitudeRef: "S" if latitude < 0 else "N",
        ExifTags.GPS.GPSLatitude: (abs(latitude), 0.0, 0.0),
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: (longitude, 0.0, 0.0),
    }


def _paper() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(420, 595)
    writer.write(out)
    return out.getvalue()
