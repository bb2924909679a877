"""Writes about summaries that are no step of the process, and steps taken for many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import DatabaseError, transaction

from plimsoll.allocations.models import Cycle
from plimsoll.core import audit, drafts
from plimsoll.core.access import may, visible
from plimsoll.core.workflow import Refused, Stale, begin
from plimsoll.documents.render import NotRendered
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models import Summary
from plimsoll.visits.summaries.queries import WRITE
from plimsoll.visits.summaries.terms import Period, Terms
from plimsoll.visits.summaries.workflow import SUMMARY

# So many are issued by one click; more go on with the next, and none twice.
BATCH: Final = 150
SIGNED: Final = "It is signed: withdraw the signature to change it."


@dataclass
class Done:
    """What became of many: how many were done, and why not the others."""

    number: int = 0
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def compose(*, cycle: Cycle, term: str, by: User, at: datetime) -> int:
    """Begin the summary of a term for every school of the cycle that one writes for.

    Those that are there stay as they are, but follow the dates of their term until they are
    signed. Returns how many are new. Raises Refused where the term has no dates.
    """
    terms = Terms(cycle.year)
    if terms.named(term) is None:
        raise Refused(f"The dates of {term} {cycle.year} are not entered: see Terms and closures.")
    schools = School.objects.filter(allocations__cycle=cycle).distinct()
    urns = set(visible(schools, by, WRITE).values_list("pk", flat=True))
    there = Summary.objects.filter(year=cycle.year, term=term, school__in=urns)
    moved = _follow_dates(there.filter(state="composed"), terms)
    new = urns - set(there.values_list("school_id", flat=True))
    Summary.objects.bulk_create(
        [_begun(cycle, urn, terms.named(term, urn), at) for urn in sorted(new)],
        ignore_conflicts=True,
    )
    if new or moved:
        audit.record(
            verb="summary.composed",
            subject=cycle,
            by=by,
            at=at,
            permission=WRITE,
            after={"term": term, "schools": len(new)},
        )
    return len(new)


def _begun(cycle: Cycle, urn: int, period: Period | None, at: datetime) -> Summary:
    assert period  # a school without dates of its own has the authority's
    summary = Summary(
        school_id=urn,
        year=cycle.year,
        term=period.name,
        edition=cycle.edition,
        starts=period.starts,
        ends=period.ends,
        composed_at=at,
    )
    return begin(summary, state="composed", at=at)


def _follow_dates(summaries: Iterable[Summary], terms: Terms) -> int:
    moved = []
    for summary in summaries:
        period = terms.named(summary.term, summary.school_id)
        if period and (summary.starts, summary.ends) != (period.starts, period.ends):
            summary.starts, summary.ends = period.starts, period.ends
            moved.append(summary)
    return Summary.objects.bulk_update(moved, ["starts", "ends"])


def draft_key(summary: Summary) -> str:
    return f"summary:{summary.pk}"


@transaction.atomic
def save_texts(
    *, summary: Summary, texts: Mapping[str, str], version: int, by: User, at: datetime
) -> Summary:
    """Keep what a person wrote, by part; a part left as drafted goes on following the records.

    Raises Stale with the summary as it stands now, Refused once it is signed.
    """
    locked = Summary.objects.select_for_update(of=("self",)).get(pk=summary.pk)
    if not may(by, WRITE, locked):
        raise Refused("Your role at this school does not allow you to write its summary.")
    if locked.version != version:
        raise Stale(locked)
    if locked.signed_at:
        raise Refused(SIGNED)
    known = {part.id for part in locked.policy.summaries.parts}
    locked.texts = {key: words for key, words in texts.items() if words and key in known}
    locked.version += 1
    locked.saved_at, locked.saved_by = at, by.name
    locked.save()
    drafts.discard(user=by, key=draft_key(locked))
    audit.record(
        verb="summary.amended",
        subject=locked,
        by=by,
        at=at,
        permission=WRITE,
        after={"parts": sorted(locked.texts)},
    )
    return locked


def sign_all(summaries: Iterable[Summary], *, by: User, at: datetime) -> Done:
    """Sign each: one that changes meanwhile is told, and left."""
    return _take_all("sign", summaries, by=by, at=at)


def issue_all(summaries: Iterable[Summary], *, by: User, at: datetime) -> Done:
    """Issue each in a transaction of its own: one that fails stops no other.

    One that is issued already, by another click, is passed over in silence.
    """
    return _take_all("issue", summaries, by=by, at=at)


def _take_all(step: str, summaries: Iterable[Summary], *, by: User, at: datetime) -> Done:
    done, target = Done(), SUMMARY.step(step).target
    for summary in summaries:
        try:
            SUMMARY.take(summary, step, by=by, at=at, version=summary.version)
        except (Refused, NotRendered, DatabaseError) as problem:
            if not Summary.objects.filter(pk=summary.pk, state=target).exists():
                done.problems.append(f"{summary.school.name}: {problem}")
        else:
            done.number += 1
    return done
