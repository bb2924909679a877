"""What a step of a ladder is told: the day it is taken on, and why."""

from typing import Any

from plimsoll.core.forms import DateField, VersionForm, speak
from plimsoll.intervention.cases.forms import words


class StepForm(VersionForm):
    on = DateField(label="Day of the step", help_text="For example, 3 11 2026")
    reasons = words("Reasons", hint="They stay with the case.", rows=6)

    def __init__(self, *args: Any, event: str = "", **options: Any) -> None:
        """`event` is what the clocks of the step count from, where it is not the step."""
        super().__init__(*args, **options)
        if event:
            label, hint = f"Day on which {event}", "The clock starts with this day."
            self.fields["since"] = DateField(label=label, help_text=hint)
            speak(self.fields["since"])
            self.order_fields(["version", "since", "on", "reasons"])
