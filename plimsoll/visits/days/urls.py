"""The addresses of the ledger across schools, and of what changes a school's."""

from django.urls import path

from plimsoll.visits.days import budget_views, views

urlpatterns = [
    path("", views.across_schools, name="ledger"),
    path("<str:year>/export/", views.export, name="export"),
    path("<str:year>/budget/<slug:funding>/", budget_views.budget, name="budget"),
    path("<str:year>/<int:urn>/<slug:act>/", views.change, name="change"),
]
