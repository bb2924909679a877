"""The addresses of what is logged between visits."""

from django.urls import path

from plimsoll.visits.contacts import call_views

urlpatterns = [
    path("calls/<int:urn>/log/", call_views.log, name="call-log"),
    path("calls/correct/<int:pk>/", call_views.correct, name="call-correct"),
]
