from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("dokumen")

    def ready(self) -> None:
        from batik_registry import triggers
        from documents.triggers import document_triggers

        triggers.register(document_triggers)
