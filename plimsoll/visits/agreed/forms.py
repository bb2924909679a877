"""What a step of an agreed action is given."""

from datetime import date
from typing import Any, Final

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm, speak
from plimsoll.core.workflow import Step

WORDS: Final = {
    "how": ("How it was done", "Say what changed for pupils. Both sides read it. Name no pupil."),
    "reasons": ("Why", "Both sides read it."),
}


class ActionStepForm(PlimsollForm):
    """The words that the step needs; the version is the one the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: Step, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in step.fields:
            label, hint = WORDS[name]
            self._add(
                name,
                forms.CharField(
                    label=label,
                    help_text=hint,
                    widget=forms.Textarea(attrs={"rows": 5}),
                    error_messages={"required": f"Say {label.lower()}"},
                ),
            )
        if "done_on" in step.optional:
            self._add("done_on", DateField(label="When it was done", latest=today, required=False))

    def _add(self, name: str, field: forms.Field) -> None:
        speak(field)
        self.fields[name] = field

    @property
    def facts(self) -> dict[str, Any]:
        """What the step is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
