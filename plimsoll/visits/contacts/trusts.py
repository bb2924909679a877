"""The page of a trust: what was said of it, and of each of its schools that one may see."""

from dataclasses import dataclass
from typing import Any

from plimsoll.core.access import may, visible
from plimsoll.framework.model import Edition
from plimsoll.schools.models import School
from plimsoll.visits.contacts import liaison
from plimsoll.visits.models import Liaison


@dataclass(frozen=True)
class Trust:
    uid: int
    name: str
    may_log: bool


@dataclass(frozen=True)
class Entry:
    """One entry of the log, in words, and whether this person may put it right."""

    row: Liaison
    body: str
    may_correct: bool


@dataclass(frozen=True)
class Member:
    """One school of the trust, with what was said of it."""

    school: School
    entries: list[Entry]
    reads: bool


@dataclass(frozen=True)
class TrustPage:
    trust: Trust
    entries: list[Entry]
    members: list[Member]
    upcoming: list[Entry]


def trust_page(trust: Trust, user: Any, policy: Edition) -> TrustPage:
    own = list(liaison.of_trust(trust.uid, user))
    each = list(liaison.of_schools(trust.uid, user))
    schools = visible(School.objects.filter(trust_uid=trust.uid), user, "school.see")
    return TrustPage(
        trust,
        entries(own, user, policy),
        [_member(school, each, user, policy) for school in schools.order_by("name", "urn")],
        entries(liaison.next_dates([*own, *each]), user, policy),
    )


def entries(rows: list[Liaison], user: Any, policy: Edition) -> list[Entry]:
    """The rows in words. Those of one school or trust are all put right by the same people."""
    allowed: dict[tuple[object, object], bool] = {}
    for row in rows:
        whose = (row.school_id, row.trust_uid)
        if whose not in allowed:
            allowed[whose] = may(user, liaison.LOG, row)
    return [
        Entry(
            row,
            liaison.with_whom(policy, row.spoke_to),
            allowed[row.school_id, row.trust_uid] and liaison.stands(row),
        )
        for row in rows
    ]


def _member(school: School, rows: list[Liaison], user: Any, policy: Edition) -> Member:
    mine = [row for row in rows if row.school_id == school.pk]
    return Member(school, entries(mine, user, policy), may(user, liaison.SEE, school))
