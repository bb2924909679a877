from django.urls import path

from plimsoll.intervention.powers import record_views, views

urlpatterns = [
    path("<int:pk>/powers/", views.powers, name="powers"),
    path("<int:pk>/powers/bar/", record_views.bar, name="powers-bar"),
    path("<int:pk>/powers/period/", record_views.period, name="powers-period"),
    path("<int:pk>/powers/propose/<str:power>/", views.propose, name="power-propose"),
    path("powers/<int:pk>/", views.power, name="power"),
    path("powers/<int:pk>/consult/", record_views.consult, name="power-consult"),
    path("powers/<int:pk>/secretary-of-state/", record_views.secretary, name="power-secretary"),
    path("powers/<int:pk>/copies/", record_views.copies, name="power-copies"),
    path("powers/<int:pk>/steps/<str:name>/", views.step, name="power-step"),
]
