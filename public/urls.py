"""The public site. Filters live in the query, so that a list can be bookmarked and mailed."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from public.views import centres, data, events, statistics

app_name = "public"

to_directory = RedirectView.as_view(pattern_name="public:directory", query_string=True, permanent=True)

urlpatterns = [
    path("", centres.directory, name="directory"),
    path("sentra/", login_not_required(to_directory), name="centres"),
    re_path(r"^sentra/(?P<key>SB-\d{4}-\d{3,}[-\w]*)/$", centres.centre, name="centre"),
    path("provinsi/<slug:slug>/", centres.province, name="province"),
    path("kegiatan/", events.events, name="events"),
    path("kegiatan.ics", events.calendar, name="calendar"),
    re_path(r"^kegiatan/(?P<key>K-\d{4}-\d+-\d+)\.ics$", events.calendar, name="event_calendar"),
    re_path(r"^kegiatan/(?P<key>K-\d{4}-\d+-\d+[-\w]*)/$", events.event, name="event"),
    path("statistik/", statistics.statistics, name="statistics"),
    path("data/", data.data, name="data"),
    path("data/katalog.jsonld", data.dcat, name="catalogue"),
    re_path(r"^data/(?P<name>[a-z]+)\.(?P<form>[a-z]+)$", data.file, name="file"),
    path("sitemap.xml", data.sitemap, name="sitemap"),
    path("robots.txt", data.robots, name="robots"),
]
