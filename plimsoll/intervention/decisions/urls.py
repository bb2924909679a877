from django.urls import path

from plimsoll.intervention.decisions import views

urlpatterns = [
    path("<int:pk>/decisions/add/", views.add, name="decision-add"),
    path("decisions/<int:pk>/supersede/", views.supersede, name="decision-supersede"),
    path("decisions/<int:pk>/told/", views.told, name="decision-told"),
]
