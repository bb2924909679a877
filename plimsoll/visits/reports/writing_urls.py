"""The addresses of writing a report, by its visit."""

from django.urls import path

from plimsoll.visits.reports import writing_views as writing

urlpatterns = [
    path("<int:pk>/report/", writing.write, name="report"),
    path("<int:pk>/report/check/", writing.check, name="report-review"),
    path("attachments/<int:pk>/", writing.attachment, name="report-attachment"),
]
