from django.urls import path

from programs import views

app_name = "programs"

urlpatterns = [
    path("", views.index, name="worklists"),
    path("<slug:name>/", views.worklist, name="worklist"),
    path("<slug:name>/unduh/", views.download, name="worklist_download"),
]
