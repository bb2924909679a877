"""The addresses from which all reports are overseen."""

from django.urls import path

from plimsoll.visits.reports.oversight import coverage_views, watch_views

urlpatterns = [
    path("reports/", watch_views.reports, name="reports"),
    path("priorities/", coverage_views.priorities, name="priorities"),
]
