"""What a person can do next with a visit, what follows from it, and who is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import grants
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.visits.diary import preparing
from plimsoll.visits.diary.notify import OF_STEP, SEE, TO_PARTNER
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Preparation, Visit

# The step for which a person most likely came, where it is open to them.
USUAL: Final = ("confirm", "hold", "complete", "record_confirmed", "move")

_CHARGED: Final = "Its days are free again or count as used, as you say under the reason."
_AGAIN: Final = ("The visit is planned as it was, and its days are spoken for.",)
_OTHER: Final = ("The {partner} finds another day, and you confirm that one.",)
FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {
    "confirm": ("The day stands. Either side can still ask for another.",),
    "record_confirmed": ("The day stands. Either side can still ask for another.",),
    "ask_other_day": (*_OTHER, "Your reasons stay with the visit."),
    "ask_other_day_only": _OTHER,
    "move": ("The school confirms the new day, or asks for another.",),
    "hold": ("Its days are used.", "Where the visit has a report, its clock starts."),
    "cancel": (_CHARGED,),
    "miss": (_CHARGED,),
    "complete": ("Only that it is complete, and the day, is kept.",),
    "reopen": _AGAIN,
    "reopen_only": _AGAIN,
}


@dataclass(frozen=True)
class Action:
    """Something to do: where it is done, or why it cannot be done yet."""

    label: str
    href: str
    blocked: str = ""


@dataclass(frozen=True)
class Actions:
    primary: Action | None
    others: list[Action]
    blocked: list[Action]

    def __bool__(self) -> bool:
        return bool(self.primary or self.others or self.blocked)


def actions(visit: Visit, user: User, *, at: datetime) -> Actions:
    """The steps open to this person, the likeliest first; blocked ones with the reason."""
    offers = VISIT.offers(visit, by=user, at=at)
    steps = {each.step.name: _of_step(visit, each.step.name, each.blocked) for each in offers}
    usual = next((name for name in USUAL if name in steps and not steps[name].blocked), "")
    primary = steps.pop(usual) if usual else None
    others = [each for each in steps.values() if not each.blocked]
    if preparing.may_write(user, visit):
        primary, others = _with_part(visit, primary, others)
    return Actions(primary, others, [each for each in steps.values() if each.blocked])


def _with_part(
    visit: Visit, primary: Action | None, others: list[Action]
) -> tuple[Action | None, list[Action]]:
    """The school's part before the visit, first of all until it is sent."""
    href = reverse("visits:prepare", args=[visit.pk])
    if Preparation.objects.filter(visit=visit).exists():
        return primary, [*others, Action(preparing.AGAIN, href)]
    asked = Action(preparing.INVITATION, href)
    return (primary, [asked, *others]) if primary else (asked, others)


def _of_step(visit: Visit, name: str, blocked: str) -> Action:
    return Action(
        VISIT.step(name).label, reverse("visits:visit-step", args=[visit.pk, name]), blocked
    )


def follows(visit: Visit, step: str) -> list[str]:
    """What will happen once the step is taken."""
    words = {"partner": visit.policy.words.partner}
    return [each.format_map(words) for each in FOLLOWS.get(step, ())]


def told(visit: Visit, step: str, user: User, *, at: datetime) -> list[str]:
    """Who gets an e-mail, by name and post."""
    message = OF_STEP.get(step, "")
    if not message:
        return []
    roles, partner = visit.policy.messages[message].to, message in TO_PARTNER
    labels = visit.policy.roles
    people = holders(visit.school, tuple(grants(SEE)), timezone.localdate(at))
    found: Iterable[str] = (
        f"{each.person.name} ({labels[each.role].label})"
        for each in people
        if each.person_id != user.pk
        and (each.role in roles or (partner and each.person_id == visit.partner_id))
    )
    return list(dict.fromkeys(found))
