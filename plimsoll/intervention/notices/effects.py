"""What a step of a notice writes besides its state."""

from datetime import date, datetime

from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices import deliveries, letters, notify
from plimsoll.intervention.notices.earlier import last_given
from plimsoll.people.models import User


def send_to_review(notice: Notice, *, by: User, at: datetime) -> None:
    notice.points, notice.review, notice.reviewed_at = "", "", None
    notify.tell_reviewer(notice, by=by, at=at)


def send(notice: Notice, *, by: User, at: datetime) -> None:
    notice.points = ""
    notify.tell_approvers(notice, by=by, at=at)


def find_sound(notice: Notice, *, by: User, at: datetime, review: str) -> None:
    notice.review, notice.reviewed_at = review, at
    notify.tell_approvers(notice, by=by, at=at)
    notify.tell_drafter(notice, "notice-sound", by=by, at=at)


def review_back(notice: Notice, *, by: User, at: datetime, points: str) -> None:
    send_back(notice, by=by, at=at, points=points)


def send_back(notice: Notice, *, by: User, at: datetime, points: str) -> None:
    notice.points = points
    notify.tell_drafter(notice, "notice-returned", by=by, at=at)


def approve(notice: Notice, *, by: User, at: datetime) -> None:
    notice.approved_at, notice.approved_by = at, str(by)
    notify.tell_drafter(notice, "notice-approved", by=by, at=at)


def reopen(notice: Notice, *, by: User, at: datetime, reasons: str) -> None:
    """What was approved or found sound was this text: another needs both again."""
    notice.approved_at, notice.approved_by = None, ""
    notice.review, notice.reviewed_at = "", None


def drop(notice: Notice, *, by: User, at: datetime, reasons: str) -> None:
    """It stays on file as it was; an approval would leave it ready to be given."""
    notice.approved_at, notice.approved_by = None, ""


def give(notice: Notice, *, by: User, at: datetime, on: date) -> None:
    """Its recipients stand, its letter is kept, and whoever is to know hears of it."""
    # Another may have been given since this one was drafted.
    notice.follows = last_given(notice.case)
    notice.given_on, notice.signed_by = on, str(by)
    rows = deliveries.make(notice)
    letters.issue(notice, rows, by=by, at=at)
    notify.tell_given(notice, by=by, at=at)


def end(notice: Notice, *, by: User, at: datetime, on: date, why: str) -> None:
    notice.ended_on, notice.ended_why = on, why
