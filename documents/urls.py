from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("", views.find, name="find"),
    path("terbitkan/<slug:slug>/<uuid:pk>/", views.issue, name="issue"),
    path("<slug:code>/", views.check, name="check"),
    path("<slug:code>/berkas/", views.download, name="file"),
]
