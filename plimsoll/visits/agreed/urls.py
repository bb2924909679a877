"""The addresses of what was agreed with a school."""

from django.urls import path

from plimsoll.visits.agreed import views

urlpatterns = [
    path("actions/<int:urn>/", views.actions, name="actions"),
    path("action/<int:pk>/", views.action, name="action"),
    path("action/<int:pk>/<slug:name>/", views.step, name="action-step"),
]
