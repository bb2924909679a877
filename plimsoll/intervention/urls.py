"""Every address of the slice, room by room."""

from django.urls import include, path

app_name = "intervention"

urlpatterns = [
    path("", include("plimsoll.intervention.watch.urls")),
    path("", include("plimsoll.intervention.cases.urls")),
    path("", include("plimsoll.intervention.notices.urls")),
    path("", include("plimsoll.intervention.clocks.urls")),
    path("", include("plimsoll.intervention.bundle.urls")),
    path("", include("plimsoll.intervention.decisions.urls")),
    path("", include("plimsoll.intervention.powers.urls")),
    path("", include("plimsoll.intervention.plans.urls")),
    path("", include("plimsoll.intervention.steps.urls")),
]
