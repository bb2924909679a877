"""When a step of a summary is closed, and why."""

from datetime import datetime

from plimsoll.people.models import User
from plimsoll.visits.models import Summary
from plimsoll.visits.reports.privacy import band_named


def says_no_band(case: Summary, *, by: User, at: datetime) -> str:
    """The words of a person; what is drafted stands in reports, which carry none."""
    named = (band_named(words, case.policy) for words in case.texts.values())
    if sentence := next(filter(None, named), ""):
        return f"It names the {case.policy.words.band}: “{sentence}”. Take that out first."
    return ""
