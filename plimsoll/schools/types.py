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
    """The register's phase of education, by the keys that policy uses too."""

    NURSERY = "nursery", "Nursery"
    PRIMARY = "primary", "Primary"
    MIDDLE_PRIMARY = "middle-primary", "Middle deemed primary"
    SECONDARY = "secondary", "Secondary"
    MIDDLE_SECONDARY = "middle-secondary", "Middle deemed secondary"
    POST_16 = "16-plus", "16 plus"
    ALL_THROUGH = "all-through", "All-through"
    # Special schools and PRUs: the register gives them no phase.
    NONE = "not-applicable", "Not applicable"


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

# TypeOfEstablishment (name) of the public extract: smaller extracts leave the code out.
TYPES: Final = {
    "Community school": "01",
    "Voluntary aided school": "02",
    "Voluntary controlled school": "03",
    "Foundation school": "05",
    "City technology college": "06",
    "Community special school": "07",
    "Non-maintained special school": "08",
    "Other independent special school": "10",
    "Other independent school": "11",
    "Foundation special school": "12",
    "Pupil referral unit": "14",
    "Local authority nursery school": "15",
    "Further education": "18",
    "Secure units": "24",
    "Offshore schools": "25",
    "Service children's education": "26",
    "Miscellaneous": "27",
    "Academy sponsor led": "28",
    "Higher education institutions": "29",
    "Welsh establishment": "30",
    "Sixth form centres": "31",
    "Special post 16 institution": "32",
    "Academy special sponsor led": "33",
    "Academy converter": "34",
    "Free schools": "35",
    "Free schools special": "36",
    "British schools overseas": "37",
    "Free schools alternative provision": "38",
    "Free schools 16 to 19": "39",
    "University technical college": "40",
    "Studio schools": "41",
    "Academy alternative provision converter": "42",
    "Academy alternative provision sponsor led": "43",
    "Academy special converter": "44",
    "Academy 16-19 converter": "45",
    "Academy 16 to 19 sponsor led": "46",
    "Online provider": "49",
    "Institution funded by other government department": "56",
    "Academy secure 16 to 19": "57",
}

STATUSES: Final = {
    "1": "Open",
    "2": "Closed",
    "3": "Open, but proposed to close",
    "4": "Proposed to open",
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
