"""What a step of a notice is told."""

from typing import Any, Final

from django import forms

from plimsoll.core.forms import PlimsollForm
from plimsoll.core.workflow import Step
from plimsoll.intervention.cases.forms import words

FIELDS: Final = {
    "review": ("What you have looked at, and what you found", "Legal advice: few may read it."),
    "points": ("What is to be changed", "Whoever drafted it reads this."),
    "reasons": ("Why", "It stays with the notice."),
}


class NoticeStep(PlimsollForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def facts(self) -> dict[str, Any]:
        """What the step is given: everything but the version that was seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def form_for(step: Step, *args: Any, **options: Any) -> NoticeStep:
    """The form that asks for exactly the fields of the step."""
    asked = {name: words(FIELDS[name][0], hint=FIELDS[name][1]) for name in step.fields}
    made: type[NoticeStep] = type("Asked", (NoticeStep,), asked)
    return made(*args, **options)
