"""What is typed about people at schools. Whether it may be is the actions' business."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from plimsoll.core.forms import DateField, FilterForm, PlimsollForm
from plimsoll.people.actions import known
from plimsoll.people.models import User
from plimsoll.schools import roles
from plimsoll.schools.models import Assignment, School
from plimsoll.schools.types import Phase

UNKNOWN = "Nobody with an account has this address: invite them first"


class PeopleFilter(FilterForm):
    text = forms.CharField(label="Name or e-mail address", required=False)
    role = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("role", [("", "Every role"), *roles.labels()])


class PersonField(forms.EmailField):
    """Somebody who has an account, by address."""

    def clean(self, value: Any) -> User | None:
        address = super().clean(value)
        if not address:
            return None
        person = known(address)
        if person is None or not person.is_active:
            raise ValidationError(UNKNOWN, code="unknown")
        return person


class SchoolField(forms.IntegerField):
    """A school of the register, by URN."""

    def clean(self, value: Any) -> School | None:
        urn = super().clean(value)
        if urn is None:
            return None
        school = School.objects.filter(urn=urn).first()
        if school is None:
            raise ValidationError("No school in the register has this URN", code="unknown")
        return school


class RoleForm(PlimsollForm):
    """A role, and what some roles need besides."""

    role = forms.ChoiceField()
    school = SchoolField(
        label="URN of the school",
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-10"}),
        help_text="For every role at a school. Six digits, like 900001.",
    )
    phases = forms.MultipleChoiceField(
        choices=Phase.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For a role that is held to the schools of some phases.",
    )
    service = forms.ChoiceField(required=False, help_text="For an officer of another service.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("role", [("", "Choose a role"), *roles.labels()])
        self.offer("service", [("", "None"), *roles.service_labels()])


class InviteForm(RoleForm):
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="E-mail address", max_length=254)

    field_order = ["name", "email", "role", "school", "phases", "service"]


class AppointForm(RoleForm):
    kind = forms.ChoiceField(
        label="How is the role held?",
        choices=[
            (Assignment.Kind.HELD, "In post"),
            (Assignment.Kind.ACTING, "Acting, while the post is vacant or its holder away"),
        ],
        widget=forms.RadioSelect,
    )
    starts = DateField(label="First day")
    ends = DateField(label="Last day", required=False)
    first_headship = forms.BooleanField(label="This is a first headship", required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        options["initial"] = {"starts": today, "kind": Assignment.Kind.HELD} | (
            options.get("initial") or {}
        )
        super().__init__(*args, **options)


class EndForm(PlimsollForm):
    on = DateField(label="Last day of the role")


class HandOverForm(PlimsollForm):
    to = PersonField(label="E-mail address of the next one")
    on = DateField(label="First day of the next one")
    note = forms.CharField(
        label="What should the next one know?", widget=forms.Textarea, max_length=10_000
    )


class CoverForm(PlimsollForm):
    person = PersonField(label="E-mail address of who covers")
    starts = DateField(label="First day")
    ends = DateField(label="Last day")


class DelegateForm(PlimsollForm):
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="E-mail address", max_length=254)
    starts = DateField(label="First day")
    ends = DateField(label="Last day", required=False)


class InterestForm(PlimsollForm):
    interest = forms.CharField(
        label="What stands between you and this school?",
        required=False,
        widget=forms.Textarea,
        max_length=2_000,
        help_text=(
            "For example family, a former post, work paid by the school. "
            "Leave it empty when there is nothing to declare."
        ),
    )


class NameForm(PlimsollForm):
    name = forms.CharField(label="Your name, as others see it", max_length=150)


class AcceptForm(PlimsollForm):
    """A password, or none: then a code is sent to the address at each sign-in."""

    password = forms.CharField(
        required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=(
            "12 characters or more; three words that do not belong together make a good one. "
            "Leave it empty to sign in with a code sent to your e-mail address."
        ),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean_password(self) -> str | None:
        password = self.cleaned_data["password"] or None
        if password:
            validate_password(password, self.person)
        return password
