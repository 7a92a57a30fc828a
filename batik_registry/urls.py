"""The roof: which address leads to which room."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from batik_registry import views

handler404 = views.not_found

urlpatterns = [
    *i18n_patterns(path("", include("public.urls")), prefix_default_language=False),
    path("akun/beranda/", views.home, name="home"),
    path("", include("accounts.urls")),
    path("", include("centres.urls")),
    path("api/", include("batik_registry.api")),
    path("dokumen/", include("documents.urls")),
    path("portal/", include("portal.urls")),
    path("admin/riwayat/", include("changes.urls")),
    path("admin/telaah/", include("submissions.urls")),
    path("admin/dasbor/", include("programs.dashboard.urls")),
    path("admin/daftar/", include("programs.urls")),
    path("admin/", admin.site.urls),
    path("bahasa/", set_language, name="set_language"),
    path("hidup/", login_not_required(views.alive), name="alive"),
    path("metrics", include("changes.metrics")),
    path("siap/", login_not_required(views.ready), name="ready"),
    path("favicon.ico", login_not_required(RedirectView.as_view(url="/static/img/mark.svg")), name="favicon"),
]
