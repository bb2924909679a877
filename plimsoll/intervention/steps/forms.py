"""What a step of a ladder is told: the day it is taken on, and why."""

from typing import Any

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm
from plimsoll.intervention.cases.forms import words


class StepForm(PlimsollForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DateField(label="Day of the step", help_text="For example, 3 11 2026")
    reasons = words("Reasons", hint="They stay with the case.", rows=6)

    @property
    def data_of_step(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "reasons")}
