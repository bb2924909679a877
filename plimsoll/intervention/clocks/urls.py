from django.urls import path

from plimsoll.intervention.clocks import views

urlpatterns = [
    path("owed/<int:pk>/<str:name>/", views.step, name="owed"),
]
