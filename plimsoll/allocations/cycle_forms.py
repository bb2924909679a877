"""Forms of the cycle pages."""

from typing import Any

from django import forms

from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.forms import DateField, FilterForm, PlimsollForm
from plimsoll.framework.model import Edition
from plimsoll.schools.types import Phase


class OpenForm(PlimsollForm):
    """Which year to open, of those that have a policy and no cycle."""

    year = forms.ChoiceField(label="Academic year", widget=forms.RadioSelect)
    closes_on = DateField(
        label="The day it should be done by",
        help_text="For example, 31 12 2026. Reminders do not depend on it.",
        required=False,
    )

    def __init__(self, *args: Any, years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]


class BoardFilter(FilterForm):
    """What the cycle's list may be narrowed to."""

    text = forms.CharField(label="Name of the school", required=False)
    state = forms.ChoiceField(label="State", required=False)
    phase = forms.ChoiceField(label="Phase", required=False)
    sip = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, policy: Edition, partners: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        states = [(key, state.label) for key, state in ALLOCATION.states.items()]
        self.fields["state"].choices = [("", "Any"), *states]  # type: ignore[attr-defined]
        self.fields["phase"].choices = [("", "Any"), *Phase.choices]  # type: ignore[attr-defined]
        self.fields["sip"].label = policy.words.partner
        self.fields["sip"].choices = [  # type: ignore[attr-defined]
            ("", "Any"),
            ("0", "Nobody yet"),
            *((str(pk), name) for pk, name in partners),
        ]


class BringInForm(PlimsollForm):
    """The authority's spreadsheet."""

    file = forms.FileField(label="CSV file")


class InviteForm(PlimsollForm):
    """One more school."""

    urn = forms.IntegerField(label="URN of the school", min_value=100000, max_value=999999)
