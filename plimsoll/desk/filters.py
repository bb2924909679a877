"""What narrows the desk's lists: read from the address, so that each can be sent and kept."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django import forms

from plimsoll.core.forms import FilterForm
from plimsoll.desk import bands, chronology, register
from plimsoll.evidence.authority import indicators
from plimsoll.framework import editions
from plimsoll.schools.types import STATUSES, TYPES, Phase, Route

EVERY = ("", "Every one")
# How a day is typed where three boxes would not fit: 5/10/2026, 5 October 2026, 2026-10-05.
DAYS = ("%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")
# West, south, east, north, in metres of the national grid.
BOX: Final = re.compile(",".join([r"(\d{1,7})"] * 4))
NO_DAY = {"invalid": "Enter the day like 5/10/2026"}


class SchoolFilter(FilterForm):
    """Narrows the list of schools, and the map. The band is asked only of whoever may know
    one (S7).
    """

    text = forms.CharField(
        label="Name, URN, LAESTAB, postcode or trust", required=False, max_length=100
    )
    phase = forms.ChoiceField(required=False, choices=[EVERY, *Phase.choices])
    status = forms.ChoiceField(
        required=False, choices=[EVERY, ("open", "Open now"), *STATUSES.items()]
    )
    band = forms.ChoiceField(required=False)
    mine = forms.BooleanField(label="Only my schools", required=False)
    route = forms.ChoiceField(
        label="Maintained or academy", required=False, choices=[EVERY, *Route.choices]
    )
    type = forms.ChoiceField(
        required=False, choices=[EVERY, *((code, name) for name, code in sorted(TYPES.items()))]
    )
    trust = forms.CharField(label="Trust, or its UID", required=False, max_length=100)
    la = forms.CharField(label="Local authority, or its code", required=False, max_length=60)
    inspected = forms.ChoiceField(
        label="Last inspection",
        required=False,
        choices=[
            EVERY,
            (register.LAST_YEAR, "In the last year"),
            (register.LAST_FOUR, "In the last four years"),
            (register.LONGER_AGO, "Longer than four years ago"),
            (register.NEVER, "None held under this URN"),
        ],
    )
    within = forms.CharField(required=False, widget=forms.HiddenInput)

    MORE: ClassVar = ("route", "type", "trust", "la", "inspected")

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not bands.may_know_any(user):
            del self.fields["band"]
            return
        policy = editions.current()
        field = self.fields["band"]
        assert isinstance(field, forms.ChoiceField)
        field.label = policy.words.band.capitalize()
        field.choices = [EVERY, *((band.key, band.label) for band in policy.bands)]

    def clean_within(self) -> register.Box | None:
        text = self.cleaned_data["within"]
        if not text:
            return None
        if not (found := BOX.fullmatch(text)):
            raise forms.ValidationError("The part of the map in this address is none.")
        return register.Box(*map(int, found.groups()))

    @property
    def wanted(self) -> register.Filters:
        """What to narrow to: everything, when the address asks for what there is not."""
        return register.Filters(**self.cleaned_data) if self.is_valid() else register.Filters()

    @property
    def in_use(self) -> dict[str, str]:
        """The filters that narrow anything, as the address has them."""
        if not self.is_valid():
            return {}
        return {name: self.data[name] for name, value in self.cleaned_data.items() if value}

    @property
    def address(self) -> str:
        return urlencode(self.in_use)

    @property
    def has_more(self) -> bool:
        return any(name in self.in_use for name in self.MORE)

    @property
    def primary_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in self.MORE]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    def described(self) -> str:
        """The filters in words: Phase: Primary; Only my schools."""
        return "; ".join(self._described(name) for name in self.in_use) or "Every school"

    def _described(self, name: str) -> str:
        field = self.fields[name]
        if name == "within":
            return "A part of the map"
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        value = self.in_use[name]
        if isinstance(field, forms.ChoiceField):
            value = next(label for key, label in field.widget.choices if key == value)
        return f"{field.label}: {value}"


class AuthorityFilter(FilterForm):
    """Which figures of the authority: the key ones, or those of one topic."""

    topic = forms.ChoiceField(label="About", required=False)
    phase = forms.ChoiceField(
        required=False, choices=[("", "Every phase"), *indicators.PHASES.items()]
    )

    def __init__(self, *args: Any, topics: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(indicators.KEY, "Key figures"), *topics]


class HistoryFilter(FilterForm):
    kind = forms.ChoiceField(
        label="About", required=False, choices=[("", "Everything"), *chronology.KINDS]
    )


class AuditFilter(FilterForm):
    """Narrows the audit trail; the choices say nothing of what has happened."""

    kind = forms.ChoiceField(
        label="About", required=False, choices=[("", "Everything"), *chronology.KINDS]
    )
    person = forms.CharField(label="Person’s name", required=False, max_length=100)
    urn = forms.IntegerField(label="School’s URN", required=False, min_value=1, max_value=9_999_999)
    since = forms.DateField(label="From", required=False, input_formats=DAYS, error_messages=NO_DAY)
    until = forms.DateField(label="To", required=False, input_formats=DAYS, error_messages=NO_DAY)
