"""The web server's entry point; it alone keeps a pool of database connections."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "batik_registry.settings")
os.environ.setdefault("DATABASE_POOL", "1")

application = get_wsgi_application()
