"""Establishment types and what follows from them in law.

The codes are the national register's public, zero-padded ones (statute notes 7.1). The
legal route follows from the type, never from the type group: the register's own group of
"LA maintained" schools includes PRUs, which Education and Inspections Act 2006 s.59 leaves out.
"""

from typing import Final

from django.db import models


class Route(models.TextChoices):
    """Which law reaches a school that causes concern."""

    MAINTAINED = "maintained", "Maintained (Education and Inspections Act 2006 s.60)"
    PRU = "pru", "Pupil referral unit"
    ACADEMY = "academy", "Academy (Department for Education)"
    OTHER = "other", "Outside the authority's powers"


class Phase(models.TextChoices):
    """The register's phase of education, as a short key."""

    NURSERY = "nursery", "Nursery"
    PRIMARY = "primary", "Primary"
    MIDDLE_PRIMARY = "mid-primary", "Middle deemed primary"
    SECONDARY = "secondary", "Secondary"
    MIDDLE_SECONDARY = "mid-second", "Middle deemed secondary"
    POST_16 = "post-16", "16 plus"
    ALL_THROUGH = "all-through", "All-through"
    # Special schools and PRUs: the register gives them no phase.
    NONE = "none", "Not applicable"


# PhaseOfEducation (code) of the public extract.
PHASES: Final = {
    "0": Phase.NONE,
    "1": Phase.NURSERY,
    "2": Phase.PRIMARY,
    "3": Phase.MIDDLE_PRIMARY,
    "4": Phase.SECONDARY,
    "5": Phase.MIDDLE_SECONDARY,
    "6": Phase.POST_16,
    "7": Phase.ALL_THROUGH,
}

MAINTAINED: Final = frozenset({"01", "02", "03", "05", "07", "12", "15"})
PRU: Final = frozenset({"14"})
# Academies, free schools, UTCs, studio schools, the CTC, and 16 to 19 academies.
ACADEMY: Final = frozenset(
    {"06", "28", "33", "34", "35", "36", "38", "39", "40", "41", "42", "43", "44", "45", "46", "57"}
)


def route_of(type_code: str) -> Route:
    """The legal route of an establishment type.

    >>> route_of("14").value
    'pru'
    """
    if type_code in MAINTAINED:
        return Route.MAINTAINED
    if type_code in PRU:
        return Route.PRU
    if type_code in ACADEMY:
        return Route.ACADEMY
    return Route.OTHER
