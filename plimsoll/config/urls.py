"""Every address of the product, slice by slice."""

from django.urls import URLPattern, URLResolver, include, path

from plimsoll.visits.diary.feed_views import feed

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("plimsoll.core.urls")),
    path("account/", include("plimsoll.people.urls")),
    path("", include("plimsoll.schools.urls")),
    path("", include("plimsoll.documents.urls")),
    path("allocations/", include("plimsoll.allocations.urls")),
    path("calendar/<str:secret>.ics", feed, name="calendar-feed"),
    path("visits/", include("plimsoll.visits.urls")),
    path("", include("plimsoll.desk.urls")),
]
