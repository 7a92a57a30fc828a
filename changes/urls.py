from django.urls import path

from changes import views

app_name = "changes"

urlpatterns = [
    path("<str:label>/<str:record_id>/", views.history, name="history"),
    path("<str:label>/<str:record_id>/buka-data-pribadi/", views.uncover, name="uncover"),
]
