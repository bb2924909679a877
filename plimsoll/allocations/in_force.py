"""The bands that stand, school by school, as rows to be narrowed further (S1, S7)."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from plimsoll.allocations.models import Allocation, PastBand


def concluded() -> QuerySet[Allocation]:
    """Those of which the school has heard: nobody reads a band here before it has."""
    heard = Allocation.objects.filter(concluded_at__isnull=False, heard_at__isnull=False)
    return heard.exclude(band="")


def standing() -> QuerySet[Allocation]:
    """The one allocation at each school whose band is in force."""
    latest = concluded().filter(school=OuterRef("school")).order_by("-concluded_at", "-pk")
    return concluded().filter(pk=Subquery(latest.values("pk")[:1]))


def brought_in() -> QuerySet[PastBand]:
    """The bands from before Plimsoll that nothing has taken the place of yet."""
    of_school = {"school": OuterRef("school")}
    newer = PastBand.objects.filter(**of_school, year__gt=OuterRef("year"))
    return PastBand.objects.exclude(Exists(newer)).exclude(Exists(concluded().filter(**of_school)))
