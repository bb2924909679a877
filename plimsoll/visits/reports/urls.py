"""The addresses of reports."""

from django.urls import path

from plimsoll.visits.reports import views

urlpatterns = [
    path("<int:pk>/read/", views.read, name="report-read"),
]
