"""What the steps of a visit ask for, and the school's part before it."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, ClassVar, Final

from django import forms

from plimsoll.core.forms import DateField, Label, PlimsollForm, speak
from plimsoll.core.workflow import Step
from plimsoll.framework.visiting import Choice
from plimsoll.visits.models import Visit

# What would be words about a visit: of a private one the form does not have them (E12).
WORDS: Final = ("purpose", "others", "met", "note", "reasons")
AS_PROPOSED: Final = "as-proposed"
MOST_DAYS: Final = 5  # more in one visit is a slip of the hand


class VisitStepForm(PlimsollForm):
    """What one step of a visit must be given; the version is the one the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: Step, visit: Visit, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        wanted = {*step.fields, *step.optional} - (set(WORDS) if visit.private else set())
        for name, field in _fields(visit, today).items():
            if name in wanted:
                speak(field)
                self.fields[name] = field
        self._charges = {each.id: each.charged for each in visit.policy.diary.reasons}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "charged" in typed and typed.get("reason"):
            asked = typed["charged"]
            proposed = self._charges[typed["reason"]]
            typed["charged"] = proposed if asked == AS_PROPOSED else asked == "yes"
        return typed

    @property
    def data_of_step(self) -> dict[str, Any]:
        """What the step is given: what was left empty is not given."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "version" and value not in (None, "", [])
        }


def values_of(visit: Visit) -> dict[str, Any]:
    """A step's form begins with the visit as it stands."""
    return {
        "version": visit.version,
        "on": visit.on,
        "part": visit.part,
        "starts": visit.starts,
        "mode": visit.mode,
        "purpose": visit.purpose,
        "others": visit.others,
        "held_on": visit.on,
        "days": visit.days,
        "charged": AS_PROPOSED,
    }


def _fields(visit: Visit, today: date) -> dict[str, forms.Field]:
    """Every field that a step may ask for, in the order in which it is asked."""
    return {
        "on": DateField(label="The day", help_text="For example, 3 11 2026"),
        "held_on": DateField(label="The day it was held", latest=today),
        "completed_on": DateField(
            label="The day it was complete", earliest=visit.held_on, latest=today
        ),
        "part": _one("Part of the day", Visit.Part.choices),
        "starts": TimeOfDayField(),
        "mode": _one("How", Visit.Mode.choices),
        "days": forms.DecimalField(
            label="Days it took",
            max_digits=4,
            decimal_places=2,
            min_value=0,
            max_value=MOST_DAYS,
            help_text="In quarters, like 0.5",
        ),
        "met": forms.MultipleChoiceField(
            label="Who was met",
            required=False,
            choices=_listed(visit.policy.diary.met),
            widget=forms.CheckboxSelectMultiple,
        ),
        "others": forms.CharField(label="Who else of the service", required=False, max_length=300),
        "purpose": _text("What it is for", required=False),
        "reason": _one("Why", _reasons(visit)),
        "charged": _one(
            "Do its days count as used?",
            [
                (AS_PROPOSED, "As the reason above says"),
                ("yes", "Yes, they are used"),
                ("no", "No, they are free again"),
            ],
        ),
        "note": _text("Anything to add", required=False),
        "reasons": _text("Your reasons", help_text="Both sides read them."),
    }


class TimeOfDayField(forms.TimeField):
    """A time as people write it: 9:30am, 2pm, 14:00."""

    def __init__(self, **options: Any) -> None:
        formats = ("%I:%M%p", "%I%p", "%H:%M", "%H.%M", "%I.%M%p")
        super().__init__(
            label="Begins at",
            help_text="If it is agreed, like 9:30am",
            required=False,
            input_formats=formats,
            error_messages={"invalid": "Begins at must be a time, like 9:30am or 14:00"},
            widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
            **options,
        )

    def to_python(self, value: Any) -> time | None:
        typed = value.replace(" ", "") if isinstance(value, str) else value
        return super().to_python(typed)


def _one(label: str, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect)


def _text(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), **options)


def _listed(choices: Iterable[Choice]) -> list[tuple[str, str]]:
    return [(each.id, each.label) for each in choices]


def _reasons(visit: Visit) -> list[tuple[str, Label]]:
    """Each reason, with what it proposes for the visit's days."""
    used, free = "Its days count as used.", "Its days are free again."
    return [
        (each.id, Label(each.label, hint=used if each.charged else free))
        for each in visit.policy.diary.reasons
    ]


class PreparationForm(PlimsollForm):
    """The school's short part: an answer to each of policy's questions, none of them owed."""

    mark_optional: ClassVar[bool] = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: Iterable[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = tuple(questions)
        for each in self.questions:
            field = _text(each.label, required=False, max_length=4000)
            speak(field)
            self.fields[each.id] = field

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not any(typed.get(each.id) for each in self.questions):
            self.add_error(self.questions[0].id, "Answer at least one of the questions")
        return typed

    @property
    def answers(self) -> dict[str, str]:
        return {each.id: self.cleaned_data[each.id] for each in self.questions}
