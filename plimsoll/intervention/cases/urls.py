from django.urls import path

from plimsoll.intervention.cases import school_views, views

urlpatterns = [
    path("schools/<int:urn>/", school_views.of_school, name="school"),
    path("schools/<int:urn>/open/", school_views.open_case, name="open"),
    path("<int:pk>/findings/add/<str:fact>/", views.add_finding, name="finding-add"),
    path("<int:pk>/findings/<int:item>/withdraw/", views.withdraw_finding, name="finding-withdraw"),
    path("<int:pk>/discussion/", views.discussion, name="discussion"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/risk/", views.risk, name="risk"),
    path("<int:pk>/secretary-of-state/", views.block, name="block"),
]
