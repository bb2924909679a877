"""What is asked of a recipient: somebody besides, a fact put right, and how it was served."""

from typing import Any

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm, VersionForm
from plimsoll.intervention.cases.forms import words
from plimsoll.intervention.models import Delivery
from plimsoll.intervention.notices.deliveries import Service

FACTS = (
    ("church:Church of England", "It is a Church of England school"),
    ("church:Roman Catholic", "It is a Roman Catholic school"),
    ("church:Church of England/Roman Catholic", "It is both"),
    ("church:none", "It is neither"),
    ("foundation:yes", "Somebody appoints foundation governors"),
    ("foundation:no", "Nobody appoints foundation governors"),
)


class AddForm(PlimsollForm):
    label = forms.CharField(label="Who", max_length=200, help_text="A name and a post.")
    how = forms.ChoiceField(
        label="How",
        choices=(("copied", "A copy"), ("given", "It is given to them")),
        initial="copied",
        widget=forms.RadioSelect,
    )
    reason = words("Why they receive it", rows=3)


class RemoveForm(PlimsollForm):
    """Nothing is asked but to say so."""


class CorrectForm(PlimsollForm):
    """One fact, and what shows that the register is wrong."""

    fact = forms.ChoiceField(
        label="What is put right",
        choices=FACTS,
        widget=forms.RadioSelect,
    )
    why = words("What shows that the register is wrong")

    @property
    def facts(self) -> dict[str, str]:
        fact, _, value = self.cleaned_data["fact"].partition(":")
        return {"fact": fact, "value": value, "why": self.cleaned_data["why"]}


class ServiceForm(VersionForm):
    address = words("Name and address", rows=4, required=False)
    method = forms.ChoiceField(
        label="How it was sent",
        choices=[("", "Not sent yet"), *Delivery.Method.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    sent_on = DateField(label="Day it was sent", required=False)
    given_on = DateField(
        label="Day it was received",
        help_text="Only where something shows that it was.",
        required=False,
    )
    evidence = words("What shows that it was received", rows=3, required=False)
    bounced_on = DateField(label="Day it came back", required=False)
    bounced_why = words("Why it came back", rows=2, required=False)

    @property
    def service(self) -> Service:
        values: dict[str, Any] = dict(self.cleaned_data)
        values.pop("version")
        return Service(**values)
