"""Every address of the slice, room by room."""

from django.urls import include, path

app_name = "visits"

urlpatterns = [
    path("days/", include("plimsoll.visits.days.urls")),
    path("reports/", include("plimsoll.visits.reports.urls")),
    path("", include("plimsoll.visits.contacts.urls")),
]
