"""The kinds of school that are compared with one another."""

from typing import Final

from django.db.models import Q

from plimsoll.schools.models import School
from plimsoll.schools.types import Phase

PRIMARY, SECONDARY, SPECIAL, ALTERNATIVE = "primary", "secondary", "special", "alternative"
NURSERY, POST_16, ALL_THROUGH = "nursery", "post-16", "all-through"
GROUPS: Final = {
    NURSERY: "nursery schools",
    PRIMARY: "primary schools",
    SECONDARY: "secondary schools",
    ALL_THROUGH: "all-through schools",
    POST_16: "sixth-form schools and colleges",
    SPECIAL: "special schools",
    ALTERNATIVE: "alternative provision",
}
_SPECIAL_TYPES: Final = frozenset({"07", "08", "10", "12", "32", "33", "36", "44"})
_ALTERNATIVE_TYPES: Final = frozenset({"14", "38", "42", "43"})
_BY_PHASE: Final = {
    Phase.NURSERY: NURSERY,
    Phase.PRIMARY: PRIMARY,
    Phase.MIDDLE_PRIMARY: PRIMARY,
    Phase.SECONDARY: SECONDARY,
    Phase.MIDDLE_SECONDARY: SECONDARY,
    Phase.POST_16: POST_16,
    Phase.ALL_THROUGH: ALL_THROUGH,
}


def group_of(type_code: str, phase: str) -> str:
    """The kind of school that a school is compared with; "" when nothing fits.

    >>> group_of("07", "not-applicable"), group_of("34", "secondary")
    ('special', 'secondary')
    """
    if type_code in _SPECIAL_TYPES:
        return SPECIAL
    if type_code in _ALTERNATIVE_TYPES:
        return ALTERNATIVE
    return next((group for known, group in _BY_PHASE.items() if known == phase), "")


def of_group(group: str) -> Q:
    """The schools of one kind, as a condition of a query."""
    if group == SPECIAL:
        return Q(type__in=_SPECIAL_TYPES)
    if group == ALTERNATIVE:
        return Q(type__in=_ALTERNATIVE_TYPES)
    phases = [phase for phase, of in _BY_PHASE.items() if of == group]
    return Q(phase__in=phases) & ~Q(type__in=_SPECIAL_TYPES | _ALTERNATIVE_TYPES)


def of_kind(measure: str, group: str) -> str:
    """What an area's figure of one kind of school is kept as, where each kind has its own.

    >>> of_kind("staff.ratio", "primary")
    'staff.ratio:primary'
    """
    return f"{measure}:{group}"


def group_of_school(school: School) -> str:
    return group_of(school.type, school.phase)
