"""What is asked of whoever logs liaison, and of whoever records what RISE does."""

from datetime import date
from typing import Any

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm
from plimsoll.framework.model import Edition
from plimsoll.visits.contacts.liaison import Word
from plimsoll.visits.contacts.rise import Status


class LiaisonForm(PlimsollForm):
    on = DateField(label="Date")
    spoke_to = forms.ChoiceField(label="With")
    person = forms.CharField(label="Name of whom you spoke to", required=False, max_length=150)
    about = forms.CharField(
        label="What was said",
        help_text="Name no pupil.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )
    next_on = DateField(label="Next on", required=False)

    def __init__(self, *args: Any, policy: Edition, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit("on", latest=today)
        bodies = [(choice.id, choice.label) for choice in policy.contacts.liaison]
        self.offer("spoke_to", bodies)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        on, after = data.get("on"), data.get("next_on")
        if on and after and after <= on:
            self.add_error("next_on", "The next date must be later than this one")
        return data

    @property
    def word(self) -> Word:
        return Word(**self.cleaned_data)


class RiseForm(PlimsollForm):
    status = forms.ChoiceField(label="What RISE does", widget=forms.RadioSelect)
    since = DateField(label="Since")
    adviser = forms.CharField(label="RISE adviser", required=False, max_length=150)
    supporting = forms.CharField(label="Supporting organisation", required=False, max_length=200)
    note = forms.CharField(
        label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, policy: Edition, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit("since", latest=today)
        answers = [(choice.id, choice.label) for choice in policy.contacts.rise]
        self.offer("status", answers)

    @property
    def answer(self) -> Status:
        return Status(**self.cleaned_data)
