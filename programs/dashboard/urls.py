from django.urls import path

from programs.dashboard import views

app_name = "dashboard"

urlpatterns = [
    path("", views.board, name="board"),
    path("<slug:name>/", views.figure, name="figure"),
    path("<slug:name>/unduh/", views.download, name="download"),
]
