"""What a plan says: gathered from what was written, and kept as it was sent."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from plimsoll.core.forms import long_date
from plimsoll.intervention.models import GoverningBodyPlan, PlanAction, PlanAnswer


@dataclass(frozen=True)
class Action:
    """One thing that will be done."""

    what: str
    who: str
    by_when: str
    measure: str

    @property
    def day(self) -> str:
        return long_date(date.fromisoformat(self.by_when)) if self.by_when else ""


@dataclass(frozen=True)
class Matter:
    """One thing that the notice requires, and what will be done about it."""

    text: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Answer:
    """What is said to a question about the whole plan."""

    id: str
    label: str
    text: str
    optional: bool = False

    @property
    def paragraphs(self) -> list[str]:
        return [" ".join(each.split()) for each in self.text.split("\n\n") if each.strip()]


@dataclass(frozen=True)
class Content:
    matters: tuple[Matter, ...]
    answers: tuple[Answer, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Content":
        return cls(
            tuple(
                Matter(each["text"], tuple(Action(**action) for action in each["actions"]))
                for each in kept["matters"]
            ),
            tuple(Answer(**each) for each in kept["answers"]),
        )


@dataclass(frozen=True)
class Lack:
    """What stands in the way of sending it, and the part of the page where it belongs."""

    text: str
    part: str


def gathered(plan: GoverningBodyPlan) -> Content:
    """The plan as it is written now: matters in the notice's order, questions in policy's."""
    actions: dict[int, list[Action]] = {}
    for row in actions_of(plan):
        actions.setdefault(row.matter, []).append(_action(row))
    texts = {row.question: row.text for row in answers_of(plan)}
    return Content(
        tuple(
            Matter(text, tuple(actions.get(number, ()))) for number, text in enumerate(plan.matters)
        ),
        tuple(
            Answer(ask.id, ask.label, texts.get(ask.id, ""), ask.optional)
            for ask in plan.obligation.case.policy.concern.plan.questions
        ),
    )


def actions_of(plan: GoverningBodyPlan) -> QuerySet[PlanAction]:
    """In the order in which they were written; none of a plan that nobody has begun."""
    return PlanAction.objects.filter(plan_id=plan.pk).order_by("pk")


def answers_of(plan: GoverningBodyPlan) -> QuerySet[PlanAnswer]:
    return PlanAnswer.objects.filter(plan_id=plan.pk)


def _action(row: PlanAction) -> Action:
    day = row.by_when.isoformat() if row.by_when else ""
    return Action(row.what, row.who, day, row.measure)


def lacks(content: Content) -> list[Lack]:
    """What is still to be said before it can be sent."""
    return list(_lacks(content))


def _lacks(content: Content) -> Iterator[Lack]:
    for number, matter in enumerate(content.matters, start=1):
        part = f"matter-{number}"
        if not matter.actions:
            yield Lack(f"Matter {number}: say what will be done", part)
        for action in matter.actions:
            if not action.what:
                yield Lack(f"Matter {number}: say what will be done", part)
            if not action.who:
                yield Lack(f"Matter {number}: say who does it", part)
            if not action.by_when:
                yield Lack(f"Matter {number}: say by when", part)
            if not action.measure:
                yield Lack(f"Matter {number}: say how it will be known", part)
    for answer in content.answers:
        if not (answer.optional or answer.text):
            yield Lack(f"Answer “{answer.label}”", f"question-{answer.id}")
