"""The addresses of the diary, of planning and of the caseload."""

from django.urls import path

from plimsoll.visits.planning import caseload_views, views, weeks_views

urlpatterns = [
    path("", weeks_views.diary, name="diary"),
    path("plan/<str:year>/<int:urn>/", views.plan_year, name="plan-year"),
    path("plan/<str:year>/<int:urn>/one/", views.plan_one, name="plan-one"),
    path(
        "plan/<str:year>/<int:urn>/one/<slug:kind>/",
        views.plan_visit,
        name="plan-visit",
    ),
    path("caseload/", caseload_views.across_partners, name="caseload"),
]
