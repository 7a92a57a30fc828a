from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("DAK dan kegiatan")

    def ready(self) -> None:
        from programs import papers
        from programs.imports import register_layouts
        from programs.proposals import register_kinds

        register_kinds()
        register_layouts()
        papers.register()
