"""The ministry's desk: Django's admin with our titles, its models grouped by what they are for."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

#: Groups of the menu, in reading order: name of the group, its title, the apps that belong to it.
GROUPS = (
    ("review", _("Telaah"), ("submissions",)),
    ("data", _("Data"), ("centres",)),
    ("programs", _("DAK dan kegiatan"), ("programs",)),
    ("oversight", _("Pantauan"), ("changes", "axes", "procrastinate")),
    ("management", _("Pengelolaan"), ("accounts", "auth", "account", "mfa", "usersessions")),
    ("reference", _("Tabel rujukan"), ("regions",)),
    ("other", _("Lainnya"), ()),
)

#: What is asked for most stands first in its group; the rest follows by name.
FIRST = ("centre", "member", "membership", "centrefacility", "allocation", "event", "office")


class RegistryAdminSite(AdminSite):
    """Groups its models by `ModelAdmin.sidebar_group`; without one, by the group of their app."""

    site_title = _("Registri Sentra Batik")
    site_header = _("Admin Kementerian")
    index_title = _("Data dan pengelolaan registri")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        # A list may have an address of its own.
        for model in (model for app in apps for model in app["models"]):
            if address := getattr(self._registry[model["model"]], "menu_url", None):
                model["admin_url"] = reverse(address)
        return apps if app_label else grouped(apps, self.group_of)

    def group_of(self, model: type) -> str:
        """The group of a registered model."""
        by_app = {app: name for name, _title, apps in GROUPS for app in apps}
        own = getattr(self._registry[model], "sidebar_group", None)
        return own or by_app.get(model._meta.app_label, "other")  # type: ignore[attr-defined]


def grouped(apps: list[Any], group_of: Any) -> list[Any]:
    """Django's list of apps, sorted anew into our groups; groups in which the user may do nothing are left out."""
    models = sorted((model for app in apps for model in app["models"]), key=reading_order)
    groups = [
        {
            "name": title,
            "app_label": name,
            "app_url": "",
            "has_module_perms": True,
            "models": [model for model in models if group_of(model["model"]) == name],
        }
        for name, title, _apps in GROUPS
    ]
    return [group for group in groups if group["models"]]


def reading_order(model: dict[str, Any]) -> tuple[int, str]:
    name = model["model"]._meta.model_name
    return FIRST.index(name) if name in FIRST else len(FIRST), str(model["name"])
