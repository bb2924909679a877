from django.urls import path

from plimsoll.intervention.notices import delivery_views, drafting_views, views

urlpatterns = [
    path("<int:pk>/notices/add/<str:kind>/", drafting_views.start, name="notice-add"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/write/", drafting_views.write, name="notice-write"),
    path("notices/<int:pk>/steps/<str:name>/", views.step, name="notice-step"),
    path("notices/<int:pk>/recipients/add/", delivery_views.add, name="recipient-add"),
    path("notices/<int:pk>/recipients/correct/", delivery_views.correct, name="recipient-correct"),
    path("recipients/<int:pk>/remove/", delivery_views.remove, name="recipient-remove"),
    path("recipients/<int:pk>/", delivery_views.record, name="recipient-record"),
]
