from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = _("telaah")

    def ready(self) -> None:
        from batik_registry import triggers
        from submissions.triggers import submission_triggers

        triggers.register(submission_triggers)
