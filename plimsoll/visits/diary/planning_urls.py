"""The addresses of planning, of the diary, of the caseload and of the feed's settings."""

from django.urls import path

from plimsoll.visits.diary import planning_views

urlpatterns = [
    path("plan/<str:year>/<int:urn>/", planning_views.plan_year, name="plan-year"),
    path("plan/<str:year>/<int:urn>/one/", planning_views.plan_one, name="plan-one"),
    path(
        "plan/<str:year>/<int:urn>/one/<slug:kind>/",
        planning_views.plan_visit,
        name="plan-visit",
    ),
]
