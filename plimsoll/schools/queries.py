"""Reads of the register that are worth a name."""

from collections.abc import Iterable

from plimsoll.schools.models import School, SchoolLink


def urns_of_authorities(las: Iterable[str]) -> set[int]:
    """The schools of these authorities, and those that the register links to them."""
    own = set(School.objects.filter(la__in=[int(la) for la in las]).values_list("urn", flat=True))
    linked = SchoolLink.objects.filter(urn__in=own).values_list("other", flat=True)
    return own | set(linked)
