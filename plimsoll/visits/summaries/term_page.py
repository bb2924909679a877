"""The summaries of one term as an officer sees them: how far they are, which need a look, why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from plimsoll.allocations.models import Cycle
from plimsoll.core.access import visible
from plimsoll.core.progress import Part
from plimsoll.people.models import User
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.visits.days.across import partner_names
from plimsoll.visits.models import Summary
from plimsoll.visits.summaries.composing import composed
from plimsoll.visits.summaries.forms import ATTENTION
from plimsoll.visits.summaries.queries import WRITE, to_sign, writable
from plimsoll.visits.summaries.workflow import SUMMARY

NOBODY: Final = "0"


@dataclass(frozen=True)
class Row:
    """One school's summary in the list; only one that is not issued needs attention."""

    summary: Summary
    partner: str
    state: str
    tone: str
    attention: tuple[str, ...]


@dataclass(frozen=True)
class TermPage:
    """Every summary of a term that a person writes, those that need attention first."""

    rows: Sequence[Row]
    lacking: int

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.summary.state for row in self.rows)

    @property
    def attention(self) -> int:
        return sum(bool(row.attention) for row in self.rows)

    @property
    def progress(self) -> list[Part]:
        """How far the term is, each part a link to its schools."""
        counted = self.counts
        return [
            Part(state.label, counted[key], state.tone, href=f"?state={key}")
            for key, state in SUMMARY.states.items()
        ]


def term_page(cycle: Cycle, term: str, user: User, *, today: date) -> TermPage:
    """So many queries for any number of schools."""
    summaries = list(writable(user, cycle.year, term))
    open_ones = [each for each in summaries if not each.issued_at]
    attention = {each.summary.pk: each.attention for each in composed(open_ones, today=today)}
    partners = partner_names(today)
    rows = [
        Row(
            summary=each,
            partner=partners.get(each.school_id, ""),
            state=SUMMARY.state(each).label,
            tone=SUMMARY.state(each).tone,
            attention=attention.get(each.pk, ()),
        )
        for each in summaries
    ]
    schools = School.objects.filter(allocations__cycle=cycle).distinct()
    lacking = visible(schools, user, WRITE).exclude(
        summaries__year=cycle.year, summaries__term=term
    )
    return TermPage(sorted(rows, key=lambda row: not row.attention), lacking.count())


def ready_to_sign(cycle: Cycle, term: str, user: User, *, today: date) -> list[Summary]:
    """Those that one may sign and in which nothing needs attention."""
    open_ones = list(to_sign(user, cycle.year, term))
    return [each.summary for each in composed(open_ones, today=today) if not each.attention]


def narrowed(rows: Sequence[Row], wanted: Mapping[str, str], *, today: date) -> list[Row]:
    """Those that match what was asked for."""
    text, state, sip = (wanted.get(name, "") for name in ("text", "state", "sip"))
    found = [row for row in rows if text.casefold() in row.summary.school.name.casefold()]
    if state == ATTENTION:
        found = [row for row in found if row.attention]
    elif state:
        found = [row for row in found if row.summary.state == state]
    if sip == NOBODY:
        found = [row for row in found if not row.partner]
    elif sip:
        own = schools_of(int(sip), today=today)
        found = [row for row in found if row.summary.school_id in own]
    return found


def schools_of(person: int, *, today: date) -> set[int]:
    """The schools whose partner this person is today."""
    held = Assignment.objects.filter(in_force(today), role="sip", person=person)
    return set(held.exclude(school=None).values_list("school_id", flat=True))
