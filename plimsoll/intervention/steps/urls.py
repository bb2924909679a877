from django.urls import path

from plimsoll.intervention.steps import told_views, views

urlpatterns = [
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/told/", told_views.told, name="told"),
    path("<int:pk>/steps/<str:name>/", views.step, name="step"),
]
