"""Every address of the slice, room by room."""

from django.urls import include, path

app_name = "visits"

urlpatterns = [
    path("days/", include("plimsoll.visits.days.urls")),
<<<<<<< HEAD
    path("reports/", include("plimsoll.visits.reports.urls")),
=======
    path("", include("plimsoll.visits.contacts.urls")),
>>>>>>> 0185c00 (Log a call in a minute from any page of a school, and show it beside the visits, for the service)
]
