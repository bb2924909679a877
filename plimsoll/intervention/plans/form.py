"""The form of a plan: by matter what will be done, then the questions about the whole."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms

from plimsoll.core.forms import DateField
from plimsoll.core.parts import Part, PartsForm, seen
from plimsoll.framework.intervening import PlanAsk, PlanRules
from plimsoll.intervention.models import GoverningBodyPlan, PlanAction
from plimsoll.intervention.plans.content import actions_of, answers_of
from plimsoll.intervention.plans.saving import FIELDS, Answered, Said, Typed

# The mark of an action that was on the page when it was opened.
MARK: Final = re.compile(seen(r"(action-(\d{1,4})-\d{1,18})"))


class PlanForm(PartsForm):
    """Every part of the plan; nothing must be whole before it is sent.

    `plan` may be one that is not saved yet. `opened` are the matters that have room for one
    more action; one without any has it always.
    """

    def __init__(
        self,
        *args: Any,
        plan: GoverningBodyPlan,
        opened: Iterable[int] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.plan = plan
        self.asked = plan.obligation.case.policy.concern.plan
        self.opened = {*opened}
        self.saved = {key_of(each): each for each in actions_of(plan)}
        # Somebody else took these out since the page was opened: what was typed is kept.
        self.removed: dict[str, int] = {}
        for key, action in self.saved.items():
            self._add_action(key, action)
        for name in self.data:
            self._add_removed(name)
        for matter in range(len(plan.matters)):
            self._add_action(new_key(matter), None)
        self._add_answers()

    def _add_action(self, key: str, action: PlanAction | None) -> None:
        values = {f"{key}-{name}": getattr(action, name) if action else "" for name in FIELDS}
        fields = {f"{key}-{name}": field for name, field in _fields(self.asked)}
        self.add_part(Part(key, values, action.version if action else 0), fields)

    def _add_removed(self, name: str) -> None:
        found = MARK.fullmatch(name)
        if found and found[1] not in self.parts:
            self.removed[found[1]] = int(found[2])
            self._add_action(found[1], None)

    def _add_answers(self) -> None:
        saved = {each.question: each for each in answers_of(self.plan)}
        for ask in self.asked.questions:
            key, answer = question_key(ask.id), saved.get(ask.id)
            values = {f"{key}-text": answer.text if answer else ""}
            fields = {f"{key}-text": _question(ask)}
            self.add_part(Part(key, values, answer.version if answer else 0), fields)

    def restored(self, typed: PartsForm) -> None:
        """Actions that were typed and not saved have their room again."""
        assert isinstance(typed, PlanForm)
        typed.full_clean()
        for key in typed.removed:
            if typed.touched(key):
                self._add_removed(seen(key))
        self.opened |= {matter for matter in self._matters if typed.touched(new_key(matter))}
        super().restored(typed)

    @property
    def _matters(self) -> range:
        return range(len(self.plan.matters))

    def actions_about(self, matter: int) -> list[str]:
        """The parts that the page shows under a matter, with room for a new one last."""
        keys = [key for key, action in self.saved.items() if action.matter == matter]
        keys += [key for key, about in self.removed.items() if about == matter]
        new = new_key(matter)
        if not keys or matter in self.opened or self.data.get(seen(new)):
            keys.append(new)
        return keys

    @property
    def typed(self) -> Typed:
        """What was touched, as the action takes it."""
        fresh = {**self.removed, **{new_key(matter): matter for matter in self._matters}}
        return Typed(
            actions={
                action.pk: self._said(key, action.matter)
                for key, action in self.saved.items()
                if self.touched(key)
            },
            new=tuple(
                self._said(key, matter) for key, matter in fresh.items() if self.touched(key)
            ),
            answers={
                ask.id: self._answered(question_key(ask.id))
                for ask in self.asked.questions
                if self.touched(question_key(ask.id))
            },
        )

    def _said(self, key: str, matter: int) -> Said:
        values = {name: self.said(key)[f"{key}-{name}"] for name in FIELDS}
        return Said(**values, matter=matter, version=self.version(key))

    def _answered(self, key: str) -> Answered:
        return Answered(text=self.said(key)[f"{key}-text"], version=self.version(key))


def key_of(action: PlanAction) -> str:
    """It names the matter, which is so known of an action that is there no more."""
    return f"action-{action.matter}-{action.pk}"


def new_key(matter: int) -> str:
    return f"new-{matter}"


def question_key(question: str) -> str:
    return f"question-{question}"


def _fields(asked: PlanRules) -> Iterator[tuple[str, forms.Field]]:
    yield "what", _text(asked.what, rows=3)
    yield "who", forms.CharField(label=asked.who, required=False, max_length=150)
    yield "by_when", DateField(label=asked.by_when, required=False)
    yield "measure", _text(asked.measure, rows=2)


def _question(ask: PlanAsk) -> forms.Field:
    label = f"{ask.label} (optional)" if ask.optional else ask.label
    return _text(label, rows=5, hint=ask.hint)


def _text(label: str, *, rows: int, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
