from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    name = "changes"
    verbose_name = _("Jejak perubahan")

    def ready(self) -> None:
        from batik_registry import triggers
        from batik_registry.rest import logbook
        from changes import grants
        from changes.logbook import Log
        from changes.triggers import log_triggers

        triggers.register(log_triggers)
        logbook.connect(Log())
        post_migrate.connect(grants.apply, sender=self)
