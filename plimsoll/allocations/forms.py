"""The forms of one allocation: they validate, and do nothing else."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from plimsoll.allocations.actions import View
from plimsoll.allocations.brings import in_days
from plimsoll.allocations.models import Challenge, CriterionView, ViewSheet
from plimsoll.allocations.queries import Row
from plimsoll.core.forms import DateField, Label, PlimsollForm, speak
from plimsoll.core.workflow import Step
from plimsoll.framework.entitlements import stated
from plimsoll.framework.judging import Criterion, Descriptor
from plimsoll.framework.model import Edition


def _listed(words: Iterable[str]) -> str:
    """A, B and C."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def stands_in(policy: Edition, descriptor: Descriptor) -> str:
    """In which bands a descriptor stands, in the authority's words."""
    labels = [policy.band(key).label for key in descriptor.bands]
    return f"Stands in {policy.words.band if len(labels) == 1 else policy.words.bands} " + _listed(
        labels
    )


class Reasons(PlimsollForm):
    """A text that says why."""

    reasons = forms.CharField(label="Your reasons", widget=forms.Textarea(attrs={"rows": 6}))


class MarkStepForm(Reasons):
    """Why a step is taken on a high-risk mark; the version is the one the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(PlimsollForm):
    """What one step of the process must be given; the version is the one the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, step: Step, policy: Edition, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        made: dict[str, forms.Field] = {
            "band": _band(policy),
            "met_on": DateField(
                label="The day you met", latest=today, help_text="For example, 3 11 2026"
            ),
            "reasons": forms.CharField(
                label="Your reasons",
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text="They stay with the record, and whoever may read this may read them.",
            ),
        }
        for name, field in made.items():
            if name in step.fields:
                _add(self, name, field)

    @property
    def data_of_step(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _band(policy: Edition) -> forms.ChoiceField:
    """Each band with what it means and the days it brings."""
    choices = [
        (
            band.key,
            Label(
                band.label,
                hint=f"{band.meaning} Brings {in_days(stated(policy.entitlements[band.key]))} "
                f"with the {policy.words.partner}.",
            ),
        )
        for band in policy.bands
    ]
    return forms.ChoiceField(
        label=policy.words.band.capitalize(), choices=choices, widget=forms.RadioSelect
    )


def _add(form: PlimsollForm, name: str, field: forms.Field) -> None:
    speak(field)
    form.fields[name] = field


class ViewsForm(PlimsollForm):
    """One side's views: a descriptor and a text for each criterion."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, policy: Edition, rows: Iterable[Row], submit: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.rows, self.submit = list(rows), submit
        for row in self.rows:
            _add(self, choice_of(row.criterion), _choice(policy, row))
            words = forms.CharField(
                label=f"What you saw: {row.criterion.label}",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            _add(self, text_of(row.criterion), words)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for row in self.rows if self.submit else ():
            name = choice_of(row.criterion)
            if row.criterion.decisive and not typed.get(name):
                self.add_error(name, f"Give your view on {row.criterion.label}: it is decisive")
        return typed

    @property
    def views(self) -> dict[str, View]:
        typed = self.cleaned_data
        return {
            row.criterion.id: View(typed[choice_of(row.criterion)], typed[text_of(row.criterion)])
            for row in self.rows
        }


def choice_of(criterion: Criterion) -> str:
    return f"choice-{criterion.id}"


def text_of(criterion: Criterion) -> str:
    return f"text-{criterion.id}"


def saved_views(rows: Iterable[Row], sheet: ViewSheet | None) -> dict[str, Any]:
    """The sheet as the form's values."""
    said = {view.criterion: view for view in sheet.views.all()} if sheet else {}
    values: dict[str, Any] = {"version": sheet.version if sheet else 0}
    for row in rows:
        view = said.get(row.criterion.id)
        values[choice_of(row.criterion)] = view.choice if view else ""
        values[text_of(row.criterion)] = view.text if view else ""
    return values


def _choice(policy: Edition, row: Row) -> forms.ChoiceField:
    choices: list[tuple[str, Any]] = [
        (each.id, Label(each.text, hint=stands_in(policy, each))) for each in row.descriptors
    ]
    choices += [
        (CriterionView.NOT_APPLICABLE, Label("Not applicable")),
        (CriterionView.NOT_ENOUGH, Label("Not enough evidence")),
    ]
    label = f"{row.criterion.label} (decisive)" if row.criterion.decisive else row.criterion.label
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


class EvidenceForm(PlimsollForm):
    """Dated evidence of one side's own: a text, a file, or both."""

    title = forms.CharField(label="What it is", max_length=150)
    dated = DateField(label="The day it speaks of", help_text="For example, 3 11 2026")
    criterion = forms.ChoiceField(label="What it speaks to", required=False)
    text = forms.CharField(
        label="What it says",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Both sides read it. Name no pupil.",
    )
    file = forms.FileField(
        label="A file", required=False, help_text="PDF, Word, Excel, CSV or a picture, up to 10 MB"
    )

    def __init__(self, *args: Any, rows: Iterable[Row], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = [(row.criterion.id, row.criterion.label) for row in rows]
        self.offer("criterion", [("", "The school as a whole"), *labels])
        self.limit("dated", latest=today)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("text") and not typed.get("file"):
            self.add_error("text", "Write what the evidence says, or add a file")
        return typed


class WithdrawForm(PlimsollForm):
    why = forms.CharField(label="Why you withdraw it", widget=forms.Textarea(attrs={"rows": 4}))


class ChallengeForm(PlimsollForm):
    """What is wrong with a figure; `seen` is the figure as it stood when the page was opened."""

    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="What is wrong, and what is right",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Say where the right figure can be found. Both sides read it.",
    )

    def __init__(self, *args: Any, now: str, **options: Any) -> None:
        super().__init__(*args, initial={"seen": now}, **options)
        self._now = now

    def clean_seen(self) -> str:
        seen = str(self.cleaned_data["seen"])
        if seen and seen != self._now:
            # Sent once more, it is of the figure that is shown by then.
            self.data = dict(self.data.items()) | {"seen": self._now}
            raise forms.ValidationError(
                f"The figure changed while you wrote: it was {seen} and is {self._now} now. "
                "Challenge it if that is wrong too."
            )
        return seen


class AnswerForm(PlimsollForm):
    outcome = forms.ChoiceField(
        label="Your answer", choices=Challenge.Outcome.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 4}))


class PositionForm(PlimsollForm):
    """The version is a checksum of the text that the person saw before writing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label="Your position", widget=forms.Textarea(attrs={"rows": 10}))


class HighRiskForm(PlimsollForm):
    reason = forms.CharField(
        label="Your reasons",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The school reads them and may dispute the mark.",
    )
    review_on = DateField(label="When the mark is reviewed")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit("review_on", earliest=today + timedelta(days=1))
