"""The address that a calendar reads, and the pages of one's account that make and revoke it."""

from django.urls import path

from plimsoll.visits.diary import feed_views

urlpatterns = [
    path("calendar/<str:secret>.ics", feed_views.feed, name="calendar-feed"),
    path("account/calendar/", feed_views.settings_page, name="calendar"),
    path("account/calendar/make/", feed_views.make, name="calendar-make"),
    path("account/calendar/revoke/", feed_views.revoke, name="calendar-revoke"),
]
