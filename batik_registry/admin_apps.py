from django.contrib.admin.apps import AdminConfig


class RegistryAdminConfig(AdminConfig):
    """Stands in INSTALLED_APPS instead of django.contrib.admin, so that its site is ours."""

    default_site = "batik_registry.admin_site.RegistryAdminSite"
