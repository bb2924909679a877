"""What stands in pairs under a letter's beginning: the law, what it follows or ends, its days."""

from collections.abc import Iterator
from typing import Final

from plimsoll.framework.model import Edition
from plimsoll.intervention.cases.rungs import every
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices.reach import given_to_school
from plimsoll.intervention.notices.texts import day, law

# How a step may end the notices that stand, and its own letter say so: those of the
# authority's framework are removed, and those of the law complied with.
OF_LAW: Final = {"removed": False, "complied": True}


def particulars(notice: Notice) -> Iterator[tuple[str, str]]:
    policy = notice.case.policy
    if not given_to_school(notice):
        yield "School", f"{notice.case.school.name}, URN {notice.case.school_id}"
    if under := law(notice):
        yield "Under", under
    if ended := _ended(notice):
        yield "It ends", "\n".join(_named(each, policy) for each in ended)
    elif notice.follows and notice.follows.given_on:
        yield "It follows", _named(notice.follows, policy)
    if notice.period_ends:
        yield "Compliance period ends", day(notice.period_ends)
    if notice.address_by:
        yield "To be addressed by", day(notice.address_by)
    if notice.guidance:
        yield "Guidance had regard to", notice.guidance


def _ended(notice: Notice) -> list[Notice]:
    """The warnings that stand, where this letter comes with the step that ends them."""
    rungs = (each for each in every(notice.case.steps) if each.notice == notice.kind)
    how = next((each.ends for each in rungs if each.ends in OF_LAW), None)
    if how is None:
        return []
    of_law = OF_LAW[how]
    kinds = [
        each.id
        for each in notice.case.policy.notices
        if each.warning and bool(each.route) == of_law
    ]
    given = notice.case.notices.filter(given_on__isnull=False, ended_on=None, kind__in=kinds)
    return list(given.order_by("given_on", "pk"))


def _named(earlier: Notice, policy: Edition) -> str:
    """What it was and its day, which no line divides."""
    label = policy.notice(earlier.kind).label
    return f"{label}, {day(earlier.given_on)}" if earlier.given_on else label
