"""Forms that speak in sentences, and the fields and words GOV.UK's patterns need."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar, Final, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name

from plimsoll.core.workflow import Refused

PARTS: Final = ("day", "month", "year")
# "Enter your answer", "Enter what gave rise to the case".
WITHOUT_THE: Final = {"the", "your", "a", "an"}
CLAUSES: Final = ("what ", "why ", "how ", "who ", "when ", "where ")
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR: Final = re.compile(r"\d{4}")
# A year outside them is a slip of the finger, and months cannot be counted from the last of all.
YEARS: Final = range(1800, 2200)


class Label(str):
    """A choice's words with a hint beneath them.

    choices=[("agree", Label("I agree", hint="The allocation is final today."))]
    """

    __slots__ = ("hint",)
    hint: str

    def __new__(cls, text: str, *, hint: str = "") -> Self:
        label = super().__new__(cls, text)
        label.hint = hint
        return label


class DateInput(forms.MultiWidget):
    """Day, month and year to type: quicker than a calendar, and works everywhere."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else ["", "", ""]


class DateField(forms.DateField):
    """A date typed in three parts. Each mistake gets its own sentence.

    `earliest` and `latest` may be set by the form, which is told what day it is.
    """

    widget = DateInput

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = dict(zip(PARTS, (str(part or "").strip() for part in value), strict=True))
        missing = [part for part in PARTS if not typed[part]]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise self._wrong(f"must include a {' and '.join(missing)}", missing)
        return self._read(typed)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise self._wrong(f"must be {long_date(self.earliest)} or later")
        if value and self.latest and value > self.latest:
            raise self._wrong(f"must be {long_date(self.latest)} or earlier")

    def _read(self, typed: dict[str, str]) -> date:
        if not (YEAR.fullmatch(typed["year"]) and int(typed["year"]) in YEARS):
            raise self._wrong("must have a year of 4 digits, like 2026", ["year"])
        month = _month(typed["month"])
        if not month:
            raise self._wrong("must have a month from 1 to 12", ["month"])
        try:
            return date(int(typed["year"]), month, int(typed["day"]))
        except (ValueError, OverflowError):
            raise self._wrong("must be a real date", ["day"])

    def _wrong(self, what: str, parts: Iterable[str] = PARTS) -> ValidationError:
        label = str(self.label or "Date").replace("%", "%%")
        return ValidationError(f"{label} {what}", code="invalid", params={"parts": tuple(parts)})


def _month(typed: str) -> int:
    """A month by number or by English name; 0 when it is neither."""
    if typed.isdecimal() and len(typed) <= len("12"):
        return int(typed) if 1 <= int(typed) <= len(MONTHS) else 0
    short = typed[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class PlimsollForm(forms.Form):
    """A form whose every stock message says what to do.

    The browser's own checks stay off (`novalidate`, no `required`): ours are read out.
    """

    use_required_attribute = False
    # Says "(optional)" on what may be left empty. Off where nothing is asked, as in filters.
    mark_optional: ClassVar[bool] = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = field.label or pretty_name(name)
            speak(field)

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Give a choice its answers, which the form knows only once it is made."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def limit(self, name: str, *, earliest: date | None = None, latest: date | None = None) -> None:
        """Say between which days a date may lie; what is not said stays as it is."""
        field = self.fields[name]
        assert isinstance(field, DateField)
        field.earliest, field.latest = earliest or field.earliest, latest or field.latest

    def does(self, act: Callable[..., Any], **facts: Any) -> bool:
        """Do what the form asks; where that is refused, its reason becomes the form's error."""
        try:
            act(**facts)
        except Refused as refused:
            self.add_error(None, str(refused))
            return False
        return True


class VersionForm(PlimsollForm):
    """A form of something that others change too: the version is the one that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class FilterForm(PlimsollForm):
    """What narrows a list: sent by GET, nothing in it is asked for."""

    mark_optional = False

    def offer_any(
        self, name: str, choices: Iterable[tuple[Any, Any]], *, nothing: str = "Any"
    ) -> None:
        """Give a choice its answers, with one in front that narrows nothing."""
        self.offer(name, [("", nothing), *choices])


def speak(field: forms.Field) -> None:
    """Replace Django's stock messages; those the form worded itself stay."""
    stock: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        stock |= getattr(kind, "default_error_messages", {})
    for code, sentence in _sentences(field).items():
        if field.error_messages.get(code, stock.get(code)) == stock.get(code):
            field.error_messages[code] = sentence


def _sentences(field: forms.Field) -> dict[str, str]:
    label = str(field.label)
    # "URN" keeps its capitals, "Review date" does not start with one inside a sentence.
    inside = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    sentences = {
        "required": _required(field, inside, label),
        "invalid": _invalid(field, label),
        "empty": "The file is empty: choose another",
    }
    return sentences if isinstance(field, forms.FileField) else sentences | _limits(label, inside)


def _limits(label: str, inside: str) -> dict[str, str]:
    """Sentences that Django fills in with the limit, so a % of the label's own is doubled."""
    label, inside = label.replace("%", "%%"), inside.replace("%", "%%")
    return {
        "invalid_choice": f"Choose one of the answers listed for {inside}",
        "max_length": f"{label} must be %(limit_value)d characters or fewer, not %(show_value)d",
        "min_length": f"{label} must be %(limit_value)d characters or more, not %(show_value)d",
        "max_value": f"{label} must be %(limit_value)s or less",
        "min_value": f"{label} must be %(limit_value)s or more",
        "max_digits": f"{label} must have no more than %(max)s digits",
        "max_decimal_places": f"{label} must have no more than %(max)s decimal places",
    }


def _required(field: forms.Field, inside: str, label: str) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick “{label}” to go on"
    if label.endswith("?"):
        return f"Answer “{label}”"
    the = "" if inside.partition(" ")[0] in WITHOUT_THE or inside.startswith(CLAUSES) else "the "
    if isinstance(field, forms.FileField):
        return f"Choose a file for {the}{inside}"
    verb = "Choose" if isinstance(field.widget, forms.widgets.ChoiceWidget) else "Enter"
    return f"{verb} {the}{inside}"


def _invalid(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.EmailField):
        return f"{label} must be an e-mail address like name@example.org"
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return f"{label} must be a number, like 1.5"
    if isinstance(field, forms.IntegerField):
        return f"{label} must be a whole number, like 15"
    return f"{label} must be in the form asked for"
