"""The profile of a centre, on paper."""

from typing import Any

from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import angka
from batik_registry.words import written
from centres.choices import Technique
from centres.models import Centre, CentreFacility, Member
from documents import kinds
from documents.papers import Facts, Paper, Section, facts_of, latest

IDENTITY = ("code", "aliases", "kinds", "commodity", "kbli_code", "operational_status", "regency", "region", "address")
HISTORY = ("decree_number", "decree_on", "established_year", "inaugurated_on", "operational_on", "closed_on")
FACILITY = ("name", "facility_type", "building_area_m2", "condition", "ipal_status", "funding_source")


def centre_profile(centre: Centre) -> Paper:
    facilities = list(centre.centrefacility_set.order_by("name", "pk"))
    members = Member.objects.in_centre(centre).active()
    changed = members.aggregate(at=Max("updated_at"))["at"]
    as_of = latest(centre, *facilities)
    return Paper(
        title=_now("Profil sentra"),
        subject=centre.name,
        number=centre.code,
        place=centre.regency.full_name,
        as_of=max(as_of, changed) if changed else as_of,
        is_sample=centre.is_sample,
        sections=[
            Section(_now("Identitas"), facts_of(centre, IDENTITY), text=centre.profile),
            Section(_now("Riwayat dan pengelolaan"), facts_of(centre, (*HISTORY, "manager_type", "programme_tags"))),
            Section(_now("IKM anggota"), _members(centre, members)),
            _facilities(facilities),
        ],
        signers=[(_now("Mengetahui, kepala dinas"), str(centre.regency.full_name))],
    )


def _members(centre: Centre, members: Any) -> Facts:
    declared = written(centre._meta.get_field("member_count_declared"), centre.member_count_declared)
    found = [(_now("Anggota aktif yang tercatat"), angka(members.count())), (_now("Menurut pernyataan"), declared)]
    counts = [(technique, members.filter(techniques__has_key=technique).count()) for technique in Technique]
    found += [(capfirst(str(technique.label)), angka(count)) for technique, count in counts if count]
    return [*found, (_now("Dengan NIB"), angka(members.with_nib().count()))]


def _facilities(facilities: list[Any]) -> Section:
    headings = [capfirst(str(CentreFacility._meta.get_field(name).verbose_name)) for name in FACILITY]
    rows = [[words for _label, words in facts_of(one, FACILITY)] for one in facilities]
    return Section(_now("Fasilitas"), headings=headings, rows=rows, figures=[2])


def register() -> None:
    kinds.register(kinds.Kind("profil-sentra", _("Profil sentra"), Centre, centre_profile))
