"""Every address of the slice, room by room."""

from django.urls import include, path

from plimsoll.visits.diary import preparing_views, private_views
from plimsoll.visits.diary import views as diary

app_name = "visits"

urlpatterns = [
    path("", include("plimsoll.visits.planning.urls")),
    path("days/", include("plimsoll.visits.days.urls")),
    path("reports/standing/", include("plimsoll.visits.standing.urls")),
    path("", include("plimsoll.visits.reports.urls")),
    path("", include("plimsoll.visits.agreed.urls")),
    path("worries/", include("plimsoll.visits.worries.urls")),
    path("summaries/", include("plimsoll.visits.summaries.urls")),
    path("", include("plimsoll.visits.contacts.urls")),
    path("private/<str:year>/", private_views.across, name="private"),
    path("<int:pk>/prepare/", preparing_views.prepare, name="prepare"),
    # After every address that is spelt out: a step is called by its name.
    path("<int:pk>/<slug:name>/", diary.step, name="visit-step"),
]
