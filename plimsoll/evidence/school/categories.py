"""The schools that Ofsted's last inspection with grades placed in a category of concern."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from plimsoll.evidence.eras import CATEGORIES, Status
from plimsoll.evidence.models import Inspection
from plimsoll.evidence.school.history import WITH_GRADES


def in_category(until: date) -> QuerySet[Inspection]:
    """The inspection of each, as known on a day.

    Under the school's own URN: a category ends with the school that was placed in it, so
    that a predecessor's is none of the school that followed it.
    """
    graded = Inspection.objects.filter(kind__in=WITH_GRADES, starts__lte=until)
    later = graded.filter(urn=OuterRef("urn"), starts__gt=OuterRef("starts"))
    placed = graded.filter(category__in=CATEGORIES, category_status=Status.GRADED)
    return placed.exclude(Exists(later))
