"""What is asked of a plan besides its words: a file, how it came, and what is said to it."""

from datetime import date
from typing import Any

from django import forms

from plimsoll.core.forms import DateField, VersionForm, long_date
from plimsoll.documents.forms import FileForm
from plimsoll.intervention.cases.forms import words
from plimsoll.intervention.plans.versions import BY_OTHER_WAYS

HELD = "PDF, Word, Excel or a picture, up to 10 MB. Name no pupil in it."


class SendForm(VersionForm):
    """The version is the one whose words were read."""


class PlanFileForm(FileForm):
    file = forms.FileField(label="The plan", help_text=HELD)


class ReceiveForm(FileForm):
    """A plan that came another way; the day that it came is the day that counts."""

    on = DateField(label="Day it was received", help_text="For example, 3 11 2026")
    how = forms.ChoiceField(
        label="How it came",
        choices=[(each.value, each.label) for each in BY_OTHER_WAYS],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(label="The plan", help_text="As it came, or a scan of it.")

    def __init__(self, *args: Any, starts: date, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit("on", earliest=starts, latest=today)


class AcceptForm(VersionForm):
    words = words("Anything to say with it", hint="Head and chair read it.", required=False)


class ReturnForm(VersionForm):
    """The points; and another day, with the reason, where one is given."""

    points = words("What is to be changed", hint="Head and chair read it, and write on.", rows=8)
    due = DateField(label="Another day by which it is owed", required=False)
    why = words("Why that day", hint="Needed where there is another day.", rows=3, required=False)

    def __init__(self, *args: Any, due: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due"].help_text = f"Left empty, it stays {long_date(due)}."

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("due") and not typed.get("why"):
            self.add_error("why", "Say why there is another day")
        return typed
