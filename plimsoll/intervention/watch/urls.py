from django.urls import path

from plimsoll.intervention.watch import views

urlpatterns = [
    path("", views.watch, name="watch"),
    path("watch-list.csv", views.export, name="watch-export"),
]
