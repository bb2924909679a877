"""The addresses of writing a report, by its visit, and of the actions that come of it."""

from django.urls import path

from plimsoll.visits.reports import actions_views as actions
from plimsoll.visits.reports import coverage_views as coverage
from plimsoll.visits.reports import writing_views as writing

urlpatterns = [
    path("<int:pk>/report/", writing.write, name="report"),
    path("<int:pk>/report/check/", writing.check, name="report-review"),
    path("attachments/<int:pk>/", writing.attachment, name="report-attachment"),
    path("priorities/", coverage.priorities, name="priorities"),
    path("actions/<int:urn>/", actions.actions, name="actions"),
    path("action/<int:pk>/", actions.action, name="action"),
    path("action/<int:pk>/<slug:name>/", actions.step, name="action-step"),
]
