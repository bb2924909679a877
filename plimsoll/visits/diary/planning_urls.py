"""The addresses of the diary, of planning and of the caseload."""

from django.urls import path

from plimsoll.visits.diary import caseload_views, planning_list_views, planning_views

urlpatterns = [
    path("", planning_list_views.diary, name="diary"),
    path("plan/<str:year>/<int:urn>/", planning_views.plan_year, name="plan-year"),
    path("plan/<str:year>/<int:urn>/one/", planning_views.plan_one, name="plan-one"),
    path(
        "plan/<str:year>/<int:urn>/one/<slug:kind>/",
        planning_views.plan_visit,
        name="plan-visit",
    ),
    path("caseload/", caseload_views.across_partners, name="caseload"),
]
