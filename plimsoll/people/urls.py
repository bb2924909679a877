"""Addresses of signing in: Plimsoll's own first, then allauth's, each with its permission."""

from django.urls import path

from plimsoll.people import views
from plimsoll.people.gates import gated

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("e-mails/", views.emails, name="emails"),
    path("demonstration/<int:pk>/", views.play, name="play"),
    *gated(),
]
