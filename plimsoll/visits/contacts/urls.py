"""The addresses of what is logged between visits."""

from django.urls import path

from plimsoll.visits.contacts import call_views, inspection_views, liaison_views, quiet_views

urlpatterns = [
    path("calls/<int:urn>/log/", call_views.log, name="call-log"),
    path("calls/correct/<int:pk>/", call_views.correct, name="call-correct"),
    path("inspections/<int:urn>/log/", inspection_views.log, name="inspection-log"),
    path("inspections/<int:pk>/", inspection_views.inspection, name="inspection"),
    path("inspections/<int:pk>/<slug:name>/", inspection_views.step, name="inspection-step"),
    path("liaison/<int:urn>/log/", liaison_views.log, name="liaison-log"),
    path("liaison/correct/<int:pk>/", liaison_views.correct, name="liaison-correct"),
    path("rise/<int:urn>/record/", liaison_views.record_rise, name="rise-record"),
    path("trusts/<int:uid>/", liaison_views.trust, name="trust"),
    path("trusts/<int:uid>/liaison/log/", liaison_views.log_of_trust, name="trust-liaison"),
    path("quiet/", quiet_views.without_contact, name="quiet"),
]
