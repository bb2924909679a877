from django.urls import path

from plimsoll.intervention.steps import views

urlpatterns = [
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/steps/<str:name>/", views.step, name="step"),
]
