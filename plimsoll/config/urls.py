"""Every address of the product, slice by slice."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("plimsoll.core.urls")),
    path("", include("plimsoll.visits.diary.feed_urls")),
    path("account/", include("plimsoll.people.urls")),
    path("", include("plimsoll.schools.urls")),
    path("", include("plimsoll.documents.urls")),
    path("allocations/", include("plimsoll.allocations.urls")),
    path("visits/", include("plimsoll.visits.urls")),
    path("concern/", include("plimsoll.intervention.urls")),
    path("", include("plimsoll.desk.urls")),
]
