"""What is asked when a case is opened, and when something is put on record in it."""

from datetime import date
from typing import Any

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm, VersionForm, long_date, speak
from plimsoll.documents.forms import FileForm
from plimsoll.framework.casework import Fact
from plimsoll.framework.model import Edition
from plimsoll.intervention.models import Discussion


def words(label: str, *, hint: str = "", rows: int = 5, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
        max_length=20_000,
    )


class OpenForm(PlimsollForm):
    """Local grounds only: the statutory ones belong to the formal notice (I1)."""

    trigger = words("What gave rise to the case", rows=3)
    grounds = forms.MultipleChoiceField(label="Grounds", widget=forms.CheckboxSelectMultiple)
    concerns = words("Concerns", hint="The head and the chair are told these in writing.")
    intentions = words(
        "Intentions", hint="What the service and the school will do together, and by when."
    )
    review_on = DateField(label="First review", required=False)

    def __init__(self, *args: Any, policy: Edition, proposed: date | None, **options: Any) -> None:
        super().__init__(*args, **options)
        local = [(each.id, each.label) for each in policy.grounds if each.scope == "local"]
        self.offer("grounds", local)
        hint = "The calendar cannot count it: say a day."
        if proposed:
            hint = f"Left empty, it is {long_date(proposed)}, as the policy has it."
        self.fields["review_on"].help_text = hint


class FindingForm(FileForm):
    on = DateField(label="Day", help_text="The day on which it was found. For example, 3 11 2026")
    text = words("What shows it", rows=8)
    file = forms.FileField(label="A document that shows it", required=False)

    def __init__(self, *args: Any, fact: Fact, policy: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        if fact.shown_by == "statutory-ground":
            offered = [(each.id, each.label) for each in policy.grounds if each.scope != "local"]
            ground = forms.ChoiceField(
                label="Statutory ground", choices=offered, widget=forms.RadioSelect
            )
            speak(ground)
            self.fields["ground"] = ground
            self.order_fields(["ground", "on", "text", "file"])


class WithdrawForm(PlimsollForm):
    on = DateField(label="Day", help_text="The day since which it no longer holds.")
    why = words("Why it no longer holds")


class DiscussionForm(PlimsollForm):
    """Held or refused; the fields are those of `NewDiscussion`."""

    invited_on = DateField(label="Day of the invitation", help_text="For example, 3 11 2026")
    invited_how = forms.CharField(
        label="How they were invited",
        max_length=300,
        help_text="For example, by letter and by telephone.",
    )
    result = forms.ChoiceField(
        label="What came of it", choices=Discussion.Result.choices, widget=forms.RadioSelect
    )
    on = DateField(label="Day of the discussion, or of the refusal")
    present = forms.CharField(
        label="Who was there", required=False, max_length=300, help_text="Names and roles."
    )
    points = words("What was said, or why it was not held", rows=8)
    school_said = words("What head and chair said", required=False)


class ReviewForm(PlimsollForm):
    on = DateField(label="Next review", help_text="For example, 15 1 2027")
    why = words("Why this day", required=False, rows=3)


class RiskForm(VersionForm):
    risk = words("Risk", hint="What could go wrong for pupils, and how likely it is.")
    deescalation = words("What must be true for the case to go down a step, or end", required=False)


class BlockForm(PlimsollForm):
    """Which of the two the page was for is sent along: a second click must not undo the first."""

    lifts = forms.BooleanField(widget=forms.HiddenInput, required=False)
    on = DateField(label="Day", help_text="The day on which the authority was told.")
    told_how = words("How it was told", rows=3)
