"""The addresses of safeguarding worries."""

from django.urls import path

from plimsoll.visits.reports import worry_views

urlpatterns = [
    path("", worry_views.all_worries, name="worries"),
    path("<int:pk>/", worry_views.worry, name="worry"),
    path("raise/<int:urn>/", worry_views.raise_worry, name="worry-raise"),
]
