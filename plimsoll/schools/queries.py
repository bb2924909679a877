"""Reads of the register that are worth a name."""

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from plimsoll.schools.models import Membership, School, SchoolLink

OPEN: Final = ("1", "3")

# Each school with its predecessors, theirs, and so on. UNION drops what was reached before,
# so links that run in a circle come to an end.
_DIRECTLY: Final = {
    "sqlite": """
      JOIN schools_schoollink link
        ON link.urn = lineage.urn AND link.kind LIKE 'Predecessor%%'
        OR link.other = lineage.urn AND link.kind LIKE 'Successor%%'
    """,
    # Its planner takes an index for each half, but none for the two joined by OR.
    "postgresql": """
      CROSS JOIN LATERAL (
        SELECT urn, other FROM schools_schoollink
        WHERE urn = lineage.urn AND kind LIKE 'Predecessor%%'
        UNION ALL
        SELECT urn, other FROM schools_schoollink
        WHERE other = lineage.urn AND kind LIKE 'Successor%%'
      ) link
    """,
}
_LINEAGES: Final = """
WITH RECURSIVE
  lineage (school, urn) AS (
    SELECT urn, urn FROM schools_school WHERE urn IN ({places})
    UNION
    SELECT lineage.school, CASE WHEN link.urn = lineage.urn THEN link.other ELSE link.urn END
    FROM lineage {directly}
  )
SELECT school, urn FROM lineage
"""


def open_schools(las: Iterable[int | str] = (), types: Iterable[str] = ()) -> QuerySet[School]:
    """Open schools, and open ones that are proposed to close, of these authorities and types."""
    found = School.objects.filter(status__in=OPEN)
    if las := [int(la) for la in las]:
        found = found.filter(la__in=las)
    if types := list(types):
        found = found.filter(type__in=types)
    return found.order_by("name", "urn")


def lineages(urns: Iterable[int]) -> dict[int, list[int]]:
    """Each school's URN, then those of all its predecessors, in one query."""
    wanted = list(urns)
    chains = {urn: [urn] for urn in wanted}
    if not wanted:
        return chains
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(wanted))
        directly = _DIRECTLY[connection.vendor]
        cursor.execute(_LINEAGES.format(places=places, directly=directly), wanted)
        for school, urn in sorted(cursor.fetchall()):
            if urn != school:
                chains[school].append(urn)
    return chains


def predecessors(school: School) -> list[int]:
    """The URNs that the school's history has run under, the school's own left out."""
    return lineages([school.urn])[school.urn][1:]


def successors(school: School) -> list[int]:
    """The schools that the register links as this one's direct successors."""
    links = SchoolLink.objects
    onward = links.filter(urn=school.urn, kind__startswith="Successor").values_list("other")
    back = links.filter(other=school.urn, kind__startswith="Predecessor").values_list("urn")
    return sorted({urn for (urn,) in (*onward, *back)})


def urns_of_authorities(las: Iterable[str]) -> set[int]:
    """The schools of these authorities, and all the predecessors of each."""
    own = School.objects.filter(la__in=[int(la) for la in las]).values_list("urn", flat=True)
    return {urn for chain in lineages(own).values() for urn in chain}


def groups_of_authorities(las: Iterable[str]) -> set[int]:
    """The trusts, federations and sponsors that schools of these authorities belong to."""
    own = School.objects.filter(la__in=[int(la) for la in las])
    named = own.values_list("trust_uid", "federation_uid")
    members = Membership.objects.filter(urn__in=own.values("urn")).values_list("uid", flat=True)
    return {int(uid) for pair in named for uid in pair if uid} | set(members)
