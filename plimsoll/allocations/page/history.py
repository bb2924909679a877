"""What happened in this allocation, and how other years ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from plimsoll.allocations import queries
from plimsoll.allocations.models import (
    Allocation,
    PastBand,
    Side,
)
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core import audit
from plimsoll.people.models import User


@dataclass(frozen=True)
class PastEvent:
    at: datetime
    title: str
    by: str


EVENTS: Final = {
    "allocation.opened": "The year’s allocation was opened",
    "allocation.views-saved": "Views were saved",
    "allocation.views-submitted": "Views were submitted",
    "allocation.evidence-added": "Evidence was added",
    "allocation.evidence-withdrawn": "Evidence was withdrawn",
    "allocation.figure-challenged": "A figure was challenged",
    "allocation.challenge-answered": "A challenge was answered",
    "allocation.position-stated": "A position was stated",
    "allocation.high-risk-marked": "A high-risk mark was set",
    "allocation.review-asked": "A review was asked for",
    "allocation.review-refused": "A review was refused",
    "allocation.reminded": "The school was reminded",
    "allocation.read": "Read",
    "days.granted": "Days were granted",
    "days.adjusted": "Days were adjusted",
    "days.added": "Days were added",
    "days.carried": "Days were carried over",
}
LATEST: Final = 30


def title_of(verb: str) -> str:
    """An event in words: a step's own label, or what else happened."""
    steps = {f"allocation.{step.name}": step.label for step in ALLOCATION.steps}
    return steps.get(verb) or EVENTS.get(verb) or verb.partition(".")[2].replace("-", " ")


def happened(case: Allocation, user: User) -> list[PastEvent]:
    """What happened, newest first, of what this person may know; readings stand elsewhere."""
    found = (
        audit.readable(user)
        .filter(subject=case._meta.label_lower, subject_id=case.pk)
        .exclude(verb="allocation.read")[:LATEST]
    )
    return [PastEvent(each.at, title_of(each.verb), each.actor_name) for each in found]


@dataclass(frozen=True)
class OtherYear:
    title: str
    href: str
    band: str
    state: str


def other_years(case: Allocation, side: Side) -> list[OtherYear]:
    """Earlier years and other rounds; from before Plimsoll, what was brought in."""
    own = [
        OtherYear(
            title=each.cycle.year if each.round == 1 else f"{each.cycle.year}, round {each.round}",
            href=reverse("allocations:case", args=[each.pk]),
            band=each.policy.band(each.band).label if each.band else "",
            state=queries.state_label(each, side),
        )
        for each in queries.history(case)
    ]
    held = {each.title for each in own}
    before = PastBand.objects.filter(school=case.school).order_by("-year")
    return own + [
        OtherYear(each.year, "", each.band, each.source) for each in before if each.year not in held
    ]
