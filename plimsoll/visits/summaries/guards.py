"""When a step of a summary is closed, and why."""

from datetime import datetime

from plimsoll.people.models import User
from plimsoll.visits.models import Summary
from plimsoll.visits.summaries.composing import names_band


def says_no_band(case: Summary, *, by: User, at: datetime) -> str:
    """The words of a person; what is drafted stands in reports, which carry none."""
    if any(names_band(case.policy, words) for words in case.texts.values()):
        return f"It names the {case.policy.words.band}. Take that out first: a summary never does."
    return ""
