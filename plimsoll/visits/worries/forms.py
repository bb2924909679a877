"""The forms of a safeguarding worry."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms

from plimsoll.core.forms import Label, PlimsollForm
from plimsoll.people.models import User
from plimsoll.schools import roles
from plimsoll.schools.models import Assignment


class RaiseForm(PlimsollForm):
    about = forms.CharField(
        label="What worries you",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=(
            "What you saw or heard, when and where. Name no child and nobody who could be told "
            "from it: who it is about goes by telephone."
        ),
    )
    to = forms.ChoiceField(label="Who must know today", widget=forms.RadioSelect)
    told_besides = forms.CharField(
        label="Whom you have told besides",
        required=False,
        max_length=300,
        help_text="For example the school’s safeguarding lead, the front door, the police",
    )

    looked = forms.BooleanField(
        label="I have looked again: it names no child", required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        told: Iterable[Assignment],
        named: Callable[[str], list[str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._named = named
        self._people = {str(each.person_id): each for each in told}
        people = [
            (key, Label(each.person.name, hint=roles.label(each.role)))
            for key, each in self._people.items()
        ]
        self.offer("to", people)

    def clean(self) -> dict[str, Any]:
        """A word that looks like a child’s name wants one second look, and is no bar."""
        typed = super().clean() or {}
        names = self._named(typed.get("about", "")) if not typed.get("looked") else []
        if names:
            self.fields["looked"].widget = forms.CheckboxInput()
            found = ", ".join(f"“{name}”" for name in names)
            self.add_error("looked", f"Look again at {found}: no child may be named here")
        return typed

    @property
    def person(self) -> User:
        return self._people[self.cleaned_data["to"]].person


class AcknowledgeForm(PlimsollForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(PlimsollForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.CharField(
        label="What was done",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Who took it on, and where it is kept. Name no child.",
    )
