from django.urls import path

from plimsoll.intervention.bundle import hold_views, views

urlpatterns = [
    path("<int:pk>/bundle/", views.bundles, name="bundles"),
    path("<int:pk>/bundle/<int:item>/", views.bundle, name="bundle"),
    path("<int:pk>/bundle/<int:item>/leave-out/", views.leave_out, name="bundle-leave-out"),
    path("<int:pk>/bundle/<int:item>/black-out/", views.black_out, name="bundle-black-out"),
    path("<int:pk>/bundle/<int:item>/make/", views.make, name="bundle-make"),
    path("<int:pk>/bundle/<int:item>/drop/", views.drop, name="bundle-drop"),
    path("<int:pk>/bundle/<int:item>/zip/", views.download, name="bundle-zip"),
    path("<int:pk>/hold/", hold_views.place, name="hold"),
    path("holds/<int:pk>/lift/", hold_views.lift, name="hold-lift"),
]
