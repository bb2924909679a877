"""What a step of an inspection writes besides its state."""

from datetime import date, datetime

from plimsoll.people.models import User
from plimsoll.visits.models import InspectionCall


def change(
    case: InspectionCall,
    *,
    by: User,
    at: datetime,
    starts_on: date,
    kind: str = "",
    lead: str = "",
    attended_by: str = "",
) -> None:
    case.starts_on, case.kind, case.lead, case.attended_by = starts_on, kind, lead, attended_by


def hear(case: InspectionCall, *, by: User, at: datetime, heard_on: date, outcome: str) -> None:
    case.heard_on, case.outcome = heard_on, outcome


def publish(case: InspectionCall, *, by: User, at: datetime, published_on: date) -> None:
    case.published_on = published_on


def review(case: InspectionCall, *, by: User, at: datetime, still_right: bool, why: str) -> None:
    case.still_right, case.reviewed_why = still_right, why


def note(case: InspectionCall, *, by: User, at: datetime, reasons: str) -> None:
    """The reasons stand in the trail of the inspection."""


def reopen(case: InspectionCall, *, by: User, at: datetime, reasons: str) -> None:
    case.heard_on, case.published_on, case.outcome = None, None, ""
