"""The addresses of safeguarding worries."""

from django.urls import path

from plimsoll.visits.worries import views

urlpatterns = [
    path("", views.all_worries, name="worries"),
    path("<int:pk>/", views.worry, name="worry"),
    path("raise/<int:urn>/", views.raise_worry, name="worry-raise"),
]
