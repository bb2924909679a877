"""What a step of a notice is told."""

from typing import Any, Final

from plimsoll.core.forms import VersionForm
from plimsoll.core.workflow import Step
from plimsoll.intervention.cases.forms import words

FIELDS: Final = {
    "review": ("What you have looked at, and what you found", "Legal advice: few may read it."),
    "points": ("What is to be changed", "Whoever drafted it reads this."),
    "reasons": ("Why", "It stays with the notice."),
}


def form_for(step: Step, *args: Any, **options: Any) -> VersionForm:
    """The form that asks for exactly the fields of the step."""
    asked = {name: words(FIELDS[name][0], hint=FIELDS[name][1]) for name in step.fields}
    made: type[VersionForm] = type("Asked", (VersionForm,), asked)
    return made(*args, **options)
