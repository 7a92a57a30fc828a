from django.urls import path

from submissions import views

app_name = "submissions"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("<uuid:pk>/", views.review, name="review"),
    path("<uuid:pk>/batalkan/", views.propose_reversal, name="reverse"),
]
