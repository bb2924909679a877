"""A visit in words: when, how, with whom; what happens next."""

from collections.abc import Mapping
from datetime import time
from typing import Final

from plimsoll.core.forms import long_date
from plimsoll.visits.models import Visit

PARTS: Final = {
    Visit.Part.DAY: "",
    Visit.Part.MORNING: "morning",
    Visit.Part.AFTERNOON: "afternoon",
}

NEXT: Final[Mapping[str, str]] = {
    "planned": "The school confirms the day, or asks for another.",
    "other_day": "The {partner} finds another day, or calls the visit off.",
    "confirmed": "The visit takes place. After it the {partner} records that it was held.",
    "held": "",
    "completed": "",
    "cancelled": "",
    "not_held": "",
}
TO_COMPLETE: Final = "It is recorded here when what it is for is complete, and nothing else is."


def when(visit: Visit) -> str:
    """“3 November 2026, morning, from 9:30am”; the day that it was held, once it was."""
    said = [long_date(visit.held_on or visit.on), PARTS[Visit.Part(visit.part)]]
    if visit.starts:
        said.append(f"from {hour(visit.starts)}")
    return ", ".join(filter(None, said))


def hour(at: time) -> str:
    """“9:30am”, “2pm”."""
    minute = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minute}{'am' if at.hour < 12 else 'pm'}"


def met(visit: Visit) -> str:
    """Who was met, in policy's words and order."""
    return ", ".join(each.label for each in visit.policy.diary.met if each.id in visit.met)


def reason(visit: Visit) -> str:
    """Why it was cancelled or not held."""
    known = (each.label for each in visit.policy.diary.reasons if each.id == visit.reason)
    return next(known, visit.reason)


def what_next(visit: Visit) -> str:
    if visit.private and visit.state == "held":
        return TO_COMPLETE
    return NEXT[visit.state].format(partner=visit.policy.words.partner)
