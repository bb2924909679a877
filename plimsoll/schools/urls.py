"""Addresses of the people of the service and of each school."""

from django.urls import path

from plimsoll.schools import views

app_name = "schools"

urlpatterns = [
    path("people/", views.people_list, name="people-list"),
    path("people/invite/", views.invite, name="invite"),
    path("people/invitations/<int:pk>/again/", views.invite_again, name="invite-again"),
    path("people/invitations/<int:pk>/withdraw/", views.invite_withdraw, name="invite-withdraw"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/appoint/", views.appoint, name="appoint"),
    path("people/<int:pk>/end-access/", views.end_access, name="end-access"),
    path("people/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("people/<int:pk>/end-sessions/", views.end_sessions, name="end-sessions"),
    path("assignments/<int:pk>/end/", views.end, name="end"),
    path("assignments/<int:pk>/hand-over/", views.hand_over, name="hand-over"),
    path("assignments/<int:pk>/cover/", views.cover, name="cover"),
    path("assignments/<int:pk>/declare/", views.declare, name="declare"),
    path("schools/<int:urn>/people/", views.at_school, name="people"),
    path("schools/<int:urn>/people/delegate/", views.delegate, name="delegate"),
    path("account/", views.mine, name="mine"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
