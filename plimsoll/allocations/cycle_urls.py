"""The addresses of the cycle pages; `urls.py` takes them in."""

from django.urls import path, register_converter

from plimsoll.allocations import cycle_views as views


class Year:
    """An academic year, like 2026-27."""

    regex = r"20[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, year: str) -> str:
        return year


register_converter(Year, "year")

urlpatterns = [
    path("cycle/", views.latest, name="cycle-latest"),
    path("cycle/open/", views.open_, name="cycle-open"),
    path("cycle/<year:year>/", views.cycle, name="cycle"),
    path("cycle/<year:year>/by/<slug:column>/", views.by, name="cycle-by"),
    path("cycle/<year:year>/counts/", views.counts, name="cycle-counts"),
    path("cycle/<year:year>/close/", views.close, name="cycle-close"),
    path("cycle/<year:year>/moderation/", views.moderation, name="moderation"),
    path("cycle/<year:year>/remind/", views.remind, name="remind-all"),
    path("cycle/<year:year>/spreadsheet/", views.spreadsheet, name="spreadsheet"),
    path("cycle/<year:year>/take-in/", views.take_in, name="take-in"),
    path("cycle/<year:year>/export/", views.export, name="cycle-export"),
]
