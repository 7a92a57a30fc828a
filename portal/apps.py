from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("portal petugas")

    def ready(self) -> None:
        from portal import digest, uploads  # noqa: F401 - the worker learns of the morning mail and the nightly clearing
