"""Drafts of notices, written, sent and reviewed by their own steps."""

from typing import Any

from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices import drafting
from plimsoll.intervention.notices.drafting import Typed
from plimsoll.intervention.notices.workflow import NOTICE
from plimsoll.people.models import User
from tests.cast import NOW, TODAY, Cast, give, make_person
from tests.intervention import steps
from tests.intervention.steps import DAY, WHY


def lawyer() -> User:
    """An officer of the authority's legal service."""
    person = make_person("Lara Quist")
    give(person, "officer", service="legal")
    return person


def begun(case: Case, kind: str, *grounds: str, by: User) -> Notice:
    return drafting.start(case=case, kind=kind, grounds=grounds, by=by, at=NOW)


def written(notice: Notice, by: User, **more: Any) -> Notice:
    """Every part says something, every day is named."""
    kind = notice.type
    values: dict[str, Any] = {
        "texts": {part.id: WHY for part in kind.parts},
        "grounds": tuple(notice.grounds),
        "aspect": notice.aspect,
        "guidance": notice.guidance,
        "period_ends": TODAY + 21 * DAY if any(p.date == "period" for p in kind.parts) else None,
        "address_by": TODAY + 60 * DAY if any(p.date == "timeframe" for p in kind.parts) else None,
    }
    typed = Typed(**(values | more))
    return drafting.save(notice=notice, typed=typed, version=notice.version, by=by, at=NOW)


def go(notice: Notice, step: str, by: User, **facts: str) -> Notice:
    return NOTICE.take(notice, step, by=by, at=NOW, **facts)


def sent(cast: Cast, reviewer: User) -> Notice:
    """A formal notice that Priya drafted, with its legal reviewer."""
    case = steps.warned(cast)
    notice = begun(case, "formal", "s60-breakdown", by=cast.priya)
    return go(written(notice, cast.priya, reviewer=reviewer), "send_to_review", cast.priya)
