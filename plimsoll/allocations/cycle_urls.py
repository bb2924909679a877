"""The addresses of the cycle pages; `urls.py` takes them in."""

from django.urls import path

from plimsoll.allocations import cycle_views as views

urlpatterns = [
    path("cycle/", views.latest, name="cycle-latest"),
    path("cycle/open/", views.open_, name="cycle-open"),
    path("cycle/<str:year>/", views.cycle, name="cycle"),
    path("cycle/<str:year>/by/<str:column>/", views.by, name="cycle-by"),
    path("cycle/<str:year>/close/", views.close, name="cycle-close"),
    path("cycle/<str:year>/moderation/", views.moderation, name="moderation"),
    path("cycle/<str:year>/remind/", views.remind, name="remind-all"),
    path("cycle/<str:year>/spreadsheet/", views.spreadsheet, name="spreadsheet"),
    path("cycle/<str:year>/take-in/", views.take_in, name="take-in"),
    path("cycle/<str:year>/export/", views.export, name="cycle-export"),
]
