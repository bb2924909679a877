"""What is asked of a power of intervention, step by step."""

from datetime import date
from typing import Any, Final

from django import forms

from plimsoll.core.forms import DateField, Label, PlimsollForm, VersionForm
from plimsoll.core.workflow import Step
from plimsoll.intervention.cases.forms import words
from plimsoll.intervention.models import PowerInUse
from plimsoll.intervention.powers.consultees import Consultee
from plimsoll.intervention.recipients import Reached

EXAMPLE: Final = "For example, 3 11 2026"


class ProposeForm(PlimsollForm):
    on = DateField(label="Day on which it is proposed", help_text=EXAMPLE)
    why = words("Why this power", hint="What it is to bring about, and what shows the need.")


class ConsultationForm(PlimsollForm):
    """The fields are those of `Said`."""

    label = forms.ChoiceField(label="Who was consulted", widget=forms.RadioSelect)
    asked_on = DateField(label="Day on which they were asked", help_text=EXAMPLE)
    answered_on = DateField(label="Day of their answer", required=False)
    answer = words("What they said", required=False)
    not_awaited = words(
        "Why no answer is awaited", required=False, rows=3,
        hint="Only where they did not answer: how long they had, and how they were reminded.",
    )  # fmt: skip

    def __init__(self, *args: Any, asked: list[Consultee], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("label", [(x.who.label, Label(x.who.label, hint=x.who.reason)) for x in asked])


class SecretaryForm(VersionForm):
    """Notified, for most powers; asked and consented, for an interim executive board."""

    told_on = DateField(label="Day on which the Secretary of State was notified", required=False)
    consent_on = DateField(label="Day of the consent", required=False)
    how = forms.CharField(
        label="How, and what shows it", max_length=300,
        help_text="For example, by e-mail to the Regions Group, and its reference.",
    )  # fmt: skip

    def __init__(self, *args: Any, use: PowerInUse, **options: Any) -> None:
        super().__init__(*args, **options)
        if use.rule.secretary_of_state == "notify":
            del self.fields["consent_on"]
            self.fields["told_on"].required = True
        else:
            self.fields["told_on"].label = "Day on which consent was asked for"

    @property
    def facts(self) -> dict[str, Any]:
        return {"consent_on": None} | self.cleaned_data


class ToldForm(PlimsollForm):
    on = DateField(label="Day", help_text=EXAMPLE)
    told_how = words("How the authority was told", rows=3)


class BarForm(ToldForm):
    """Which of the two the page was for is sent along: a second click must not undo the first."""

    lifts = forms.BooleanField(widget=forms.HiddenInput, required=False)


class PeriodForm(PlimsollForm):
    on = DateField(label="Last day of the compliance period", help_text=EXAMPLE)
    told_how = words("Where it says so", rows=3)


class PowerStep(VersionForm):
    @property
    def facts(self) -> dict[str, Any]:
        """What the step is told."""
        return self.cleaned_data


class ReasonsForm(PowerStep):
    reasons = words("Why")


class EndForm(PowerStep):
    on = DateField(label="Day", help_text=EXAMPLE)
    reasons = words("Why, and what was achieved")


class DecideForm(PowerStep):
    made_on = DateField(label="Day of the decision", help_text=EXAMPLE)
    effective_on = DateField(label="Day from which it has effect")
    authority = forms.CharField(
        label="On what authority", max_length=300,
        help_text="The office, or the scheme of delegation and its paragraph.",
    )  # fmt: skip
    conditions = words("Conditions", required=False, rows=3)
    reasons = words("Reasons", hint="With what was said in consultation.")


class InForceForm(PowerStep):
    notice_on = DateField(label="Day on which the governing body received the notice")
    notice_how = forms.CharField(label="How it was given", max_length=300)
    in_force_on = DateField(label="Day that the notice states")
    copied = forms.MultipleChoiceField(
        label="To whom copies went at the same time",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, to: list[Reached], receipt: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_copies(self, to)
        if receipt:
            del self.fields["in_force_on"]

    @property
    def facts(self) -> dict[str, Any]:
        """Where it takes effect on receipt, that is its day."""
        received: dict[str, date] = {"in_force_on": self.cleaned_data["notice_on"]}
        return received | super().facts


class CopiesForm(PowerStep):
    copied = forms.MultipleChoiceField(
        label="To whom copies have gone", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, to: list[Reached], **options: Any) -> None:
        super().__init__(*args, **options)
        offer_copies(self, to)


def offer_copies(form: PlimsollForm, to: list[Reached]) -> None:
    rows = [each for each in to if each.how == "copied"]
    if rows:
        form.offer("copied", [(x.label, Label(x.label, hint=x.reason)) for x in rows])
    else:
        del form.fields["copied"]


def form_for(step: Step, to: list[Reached], receipt: bool, *args: Any, **options: Any) -> PowerStep:
    """The form that asks for what the step is told."""
    match step.name:
        case "decide":
            return DecideForm(*args, **options)
        case "put_in_force":
            return InForceForm(*args, to=to, receipt=receipt, **options)
        case "end" | "give_up":
            return EndForm(*args, **options)
        case "take_back":
            return ReasonsForm(*args, **options)
    return PowerStep(*args, **options)
