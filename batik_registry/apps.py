from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BatikRegistryConfig(AppConfig):
    name = "batik_registry"
    verbose_name = "Registri Sentra Batik"

    def ready(self) -> None:
        import batik_registry.rest.models  # noqa: F401 - Django looks for models here only
        from batik_registry import triggers
        from batik_registry.models import record_triggers

        triggers.register(record_triggers)
        post_migrate.connect(triggers.install, sender=self)
