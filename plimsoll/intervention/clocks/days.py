"""The calendar that a case's days are counted over."""

from datetime import date

from plimsoll.core.deadlines import Calendar
from plimsoll.intervention.models import Case
from plimsoll.schools.calendar import calendar_of


def calendar_for(case: Case, *days: date) -> Calendar:
    """The school's own, around these days, with policy's answer about half terms. Two queries."""
    years = {year for day in days for year in (day.year, day.year + 1)}
    halfterm = case.policy.concern.halfterm_is_long
    return calendar_of(case.school, years=years, halfterm_is_long=halfterm)
