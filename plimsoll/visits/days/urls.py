"""The addresses of the ledger across schools, and of what changes a school's."""

from django.urls import path

from plimsoll.visits.days import views

urlpatterns = [
    path("", views.across_schools, name="ledger"),
    path("<str:year>/export/", views.export, name="export"),
    path("<str:year>/<int:urn>/<slug:act>/", views.change, name="change"),
]
