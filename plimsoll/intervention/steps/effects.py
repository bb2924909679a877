"""What a step of a ladder writes besides the state of the case."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.framework.casework import Rung
from plimsoll.intervention import giving, starting
from plimsoll.intervention.cases import eligibility
from plimsoll.intervention.cases.keeping import block
from plimsoll.intervention.cases.notify import tell_barred
from plimsoll.intervention.cases.rungs import is_end
from plimsoll.intervention.cases.shown import Shown, shown
from plimsoll.intervention.clocks import meeting
from plimsoll.intervention.models import Case
from plimsoll.intervention.powers import ending
from plimsoll.people.models import User


def of_rung(rung: Rung) -> Callable[..., None]:
    """The notice is given, the clocks that begin with it start, what has ended ends."""

    def effect(
        case: Case, *, by: User, at: datetime, on: date, reasons: str, since: date | None = None
    ) -> None:
        there = shown(case)
        in_order(case, rung, there, on, at)
        notice = giving.give(case, rung, there, by=by, at=at, on=on) if rung.notice else None
        starting.start(case, rung.starts, notice=notice, on=_since(case, rung, on, since), at=at)
        case.stands_since = on
        if rung.eligible:
            eligibility.gained(case, rung.eligible, on)
        if rung.urgent:
            case.urgent_on = on
        if rung.means == "secretary-of-state":
            _superseded(case, by=by, at=at, on=on)
        if is_end(rung):
            case.closed_on, case.outcome = on, reasons
            giving.end(case, on=on, by=by, at=at, why=rung.stands, how=rung.ends)
            giving.drop_drafts(case, by=by, at=at, why=rung.stands)
            ending.end(case, on=on, why=rung.stands, by=by, at=at)
            meeting.end(case=case, how="ended", why=rung.stands, by=by, at=at)

    return effect


def _since(case: Case, rung: Rung, on: date, since: date | None) -> date:
    """The day that the clocks of the step count from: the step's own, or that of their event."""
    event = starting.other_event(case, rung)
    if since is None or not event:
        return on
    if since > on:
        raise Refused(f"The day on which {event} comes before the step.")
    return since


def _superseded(case: Case, *, by: User, at: datetime, on: date) -> None:
    """A notice of the Secretary of State bars the authority's, and ends what stood (s.60(4B))."""
    block(case, on)
    tell_barred(case, by=by, at=at)
    why = "Superseded by a notice of the Secretary of State"
    giving.end(case, on=on, by=by, at=at, why=why, how="superseded", route="s60")
    eligibility.lost(case, "s60")


def in_order(case: Case, rung: Rung, there: Mapping[str, Shown], on: date, at: datetime) -> None:
    """A step is taken on a day that has come, after the one before and after what it rests on."""
    if on > timezone.localdate(at):
        raise Refused("The day lies ahead: take the step when it has come.")
    if on < case.stands_since:
        raise Refused(f"The case came to stand here on {long_date(case.stands_since)} only.")
    for fact in rung.requires:
        if there[fact].on > on:
            label = case.policy.fact(fact).label
            raise Refused(f"“{label}” is of {long_date(there[fact].on)} only.")
