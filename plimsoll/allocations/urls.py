"""The addresses of the allocations: one school's case, the cycle, and what is held."""

from django.urls import path

from plimsoll.allocations import evidence_views, held_views, mark_views, views
from plimsoll.allocations.cycle_urls import urlpatterns as cycle

app_name = "allocations"

urlpatterns = [
    *cycle,
    path("held/<int:urn>/", held_views.held, name="held"),
    path("held/<int:urn>/download/", held_views.download, name="held-download"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/views/", views.sheet, name="views"),
    path("<int:pk>/position/", views.position, name="position"),
    path("<int:pk>/remind/", views.remind, name="remind"),
    path("<int:pk>/evidence/add/", evidence_views.add, name="evidence-add"),
    path(
        "<int:pk>/evidence/<int:item>/withdraw/",
        evidence_views.withdraw,
        name="evidence-withdraw",
    ),
    path("<int:pk>/challenge/", evidence_views.challenge, name="challenge"),
    path(
        "<int:pk>/challenge/<int:item>/",
        evidence_views.answer,
        name="challenge-answer",
    ),
    path("<int:pk>/high-risk/", mark_views.mark, name="high-risk"),
    path(
        "<int:pk>/high-risk/<int:item>/<slug:name>/",
        mark_views.step,
        name="high-risk-step",
    ),
    path("<int:pk>/review/", mark_views.ask_review, name="review"),
    path("<int:pk>/review/refuse/", mark_views.refuse_review, name="review-refuse"),
    # After every address that is spelt out: a step is called by its name.
    path("<int:pk>/<slug:name>/", views.step, name="step"),
]
