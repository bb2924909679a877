"""What the page shows on which a plan is written: matter by matter, then the questions."""

from dataclasses import dataclass

from django.forms import BoundField

from plimsoll.core.parts import seen
from plimsoll.intervention.plans.form import PlanForm, question_key
from plimsoll.intervention.plans.saving import FIELDS


@dataclass(frozen=True)
class ActionPart:
    """One action as it is written."""

    number: int
    fields: list[BoundField]
    seen: BoundField


@dataclass(frozen=True)
class MatterPart:
    """A matter of the notice, and the actions about it."""

    number: int
    text: str
    actions: list[ActionPart]

    @property
    def add(self) -> str:
        """What the button says that wants room for one more."""
        return f"add-{self.number}"


@dataclass(frozen=True)
class QuestionPart:
    id: str
    text: BoundField
    seen: BoundField


def matters_of(form: PlanForm) -> list[MatterPart]:
    return [
        MatterPart(
            matter + 1,
            text,
            [
                ActionPart(number, [form[f"{key}-{name}"] for name in FIELDS], form[seen(key)])
                for number, key in enumerate(form.actions_about(matter), start=1)
            ],
        )
        for matter, text in enumerate(form.plan.matters)
    ]


def questions_of(form: PlanForm) -> list[QuestionPart]:
    return [_question(form, ask.id) for ask in form.asked.questions]


def _question(form: PlanForm, question: str) -> QuestionPart:
    key = question_key(question)
    return QuestionPart(question, form[f"{key}-text"], form[seen(key)])
