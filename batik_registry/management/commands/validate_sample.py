"""Give the demo's centres and events the ministry's last word, so that its public site has something to show."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.demo import TEAM
from accounts.models import User
from batik_registry.models import VerificationStatus
from centres.actions import validate
from centres.models import Centre, CentreFacility
from changes.choices import Door
from changes.context import changing
from programs.models import Event


class Command(BaseCommand):
    help = "Menandai sentra, fasilitas, dan kegiatan demo sebagai tervalidasi. Hanya di demo."

    def handle(self, *args: Any, **options: Any) -> None:
        staff = User.objects.get(email=TEAM["staf"])
        with changing(by=staff, door=Door.COMMAND, reason="Data contoh untuk situs publik"):
            for model in (Centre, CentreFacility, Event):
                validate(rows=model.objects.filter(verification_status=VerificationStatus.DRAFT), by=staff)
