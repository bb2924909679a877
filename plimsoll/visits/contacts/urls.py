"""The addresses of what is logged between visits."""

from django.urls import path

from plimsoll.visits.contacts import call_views, inspection_views

urlpatterns = [
    path("calls/<int:urn>/log/", call_views.log, name="call-log"),
    path("calls/correct/<int:pk>/", call_views.correct, name="call-correct"),
    path("inspections/<int:urn>/log/", inspection_views.log, name="inspection-log"),
    path("inspections/<int:pk>/", inspection_views.inspection, name="inspection"),
    path("inspections/<int:pk>/<slug:name>/", inspection_views.step, name="inspection-step"),
]
