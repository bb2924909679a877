"""The addresses of termly summaries: of one school, and of all schools of a term."""

from django.urls import path

from plimsoll.visits.summaries import many_views, school_views, term_views

urlpatterns = [
    path("", term_views.latest, name="summaries"),
    path("<int:pk>/", school_views.summary, name="summary"),
    path("<int:pk>/amend/", school_views.amend, name="summary-amend"),
    path("<int:pk>/do/<slug:name>/", school_views.step, name="summary-step"),
    path("<str:year>/<str:term>/", term_views.term, name="summaries-term"),
    path("<str:year>/<str:term>/compose/", term_views.compose, name="summaries-compose"),
    path("<str:year>/<str:term>/sign/", many_views.sign, name="summaries-sign"),
    path("<str:year>/<str:term>/issue/", many_views.issue, name="summaries-issue"),
]
