"""What narrows the list of a term, the words of one summary, and whose are done at once."""

from collections.abc import Iterable
from typing import Any

from django import forms

from plimsoll.allocations.board import NOBODY
from plimsoll.core.forms import FilterForm, PlimsollForm, speak
from plimsoll.framework.visiting import SummaryPart
from plimsoll.visits.summaries.composing import Composed
from plimsoll.visits.summaries.workflow import SUMMARY

ATTENTION = "attention"


class TermFilter(FilterForm):
    """What the list of a term may be narrowed to."""

    text = forms.CharField(label="Name of the school", required=False)
    state = forms.ChoiceField(label="State", required=False)
    sip = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, partner: str, partners: Iterable[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        states = [(key, state.label) for key, state in SUMMARY.states.items()]
        self.offer_any("state", [(ATTENTION, "Needs attention"), *states])
        self.fields["sip"].label = partner
        self.offer_any("sip", [("0", NOBODY), *((str(pk), name) for pk, name in partners)])


class AmendForm(PlimsollForm):
    """The words of each part. A part left as it was drafted goes on following the records."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, whole: Composed, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parts = whole.parts
        for part in self.parts:
            field = forms.CharField(
                label=part.rule.label,
                required=False,
                help_text=_hint(part.rule, drafted=bool(part.drafted)),
                widget=forms.Textarea(attrs={"rows": 4 if part.words else 2}),
                max_length=4000,
            )
            speak(field)
            self.fields[part.rule.id] = field

    @property
    def texts(self) -> dict[str, str]:
        """What differs from the draft, by part."""
        typed = {part.rule.id: self.cleaned_data[part.rule.id] for part in self.parts}
        drafted = {part.rule.id: part.drafted for part in self.parts}
        return {key: words for key, words in typed.items() if _same(words) != _same(drafted[key])}


def words_of(whole: Composed) -> dict[str, str]:
    """What stands in each part now, as the form holds it."""
    return {part.rule.id: part.words for part in whole.parts}


def _same(words: str) -> str:
    return " ".join(words.split())


def _hint(rule: SummaryPart, *, drafted: bool) -> str:
    if drafted:
        draft = "Drafted from the records. What you write stands in its place."
    elif rule.holds in ("text", "findings"):
        draft = "Nothing is drafted here."
    else:
        draft = "The records are told below your words."
    lines = "One finding a line." if rule.holds == "findings" else ""
    return " ".join(filter(None, (rule.prompt, draft, lines)))


class WhoseForm(PlimsollForm):
    """Of which schools many are signed or issued at once."""

    whose = forms.ChoiceField(label="Which", widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("whose", offered)
