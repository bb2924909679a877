"""What is asked of a decision; the fields are those of `NewDecision`."""

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm
from plimsoll.intervention.cases.forms import words


class DecisionForm(PlimsollForm):
    what = words("What was decided", rows=3)
    made_on = DateField(label="Day on which it was made", help_text="For example, 3 11 2026")
    effective_on = DateField(label="Day from which it has effect")
    decided_by = forms.CharField(label="Who decided", max_length=150)
    authority = forms.CharField(
        label="On what authority",
        help_text="The office, or the scheme of delegation and its paragraph.",
        max_length=300,
    )
    consulted = words("Who was consulted", required=False, rows=3)
    conditions = words("Conditions", required=False, rows=3)
    reasons = words("Reasons")


class ToldForm(PlimsollForm):
    on = DateField(label="Day on which the school was told", help_text="For example, 3 11 2026")
    how = forms.CharField(
        label="How it was told",
        help_text="For example, by letter to head and chair.",
        max_length=300,
    )
