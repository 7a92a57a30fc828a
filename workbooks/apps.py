from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkbooksConfig(AppConfig):
    name = "workbooks"
    verbose_name = _("berkas Excel")

    def ready(self) -> None:
        from workbooks import tasks  # noqa: F401 - the worker learns of the checks
