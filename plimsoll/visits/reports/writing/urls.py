"""The addresses at which a report is written, by its visit."""

from django.urls import path

from plimsoll.visits.reports.writing import views

urlpatterns = [
    path("<int:pk>/report/", views.write, name="report"),
    path("<int:pk>/report/check/", views.check, name="report-review"),
    path("attachments/<int:pk>/", views.attachment, name="report-attachment"),
]
