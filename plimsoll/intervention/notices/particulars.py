"""What stands in pairs under a letter's beginning: the law, what it follows or ends, its days."""

from collections.abc import Iterator

from plimsoll.framework.model import Edition
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices.ended import ended_by
from plimsoll.intervention.notices.reach import given_to_school
from plimsoll.intervention.notices.texts import day, law


def particulars(notice: Notice) -> Iterator[tuple[str, str]]:
    policy = notice.case.policy
    if not given_to_school(notice):
        yield "School", f"{notice.case.school.name}, URN {notice.case.school_id}"
    if under := law(notice):
        yield "Under", under
    if ended := ended_by(notice):
        yield "It ends", "\n".join(_named(each, policy) for each in ended)
    elif notice.follows and notice.follows.given_on:
        yield "It follows", _named(notice.follows, policy)
    if notice.period_ends:
        yield "Compliance period ends", day(notice.period_ends)
    if notice.address_by:
        yield "To be addressed by", day(notice.address_by)
    if notice.guidance:
        yield "Guidance had regard to", notice.guidance


def _named(earlier: Notice, policy: Edition) -> str:
    """What it was and its day, which no line divides."""
    label = policy.notice(earlier.kind).label
    return f"{label}, {day(earlier.given_on)}" if earlier.given_on else label
