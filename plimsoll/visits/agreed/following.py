"""Actions of earlier visits, carried into each report until they are verified or dropped (Q1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.agreed.queries import known_to_school
from plimsoll.visits.agreed.workflow import ACTION, OPEN
from plimsoll.visits.models import Action, FollowUp, Report

# What a report may do with an action besides saying how it stands.
CLOSING: Final = ("record_done", "verify")


@dataclass(frozen=True, kw_only=True)
class Became:
    """What became of an earlier action; `step` closes it in the same save."""

    text: str
    step: str = ""
    version: int = 0


def carried(report: Report) -> QuerySet[Action]:
    """What was not closed before this report, and what this report itself has spoken of."""
    others = known_to_school().filter(school=report.visit.school_id).exclude(report=report)
    earlier = others.filter(report__visit__held_on__lte=report.visit.held_on, state__in=OPEN)
    spoken = Action.objects.filter(followed_up__report=report)
    return (
        Action.objects.filter(Q(pk__in=earlier.values("pk")) | Q(pk__in=spoken.values("pk")))
        .select_related("report__visit")
        .order_by("by_when", "pk")
    )


def save(
    report: Report, became: Mapping[int, Became], *, by: User, at: datetime
) -> Iterator[FollowUp]:
    """Save what became of each, and yield those of which somebody else said something else."""
    if not became:
        return
    actions = {each.pk: each for each in carried(report)}
    saved = {each.action_id: each for each in report.follow_ups.all()}
    for pk, each in became.items():
        if pk not in actions:
            raise Refused("This action is not carried into this report.")
        said = saved.get(pk) or FollowUp(report=report, action=actions[pk], version=0)
        if said.version != each.version and said.text != each.text:
            yield said
            continue
        _keep(said, each.text, by=by, at=at)
        if each.step in CLOSING:
            ACTION.take(actions[pk], each.step, by=by, at=at, how=each.text)


def _keep(said: FollowUp, text: str, *, by: User, at: datetime) -> None:
    said.text = text
    said.version += 1
    said.saved_at, said.saved_by = at, by.name
    said.save()
