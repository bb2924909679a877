"""What is asked of whoever logs an inspection, and at each of its steps."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms

from plimsoll.core.forms import DateField, Label, PlimsollForm


class StepForm(PlimsollForm):
    """The version that the person saw goes with every step."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("called_on", "heard_on", "published_on"):
            if name in self.fields:
                self.limit(name, latest=today)


class ChangeForm(StepForm):
    starts_on = DateField(label="Inspectors come on")
    kind = forms.CharField(label="Kind of inspection", required=False, max_length=150)
    lead = forms.CharField(label="Lead inspector", required=False, max_length=150)
    attended_by = forms.CharField(
        label="Who of the service takes part", required=False, max_length=300
    )


class NewForm(ChangeForm):
    called_on = DateField(label="Inspectors called on")
    field_order = ("called_on", "starts_on", "kind", "lead", "attended_by")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["version"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        called, starts = data.get("called_on"), data.get("starts_on")
        if called and starts and starts < called:
            self.add_error("starts_on", "Inspectors come on the day they call or later")
        return data


class HearForm(StepForm):
    heard_on = DateField(label="Heard on")
    outcome = forms.CharField(
        label="Outcome, as it was told",
        help_text="Nobody but the school and the service may know it before it is published.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )


class PublishForm(StepForm):
    published_on = DateField(label="Published on")


class ReviewForm(StepForm):
    still_right = forms.TypedChoiceField(
        label="After this inspection, is the allocation still right?",
        choices=[
            ("yes", "Yes, it is still right"),
            ("no", Label("No: ask for an in-year review", hint="The next page leads there.")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class ReasonForm(StepForm):
    reasons = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


FORMS: Final[Mapping[str, type[StepForm]]] = {
    "change": ChangeForm,
    "hear": HearForm,
    "publish": PublishForm,
    "review": ReviewForm,
    "stand_down": ReasonForm,
    "reopen": ReasonForm,
}
