"""What the slice keeps, room by room: at the bottom of every room, so that each may read all."""

from plimsoll.visits.models.contacts import Call, InspectionCall, Liaison, Rise
from plimsoll.visits.models.days import Budget, Entry
from plimsoll.visits.models.diary import Feed, Preparation, Visit
from plimsoll.visits.models.reports import (
    Action,
    Attachment,
    Comment,
    FollowUp,
    Passage,
    Report,
    Revision,
    StandingNote,
    Worry,
)
from plimsoll.visits.models.summaries import Summary

__all__ = [
    "Action",
    "Attachment",
    "Budget",
    "Call",
    "Comment",
    "Entry",
    "Feed",
    "FollowUp",
    "InspectionCall",
    "Liaison",
    "Passage",
    "Preparation",
    "Report",
    "Revision",
    "Rise",
    "StandingNote",
    "Summary",
    "Visit",
    "Worry",
]
