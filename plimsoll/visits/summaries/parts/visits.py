"""Visits and contacts of the term, beside what is due, and what did not take place."""

from collections.abc import Iterator

from plimsoll.documents.content import Block, Paragraph, Table
from plimsoll.framework.support import Line
from plimsoll.visits.diary import wording
from plimsoll.visits.diary.workflow import OFF, TOOK_PLACE
from plimsoll.visits.models import Visit
from plimsoll.visits.summaries.parts.told import Told, days, listed, number_of, on
from plimsoll.visits.summaries.records import Records

NONE_HELD = "No visit was held this term."


def held_in_term(records: Records) -> list[Visit]:
    """In the order in which they were held."""
    rows = [each for each in records.visits if each.state in TOOK_PLACE]
    return sorted(
        (each for each in rows if records.in_term(each.held_on)),
        key=lambda each: (each.held_on, each.pk),
    )


def told(records: Records) -> Told:
    held = held_in_term(records)
    still = [
        each
        for each in records.visits
        if records.in_term(each.on) and each.state not in (*TOOK_PLACE, *OFF)
    ]
    over = [each for each in still if each.on < records.today]
    blocks = (
        *_held(held),
        *listed("Other contacts:", _calls(records)),
        *_due(records),
        *listed("Planned and not held:", map(_not_held, _missed(records))),
        *listed("Not recorded yet, whether they were held:", map(_named, over)),
        *listed("Still to come this term:", (_named(x) for x in still if x not in over)),
    )
    attention = (
        *((NONE_HELD,) if not held else ()),
        *(f"It is not recorded whether the visit of {on(each.on)} was held." for each in over),
    )
    return Told(blocks=blocks, attention=attention)


def _held(held: list[Visit]) -> Iterator[Block]:
    """Of a private visit nothing but its date is told (E12)."""
    if not held:
        yield Paragraph(NONE_HELD)
    rows = tuple(
        (on(each.held_on), each.type.label, each.get_mode_display(), _days_of(each))
        for each in held
        if each.held_on and not each.private
    )
    if rows:
        yield Table("Visits held this term", ("Date", "Visit", "How", "Days"), rows)
    for each in held:
        if each.private and each.held_on:
            yield Paragraph(f"{each.type.label}: held on {on(each.held_on)}.")


def _days_of(visit: Visit) -> str:
    return days(visit.days) if visit.days else number_of(visit.visits, "visit")


def _calls(records: Records) -> Iterator[str]:
    """A call counts as a contact; what was spoken of stays with the service."""
    for call in records.calls:
        if records.in_term(call.on):
            yield f"{on(call.on)}: {call.get_how_display()[:1].lower()}{call.get_how_display()[1:]}"


def _due(records: Records) -> Iterator[Block]:
    """What was held, beside what the entitlement says, line by line."""
    rows = tuple(_beside(records))
    if rows:
        yield Table("Held, and due", ("Visit", "Held", "Due"), rows)


def _beside(records: Records) -> Iterator[tuple[str, str, str]]:
    policy = records.summary.policy
    entitlement = policy.entitlements.get(records.band)
    lines = entitlement.lines if entitlement else ()
    for line in lines:
        kind = next((each for each in policy.visits if each.line == line.id), None)
        own = not line.types or records.summary.school.type in line.types
        if kind is None or kind.content_private or line.kind != "days" or line.condition or not own:
            continue
        counted = _counted(records, {line.id, *(x.id for x in lines if x.included_in == line.id)})
        yield kind.label, _held_of(counted, line, records), f"{line.times} {_each(line)}"


def _counted(records: Records, lines: set[str]) -> list[Visit]:
    """Held up to the end of the term on any of these lines."""
    return [
        each
        for each in records.visits
        if each.state in TOOK_PLACE
        and each.year == records.summary.year
        and each.line in lines
        and each.held_on
        and each.held_on <= records.summary.ends
    ]


def _held_of(visits: list[Visit], line: Line, records: Records) -> str:
    if line.per == "year":
        return f"{len(visits)} this year"
    return f"{sum(records.in_term(each.held_on) for each in visits)} this term"


def _each(line: Line) -> str:
    return "in the year" if line.per == "year" else "each term"


def _missed(records: Records) -> list[Visit]:
    return [each for each in records.visits if each.state in OFF and records.in_term(each.on)]


def _not_held(visit: Visit) -> str:
    words = f"{_named(visit)}: {'cancelled' if visit.state == 'cancelled' else 'not held'}."
    if visit.private:
        return words
    why = wording.reason(visit)
    used = "Its day counts as used." if visit.charged else "Its day was not used."
    return " ".join(filter(None, (words, f"{why}." if why else "", used)))


def _named(visit: Visit) -> str:
    return f"{visit.type.label}, {on(visit.on)}"
