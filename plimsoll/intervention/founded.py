"""Whether a notice rests on what is on record: its grounds, its route, and its approval."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.utils import timezone

from plimsoll.core.forms import long_date
from plimsoll.framework.casework import Fact, Ground, Rung
from plimsoll.intervention.cases.shown import Shown
from plimsoll.intervention.models import Case, Notice

# What whoever approves a notice must have had before them.
WEIGHED: Final = ("finding", "statutory-ground", "discussion", "period")

There = Mapping[str, Shown]


def doubt(notice: Notice, rung: Rung, there: There) -> str:
    """What the approved notice rests on without anything that shows it, or an empty string."""
    return next(_doubts(notice, rung, there), "")


def since(notice: Notice, rung: Rung, there: There) -> date | None:
    """The day on which the last of its statutory grounds was shown."""
    shown = _shown_grounds(notice.case, rung, there)
    return max((day for ground, day in shown.items() if ground in notice.grounds), default=None)


def _doubts(notice: Notice, rung: Rung, there: There) -> Iterator[str]:
    grounds = [each for each in notice.case.policy.grounds if each.id in notice.grounds]
    if rung.urgent and not any(each.safety for each in grounds):
        yield "The urgent route is only for where safety is threatened: the notice does not say so."
    if notice.type.route:
        yield from _unshown(grounds, _shown_grounds(notice.case, rung, there))
    yield from _approved_before(notice, rung, there)


def _unshown(grounds: list[Ground], shown: Mapping[str, date]) -> Iterator[str]:
    """A statutory ground that no finding is of (s.60(2), s.60A)."""
    for each in grounds:
        if each.id not in shown:
            yield f"Nothing on record shows this ground of the notice: {each.label}."


def _approved_before(notice: Notice, rung: Rung, there: There) -> Iterator[str]:
    """A notice that was decided before the discussion was never to be averted by it (I2)."""
    approved = timezone.localdate(notice.approved_at)
    for fact in _demanded(notice.case, rung):
        proof = there.get(fact.id)
        if fact.shown_by in WEIGHED and proof and proof.on > approved:
            yield (
                f"The notice was approved on {long_date(approved)}, before this: {fact.label}, "
                f"{long_date(proof.on)}. Take it back, and have it approved in the light of that."
            )


def _shown_grounds(case: Case, rung: Rung, there: There) -> dict[str, date]:
    """The statutory grounds that findings show, each since its first."""
    found: dict[str, date] = {}
    for fact in _demanded(case, rung):
        proof = there.get(fact.id)
        found |= proof.grounds if proof else {}
    return found


def _demanded(case: Case, rung: Rung) -> list[Fact]:
    return [case.policy.fact(name) for name in rung.requires]
