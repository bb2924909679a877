"""Saving a plan as it is written: each part by itself, so that head and chair may both write.

A part is an action about one matter, or an answer to a question. Only the parts that the
writer touched are told, each with the version that the page had shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import transaction

from plimsoll.core import audit
from plimsoll.core.models import Versioned
from plimsoll.core.workflow import Refused, Stale
from plimsoll.intervention.cases.records import locked
from plimsoll.intervention.models import GoverningBodyPlan, Obligation, PlanAction, PlanAnswer
from plimsoll.intervention.permissions import WRITE_PLAN
from plimsoll.intervention.plans.beginning import opened
from plimsoll.intervention.plans.workflow import PLAN, may_be_written
from plimsoll.people.models import User

FIELDS: Final = ("what", "who", "by_when", "measure")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One action as typed. Without any words it is taken out."""

    matter: int
    what: str = ""
    who: str = ""
    by_when: date | None = None
    measure: str = ""
    version: int = 0

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in FIELDS)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What is said to one question."""

    text: str
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The parts that were touched: actions by number, new ones, and answers by question."""

    actions: Mapping[int, Said] = field(default_factory=dict)
    new: tuple[Said, ...] = ()
    answers: Mapping[str, Answered] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.actions or self.new or self.answers)


class Clash(Stale):
    """Somebody else saved other words in the same parts; nothing of this save was kept."""

    def __init__(self, late: list[Versioned]) -> None:
        super().__init__(late[0])
        self.late = late


@transaction.atomic
def save(*, obligation: Obligation, typed: Typed, by: User, at: datetime) -> GoverningBodyPlan:
    """Save what was touched, all of it or none.

    Raises Clash with the parts in which somebody else was quicker, Refused with a sentence.
    """
    locked(obligation.case, by, WRITE_PLAN)
    plan = opened(obligation, by=by, at=at)
    if not may_be_written(plan):
        raise Refused(f"It cannot be changed now: the state is “{PLAN.state(plan).label}”.")
    late = [*_actions(plan, typed), *_answers(plan, typed)]
    if late:
        raise Clash(late)
    if typed:
        # Whoever is about to send it notices that it is no longer what they read.
        plan.version += 1
        plan.saved_at, plan.saved_by = at, str(by)
        plan.save(update_fields=["version", "saved_at", "saved_by"])
        audit.record(verb="governors-plan.saved", subject=plan, by=by, at=at, permission=WRITE_PLAN)
    return plan


def _actions(plan: GoverningBodyPlan, typed: Typed) -> Iterator[PlanAction]:
    """Save each, and yield those in which somebody else wrote something else meanwhile."""
    saved = {each.pk: each for each in plan.actions.all()}
    for pk, said in typed.actions.items():
        action = saved.get(pk)
        if action is None:
            raise Refused("Somebody else has taken one of these actions out of the plan meanwhile.")
        if action.version != said.version and _differ(action, said):
            yield action
        elif said.is_empty:
            action.delete()
        else:
            _write(action, said)
    there = {_values(each) for each in saved.values()}
    for said in typed.new:
        if not 0 <= said.matter < len(plan.matters):
            raise Refused("The notice has no such matter.")
        # A second click adds nothing.
        if not said.is_empty and _values(said) not in there:
            _write(PlanAction(plan=plan, matter=said.matter, version=0), said)


def _write(action: PlanAction, said: Said) -> None:
    for name in FIELDS:
        setattr(action, name, getattr(said, name))
    action.version += 1
    action.save()


def _differ(action: PlanAction, said: Said) -> bool:
    return _values(action) != _values(said)


def _values(of: PlanAction | Said) -> tuple[object, ...]:
    return of.matter, *(getattr(of, name) for name in FIELDS)


def _answers(plan: GoverningBodyPlan, typed: Typed) -> Iterator[PlanAnswer]:
    saved = {each.question: each for each in plan.answers.all()}
    questions = {ask.id for ask in plan.obligation.case.policy.concern.plan.questions}
    for question, said in typed.answers.items():
        if question not in questions:
            raise Refused("The plan has no such question.")
        answer = saved.get(question) or PlanAnswer(plan=plan, question=question, version=0)
        if answer.version != said.version and answer.text != said.text:
            yield answer
            continue
        answer.text = said.text
        answer.version += 1
        answer.save()
