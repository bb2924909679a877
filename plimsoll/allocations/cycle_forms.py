"""Forms of the cycle pages."""

from operator import itemgetter
from typing import Any

from django import forms
from django.conf import settings

from plimsoll.allocations.board import NOBODY, TYPE_NAMES
from plimsoll.allocations.queries import SUPERSEDED
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
        self.offer("year", [(year, year) for year in years])


class BoardFilter(FilterForm):
    """What the cycle's list may be narrowed to."""

    text = forms.CharField(label="Name of the school", required=False)
    state = forms.ChoiceField(label="State", required=False)
    sip = forms.ChoiceField(required=False)
    phase = forms.ChoiceField(label="Phase", required=False)
    type = forms.ChoiceField(label="Type of school", required=False)

    def __init__(
        self, *args: Any, policy: Edition, partners: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sip"].label = policy.words.partner_short
        states = ((key, state.label) for key, state in ALLOCATION.states.items())
        types = ((code, TYPE_NAMES[code]) for code in policy.scope.school_types)
        self.offer_any("state", (each for each in states if each[0] != SUPERSEDED))
        self.offer_any("sip", [("0", NOBODY), *((str(pk), name) for pk, name in partners)])
        self.offer_any("phase", Phase.choices)
        self.offer_any("type", sorted(types, key=itemgetter(1)))


class BringInForm(PlimsollForm):
    """The authority's spreadsheet."""

    file = forms.FileField(label="CSV file")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT >> 20
            raise forms.ValidationError(f"The file must be {most} MB or smaller")
        return file


class InviteForm(PlimsollForm):
    """One more school."""

    urn = forms.IntegerField(label="URN of the school", min_value=100000, max_value=999999)
