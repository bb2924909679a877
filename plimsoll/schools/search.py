"""Find a school by name, URN, LAESTAB, postcode or trust, forgiving typing errors."""

import re
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections, transaction
from django.db.models import Case, Q, QuerySet, Value, When
from rapidfuzz import fuzz

from plimsoll.schools import trigrams
from plimsoll.schools.models import School

# The index proposes so many; they are then ranked by how near they come.
CANDIDATES: Final = 300
NEAR_ENOUGH: Final = 75
# Of the searched text, the trigrams that fewest schools have say the most.
TELLING: Final = 12
LONGEST: Final = 100

# Words of so many names that they tell no school from another.
COMMON: Final = frozenset(
    "academy and catholic ce church cofe college community controlled england first grammar high "
    "infant infants junior juniors learning middle multi nursery of primary rc roman school "
    "schools secondary special st the trust voluntary aided".split()
)

_LAESTAB: Final = re.compile(r"(\d{3})[ /-]?(\d{4})")
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})?", re.IGNORECASE)
Candidate = tuple[int, str, str]  # URN, name, trust


def matching(schools: QuerySet[School], text: str, *, limit: int = 100) -> QuerySet[School]:
    """Those of these schools that the text means, best first.

    `schools` is what the person may see: nobody finds more here than on the list.
    """
    text = " ".join(text.split())[:LONGEST]
    urns = _exact(schools, text, limit) or _near(schools, text)[:limit]
    place = Case(*(When(urn=urn, then=Value(at)) for at, urn in enumerate(urns)))
    return schools.filter(urn__in=urns).order_by(place) if urns else schools.none()


def _exact(schools: QuerySet[School], text: str, limit: int) -> list[int]:
    """Schools that the text names by a number or a postcode."""
    if text.isdecimal() and len(text) < 7:
        named = Q(urn=int(text))
    elif found := _LAESTAB.fullmatch(text):
        named = Q(la=int(found[1]), number=int(found[2]))
    elif found := _POSTCODE.fullmatch(text):
        outward, inward = found[1].upper(), (found[2] or "").upper()
        named = (
            Q(postcode=f"{outward} {inward}") if inward else Q(postcode__startswith=f"{outward} ")
        )
    else:
        return []
    return list(schools.filter(named).order_by("name").values_list("urn", flat=True)[:limit])


def _near(schools: QuerySet[School], text: str) -> list[int]:
    """Schools whose name, or whose trust's name, comes near the text."""
    wanted = _words(text)
    found = []
    for urn, name, trust in _candidates(schools, text):
        score = max(_nearness(wanted, _words(name)), 0.95 * _nearness(wanted, _words(trust)))
        if score >= NEAR_ENOUGH:
            found.append((-score, -fuzz.ratio(text.casefold(), name.casefold()), name, urn))
    return [urn for *_, urn in sorted(found)]


def _words(text: str) -> list[str]:
    """The words as people type them: St. Mary's is st marys."""
    return re.findall(r"\w+", re.sub(r"['’.]", "", text.casefold()))


def _nearness(wanted: list[str], words: list[str]) -> float:
    """How near each wanted word comes to some word that is there; long words count more."""
    if not wanted or not words:
        return 0
    nearest = (len(one) * max(_likeness(one, word) for word in words) for one in wanted)
    return sum(nearest) / sum(map(len, wanted))


def _likeness(wanted: str, word: str) -> float:
    # The beginning of a word is as good as the word: people stop typing.
    return 100.0 if word.startswith(wanted) else fuzz.ratio(wanted, word)


def _candidates(schools: QuerySet[School], text: str) -> list[Candidate]:
    connection = connections[schools.db]
    telling = " ".join(word for word in _words(text) if word not in COMMON)
    if len(telling) < 3 or not trigrams.is_there(connection):
        return _containing(schools, text)
    try:
        among, parameters = schools.order_by().values("urn").query.sql_with_params()
    except EmptyResultSet:
        return []
    propose = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    return propose(schools.db, telling, among, parameters)


def _containing(schools: QuerySet[School], text: str) -> list[Candidate]:
    """Without an index, or for words that most names have: every word, spelt right."""
    for word in text.split():
        schools = schools.filter(Q(name__icontains=word) | Q(trust_name__icontains=word))
    rows = schools.order_by("name").values_list("urn", "name", "trust_name")
    return list(rows[:CANDIDATES])


def _on_sqlite(using: str, text: str, among: str, parameters: tuple[Any, ...]) -> list[Candidate]:
    folded = text.casefold()
    terms = sorted({folded[at : at + 3] for at in range(len(folded) - 2)})
    with connections[using].cursor() as cursor:
        places = ", ".join(["%s"] * len(terms))
        cursor.execute(
            f"SELECT term FROM schools_search_terms WHERE term IN ({places}) "  # noqa: S608
            "ORDER BY doc LIMIT %s",
            [*terms, TELLING],
        )
        telling = ['"' + term.replace('"', '""') + '"' for (term,) in cursor.fetchall()]
        if not telling:
            return []
        cursor.execute(
            "SELECT s.urn, s.name, s.trust_name FROM schools_search f "  # noqa: S608
            "JOIN schools_school s ON s.urn = f.rowid "
            f"WHERE f.schools_search MATCH %s AND s.urn IN ({among}) ORDER BY f.rank LIMIT %s",
            [" OR ".join(telling), *parameters, CANDIDATES],
        )
        return cursor.fetchall()


def _on_postgresql(
    using: str, text: str, among: str, parameters: tuple[Any, ...]
) -> list[Candidate]:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        # The comparison costs more than the planner believes: the trigrams are always better.
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', '0.3', true), "
            "set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)"
        )
        cursor.execute(
            "WITH near AS MATERIALIZED ("  # noqa: S608
            "SELECT urn, name, trust_name FROM schools_school "
            f"WHERE %s <%% {trigrams.TEXT}) "
            f"SELECT urn, name, trust_name FROM near WHERE urn IN ({among}) "
            f"ORDER BY word_similarity(%s, {trigrams.TEXT}) DESC, name LIMIT %s",
            [text, *parameters, text, CANDIDATES],
        )
        return cursor.fetchall()
