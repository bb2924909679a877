"""What the desk's pages ask for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from plimsoll.core.forms import DateField, FilterForm, PlimsollForm
from plimsoll.desk import bands, chronology
from plimsoll.evidence import sources
from plimsoll.framework import editions
from plimsoll.schools.models import Closure, Contact, School
from plimsoll.schools.types import STATUSES, TYPES, Phase

EVERY = ("", "Every one")
# How a day is typed where three boxes would not fit: 5/10/2026, 5 October 2026, 2026-10-05.
DAYS = ("%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")
NO_DAY = {"invalid": "Enter the day like 5/10/2026"}


class SchoolFilter(FilterForm):
    """Narrows the list of schools. The band is asked only of whoever may know one (S7)."""

    text = forms.CharField(
        label="Name, URN, LAESTAB, postcode or trust", required=False, max_length=100
    )
    phase = forms.ChoiceField(required=False, choices=[EVERY, *Phase.choices])
    type = forms.ChoiceField(
        required=False, choices=[EVERY, *((code, name) for name, code in sorted(TYPES.items()))]
    )
    status = forms.ChoiceField(
        required=False, choices=[EVERY, ("open", "Open now"), *STATUSES.items()]
    )
    mine = forms.BooleanField(label="Only my schools", required=False)
    band = forms.ChoiceField(required=False)

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


class ContactForm(PlimsollForm):
    kind = forms.ChoiceField(label="Contact for", choices=Contact.Kind.choices)
    name = forms.CharField(max_length=150)
    email = forms.EmailField(label="E-mail address", required=False, max_length=254)
    telephone = forms.CharField(required=False, max_length=30)


class NewContactForm(ContactForm):
    starts = DateField(label="From")


class EndContactForm(PlimsollForm):
    on = DateField(label="Last day")


class _WhoseForm(PlimsollForm):
    """Days of every school, or of one: whoever may speak for every school says which."""

    def __init__(self, *args: Any, schools: Sequence[School] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.schools = schools
        if schools is None:
            self.fields["urn"] = forms.IntegerField(
                label="URN of the one school", required=False, help_text="Empty for every school."
            )
        elif len(schools) > 1:
            self.fields["urn"] = forms.TypedChoiceField(
                label="School", coerce=int, choices=[(s.urn, s.name) for s in schools]
            )
        self.order_fields(["urn"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["school"] = self._school(data.pop("urn", None))
        return data

    def _school(self, urn: int | None) -> School | None:
        if self.schools is not None:
            return next((s for s in self.schools if urn in (None, s.urn)), None)
        if not urn:
            return None
        school = School.objects.filter(pk=urn).first()
        if school is None:
            self.add_error("urn", f"There is no school with the URN {urn} in the register.")
        return school


class TermForm(PlimsollForm):
    year = forms.ChoiceField(label="School year")
    name = forms.ChoiceField(label="Term")
    starts = DateField(label="First day")
    ends = DateField(label="Last day")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        years = [_year(first) for first in range(today.year - 1, today.year + 3)]
        for name, values in (
            ("year", years),
            ("name", [term.label for term in editions.calendar().terms]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(value, value) for value in values]


class NewTermForm(TermForm, _WhoseForm):
    pass


class ClosureForm(PlimsollForm):
    kind = forms.ChoiceField(label="What kind of days", choices=Closure.Kind.choices)
    name = forms.CharField(
        required=False, max_length=60, help_text="For example: October half term."
    )
    starts = DateField(label="First day")
    ends = DateField(label="Last day")


class NewClosureForm(ClosureForm, _WhoseForm):
    pass


class UploadForm(PlimsollForm):
    """A published file as it comes."""

    source = forms.ChoiceField(label="What the file is")
    las = forms.CharField(
        label="Local authority codes",
        required=False,
        help_text="Three digits each, with spaces between. Empty for every authority in it.",
    )
    file = forms.FileField(help_text="CSV, as downloaded; .gz, .xz and .zip are read too.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (name, f"{source.title[:1].upper()}{source.title[1:]}")
            for name, source in sources.known().items()
        ]
        self.fields["las"].initial = " ".join(map(str, editions.current().authority.la_codes))

    def clean_las(self) -> list[str]:
        codes = self.cleaned_data["las"].replace(",", " ").split()
        if wrong := [code for code in codes if not (code.isdecimal() and len(code) == 3)]:
            raise forms.ValidationError(
                f"A local authority’s code has three digits, like 341: “{wrong[0]}” has not."
            )
        return codes


def _year(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02d}"
