"""The address of the confidential note on the allocation."""

from django.urls import path

from plimsoll.visits.standing import views

urlpatterns = [path("<int:pk>/", views.standing_note, name="standing")]
