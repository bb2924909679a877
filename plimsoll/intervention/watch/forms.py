"""What the watch list may be narrowed to."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plimsoll.core.forms import FilterForm
from plimsoll.framework.model import Words
from plimsoll.intervention.watch.narrowing import ORDERS, Wanted
from plimsoll.intervention.watch.rows import Row
from plimsoll.schools.types import Phase


class WatchFilter(FilterForm):
    reason = forms.ChoiceField(label="Why", required=False)
    partner = forms.ChoiceField(required=False)
    phase = forms.ChoiceField(required=False)
    order = forms.ChoiceField(label="In order of", required=False)
    attention = forms.BooleanField(label="Only what needs attention", required=False)

    def __init__(
        self,
        *args: Any,
        rows: Sequence[Row],
        kinds: Sequence[tuple[str, str]],
        words: Words,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        people = {str(pk): name for row in rows for pk, name in row.partners.items()}
        self.fields["partner"].label = words.partner_short
        self.offer_any("reason", kinds)
        self.offer_any("partner", sorted(people.items(), key=lambda each: each[1]))
        self.offer_any("phase", Phase.choices)
        orders = {key: label for key, (label, _) in ORDERS.items()}
        self.offer("order", (orders | {"partner": words.partner_short}).items())

    @property
    def wanted(self) -> Wanted:
        """Everything, where the address asks for what there is not."""
        return Wanted(**self.cleaned_data) if self.is_valid() else Wanted()
