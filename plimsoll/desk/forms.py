"""What the desk's pages ask for, to be kept."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst

from plimsoll.core.forms import DateField, PlimsollForm
from plimsoll.evidence import sources
from plimsoll.evidence.years import ending, school_year
from plimsoll.framework import editions
from plimsoll.schools.models import Closure, Contact, School


class SavedNameForm(PlimsollForm):
    name = forms.CharField(
        label="Name", max_length=60, help_text="For example: Nurseries without an inspection."
    )


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
        years = [ending(last) for last in range(today.year, today.year + 4)]
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
    year = forms.CharField(
        label="School year",
        required=False,
        help_text=(
            "That the file was published for, like 2023-24. Only where its name does not say it."
        ),
    )
    file = forms.FileField(
        help_text="CSV or Excel (.xlsx), as downloaded; .gz, .xz and .zip are read too."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, capfirst(source.title)) for name, source in sources.known().items()]
        self.fields["las"].initial = " ".join(map(str, editions.current().authority.la_codes))

    def clean_las(self) -> list[str]:
        codes = self.cleaned_data["las"].replace(",", " ").split()
        if wrong := [code for code in codes if not re.fullmatch(r"[0-9]{3}", code)]:
            raise forms.ValidationError(
                f"A local authority’s code has three digits, like 341: “{wrong[0]}” has not."
            )
        return codes

    def clean_year(self) -> str:
        year = str(self.cleaned_data["year"])
        try:
            return school_year(year) if year else ""
        except ValueError:
            raise forms.ValidationError(f"Enter a school year like 2023-24: “{year}” is none.")
