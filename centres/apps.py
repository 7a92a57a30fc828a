from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CentresConfig(AppConfig):
    name = "centres"
    verbose_name = _("sentra dan IKM")

    def ready(self) -> None:
        from batik_registry import triggers
        from centres import papers
        from centres.imports import register_layouts
        from centres.models.fact import preference_triggers
        from centres.proposals import register_kinds

        triggers.register(preference_triggers)
        register_kinds()
        register_layouts()
        papers.register()
