"""The next term: its days, the visits that are planned, and what was agreed to look at."""

from plimsoll.documents.content import Paragraph
from plimsoll.visits.diary.workflow import COMING
from plimsoll.visits.models import Visit
from plimsoll.visits.summaries.parts.told import Told, listed, on
from plimsoll.visits.summaries.records import Records

NO_DATES = "The dates of the next term are not entered yet."
NO_VISIT = "No visit is planned for the next term yet."
NO_FOCUS = "No focus has been written down for the next term yet."


def told(records: Records) -> Told:
    """The focus is drafted from what the planned visits are for; a person may word it."""
    term = records.following
    if term is None:
        return Told(blocks=(Paragraph(NO_DATES),), missing=NO_FOCUS)
    dates = Paragraph(f"{term.name} {term.year}: {on(term.starts)} to {on(term.closes)}.")
    planned = [
        each
        for each in records.visits
        if each.state in COMING and term.starts <= each.on <= term.ends
    ]
    purposes = dict.fromkeys(" ".join(each.purpose.split()) for each in planned if each.purpose)
    focus = f"Focus: {'; '.join(purposes)}" if purposes else ""
    missing = () if planned else (Paragraph(NO_VISIT),)
    return Told(
        words=focus,
        blocks=(dates, *listed("Planned:", map(_named, planned)), *missing),
        missing=NO_FOCUS,
    )


def _named(visit: Visit) -> str:
    return f"{visit.type.label}, {on(visit.on)}"
