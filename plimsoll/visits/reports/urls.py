"""The addresses of reports."""

from django.urls import path

from plimsoll.visits.reports import standing_views, step_views, views, watch_views

urlpatterns = [
    path("", watch_views.reports, name="reports"),
    path("standing/<int:pk>/", standing_views.standing_note, name="standing"),
    path("<int:pk>/read/", views.read, name="report-read"),
    path("<int:pk>/reply/", step_views.reply, name="report-reply"),
    path("<int:pk>/reader/", step_views.reader, name="report-reader"),
    path("<int:pk>/extend/", step_views.extend, name="report-extend"),
    path("<int:pk>/step/<slug:name>/", step_views.step, name="report-step"),
]
