"""What is asked of whoever logs a contact."""

from datetime import date
from typing import Any

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm
from plimsoll.framework.model import Edition
from plimsoll.visits.contacts.calls import Said
from plimsoll.visits.models import Call


class CallForm(PlimsollForm):
    """Five fields at most: it is filled in with the receiver hardly down (U3)."""

    on = DateField(label="Date")
    how = forms.ChoiceField(label="How", choices=Call.How.choices, widget=forms.RadioSelect)
    spoke_to = forms.ChoiceField(label="Spoke to")
    about = forms.CharField(
        label="About",
        help_text="What was asked and said. Name no pupil.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    follow_up_on = DateField(label="Come back to it on", required=False)

    def __init__(self, *args: Any, policy: Edition, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit("on", latest=today)
        met = [(choice.id, choice.label) for choice in policy.diary.met]
        self.offer("spoke_to", met)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        on, back = data.get("on"), data.get("follow_up_on")
        if on and back and back <= on:
            self.add_error("follow_up_on", "Come back to it on a day after the contact")
        return data

    @property
    def said(self) -> Said:
        return Said(**self.cleaned_data)
