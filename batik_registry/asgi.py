"""The same application under ASGI, for hosts that offer nothing else."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "batik_registry.settings")
os.environ.setdefault("DATABASE_POOL", "1")

application = get_asgi_application()
