from django.urls import path

from plimsoll.intervention.plans import judging_views, views, writing_views

urlpatterns = [
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/write/", writing_views.write, name="plan-write"),
    path("plans/<int:pk>/check/", writing_views.check, name="plan-check"),
    path("plans/<int:pk>/file/", views.send_file, name="plan-file"),
    path("plans/<int:pk>/receive/", judging_views.receive, name="plan-receive"),
    path("plans/<int:pk>/judge/<str:name>/", judging_views.judge, name="plan-judge"),
]
