"""What is asked of whoever changes a ledger, and what narrows the list of all."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from plimsoll.core.forms import FilterForm, PlimsollForm
from plimsoll.framework.model import Edition
from plimsoll.visits.days import lines
from plimsoll.visits.days.ledger import Line

WHOLE_YEAR = ("", "The whole year")


class ChangeForm(PlimsollForm):
    """How many days, and why. The forms of each kind add what they need besides."""

    days = forms.DecimalField(max_digits=5, decimal_places=2)
    why = forms.CharField(
        label="Why",
        help_text="The school and the service read this in the ledger.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    @property
    def facts(self) -> dict[str, Any]:
        """What the action is told."""
        return dict(self.cleaned_data)


class _OnLine(ChangeForm):
    """A change to a line that the school has."""

    on = forms.ChoiceField(label="Line", widget=forms.RadioSelect)

    def __init__(self, *args: Any, held: Sequence[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        # What is counted in visits has no days that could be changed.
        in_days = (each for each in held if not each.balance.visits_entitled)
        self.held = {str(place): each for place, each in enumerate(in_days)}
        offered = [
            (key, f"{each.label}, {each.source}: {each.left} left")
            for key, each in self.held.items()
        ]
        self.offer("on", offered)

    @property
    def facts(self) -> dict[str, Any]:
        facts = super().facts
        line = self.held[facts.pop("on")]
        return facts | {"line": line.line, "funding": line.funding}


class AdjustForm(_OnLine):
    """More or fewer days on one line."""

    term = forms.ChoiceField(label="Term", required=False)
    field_order = ("on", "days", "term", "why")

    def __init__(self, *args: Any, terms: Sequence[str], policy: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].help_text = "In quarters, like 0.5. To take days away: -0.5."
        offer_terms(self, terms)


class CarryForm(_OnLine):
    """Days of the year before."""

    field_order = ("on", "days", "why")

    def __init__(self, *args: Any, terms: Sequence[str], policy: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].help_text = "In quarters, like 0.5."


class ExtraForm(ChangeForm):
    """Days beyond the entitlement, and who pays for them."""

    funding = forms.ChoiceField(label="Where the days come from", widget=forms.RadioSelect)
    term = forms.ChoiceField(label="Term", required=False)
    field_order = ("funding", "days", "term", "why")

    def __init__(
        self,
        *args: Any,
        terms: Sequence[str],
        policy: Edition,
        held: Sequence[Line],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["days"].help_text = "In quarters, like 0.5."
        sources = [(each.id, each.label) for each in policy.funding]
        self.offer("funding", sources)
        offer_terms(self, terms)


def offer_terms(form: PlimsollForm, terms: Iterable[str]) -> None:
    choices = [WHOLE_YEAR, *((term, term) for term in terms)]
    form.offer("term", choices)


class BudgetForm(PlimsollForm):
    """How many days a source pays for; `seen` is the budget that the person had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    days = forms.DecimalField(
        max_digits=7, decimal_places=2, min_value=0, help_text="In quarters, like 120 or 80.5."
    )
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class LedgerFilter(FilterForm):
    """What the ledger of all schools may be narrowed to."""

    text = forms.CharField(label="Name of the school", required=False)
    sip = forms.ChoiceField(required=False)
    line = forms.ChoiceField(label="Line", required=False)
    funding = forms.ChoiceField(label="Funding", required=False)
    term = forms.ChoiceField(label="Term", required=False)
    by = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        policy: Edition,
        partners: Iterable[tuple[int, str]],
        terms: Iterable[str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["sip"].label = policy.words.partner_short
        self.offer_any("sip", [("0", "Nobody yet"), *((str(pk), name) for pk, name in partners)])
        self.offer_any("line", [(line, lines.label(policy, line)) for line in lines.order(policy)])
        self.offer_any("funding", [(each.id, each.label) for each in policy.funding])
        self.offer_any("term", [(term, term) for term in terms])
