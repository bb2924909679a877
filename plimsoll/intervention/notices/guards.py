"""When a step of a notice is closed, and why."""

from datetime import datetime

from plimsoll.core.access import holds
from plimsoll.intervention.contents import gaps
from plimsoll.intervention.models import Notice
from plimsoll.people.models import User


def is_reviewed(case: Notice) -> bool:
    return case.type.reviewed


def is_not_reviewed(case: Notice) -> bool:
    return not case.type.reviewed


def whole(case: Notice, *, by: User, at: datetime) -> str:
    """Every part says something, every day is named (I4)."""
    if lacking := gaps(case):
        return f"It is not whole yet. It lacks: {'; '.join(lacking)}."
    return ""


def ready_for_review(case: Notice, *, by: User, at: datetime) -> str:
    if case.reviewer_id is None:
        return "Name the officer who reviews it in law first."
    return whole(case, by=by, at=at)


def not_own_draft(case: Notice, *, by: User, at: datetime) -> str:
    if case.drafted_by_id == by.pk:
        return "You drafted it, so somebody else must review it."
    return ""


def may_be_approved(case: Notice, *, by: User, at: datetime) -> str:
    """By its signatory or whom policy names; where it is reviewed, not by its drafter alone."""
    return theirs_to_approve(case, by=by, at=at) or whole(case, by=by, at=at)


def theirs_to_approve(case: Notice, *, by: User, at: datetime) -> str:
    roles = approvers(case)
    if not any(holds(by, role, case) for role in roles):
        labels = " or the ".join(case.case.policy.roles[role].label for role in roles)
        return f"It is approved by the {labels}."
    if case.type.reviewed and case.drafted_by_id == by.pk:
        return "You drafted it, so somebody else must approve it."
    return ""


def approvers(case: Notice) -> tuple[str, ...]:
    return case.type.approvers or (case.type.signatory,)
