"""What is asked of whoever plans visits."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm
from plimsoll.visits.days.actions import IN_QUARTERS, QUARTER
from plimsoll.visits.diary.forms import MOST_DAYS, TimeOfDayField
from plimsoll.visits.models import Visit
from plimsoll.visits.planning.year import Chosen

MOST: Final = 60  # visits in one plan


class RowForm(PlimsollForm):
    """One visit of the year plan: it can be moved, held otherwise, or left out."""

    mark_optional = False

    kind = forms.CharField(widget=forms.HiddenInput)
    funding = forms.CharField(widget=forms.HiddenInput, required=False)
    wanted = forms.BooleanField(label="Plan this visit", required=False)
    on = DateField(label="Date")
    part = forms.ChoiceField(label="Part of the day", choices=Visit.Part.choices)
    mode = forms.ChoiceField(label="How", choices=Visit.Mode.choices)

    def __init__(self, *args: Any, earliest: date, latest: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit("on", earliest=earliest, latest=latest)

    def clean(self) -> dict[str, Any]:
        """What is left out may say anything."""
        if not self.cleaned_data.get("wanted"):
            self.errors.clear()
        return self.cleaned_data

    @property
    def chosen(self) -> Chosen | None:
        facts = self.cleaned_data
        if not facts.get("wanted"):
            return None
        return Chosen(facts["kind"], facts["funding"], facts["on"], facts["part"], facts["mode"])


Rows = forms.formset_factory(RowForm, extra=0, max_num=MOST, absolute_max=MOST, validate_max=True)


class OneForm(PlimsollForm):
    """One visit of a type that was chosen before. A private one has no words."""

    funding = forms.ChoiceField(label="Where the days come from", widget=forms.RadioSelect)
    days = forms.DecimalField(
        label="Days",
        help_text="In quarters, like 0.5. Preparation and the report are part of them.",
        min_value=QUARTER,
        max_value=MOST_DAYS,
        max_digits=4,
        decimal_places=2,
    )
    on = DateField(label="Date")
    part = forms.ChoiceField(label="Part of the day", choices=Visit.Part.choices)
    starts = TimeOfDayField()
    mode = forms.ChoiceField(label="How", choices=Visit.Mode.choices)
    purpose = forms.CharField(
        label="What it is for",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    others = forms.CharField(label="Who else comes", required=False, max_length=300)

    def __init__(
        self,
        *args: Any,
        sources: Sequence[tuple[str, str]],
        private: bool,
        counted: bool,
        earliest: date,
        latest: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.offer("funding", sources)
        self.limit("on", earliest=earliest, latest=latest)
        if private:
            del self.fields["purpose"], self.fields["others"]
        if counted:  # policy counts these in visits and not in days
            del self.fields["days"]

    def clean_days(self) -> Decimal:
        days: Decimal = self.cleaned_data["days"]
        if days % QUARTER:
            raise forms.ValidationError(IN_QUARTERS)
        return days
