from django.urls import path

from centres import views

app_name = "centres"

urlpatterns = [
    path("berkas/<uuid:pk>/", views.attachment, name="attachment"),
    path("berkas/<uuid:pk>/kecil/", views.attachment, {"small": True}, name="attachment_thumbnail"),
]
