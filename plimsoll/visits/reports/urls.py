"""The addresses of reports: of one that is read, of writing one, of overseeing all."""

from django.urls import include, path

from plimsoll.visits.reports import step_views, views

urlpatterns = [
    path("", include("plimsoll.visits.reports.oversight.urls")),
    path("", include("plimsoll.visits.reports.writing.urls")),
    path("reports/<int:pk>/read/", views.read, name="report-read"),
    path("reports/<int:pk>/reply/", step_views.reply, name="report-reply"),
    path("reports/<int:pk>/reader/", step_views.reader, name="report-reader"),
    path("reports/<int:pk>/extend/", step_views.extend, name="report-extend"),
    path("reports/<int:pk>/step/<slug:name>/", step_views.step, name="report-step"),
]
