"""What is asked when the file of a case is prepared, and when a legal hold is placed or lifted."""

from typing import Any, Final

from django import forms

from plimsoll.core.forms import Label, PlimsollForm, VersionForm, speak
from plimsoll.framework.model import Edition
from plimsoll.intervention.bundle.choosing import Choice
from plimsoll.intervention.cases.forms import words

OUT: Final = "out-"


class PrepareForm(PlimsollForm):
    audience = forms.ChoiceField(label="For whom", widget=forms.RadioSelect)
    purpose = forms.CharField(
        label="What it is for",
        max_length=300,
        help_text="It stands on the first page. For example, the number of the claim or request.",
    )

    def __init__(self, *args: Any, policy: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = ((each.id, Label(each.label, hint=each.why)) for each in policy.concern.audiences)
        self.offer("audience", offered)


class BundleForm(VersionForm):
    """Nothing in these forms must be filled in."""

    mark_optional = False


class LeaveOutForm(BundleForm):
    """Everything there is, group by group: what is ticked stays out."""

    why = forms.CharField(
        label="Why what you tick now stays out",
        max_length=300,
        required=False,
        help_text="It stands in the file beside what is left out.",
    )

    def __init__(self, *args: Any, choice: Choice, **options: Any) -> None:
        super().__init__(*args, **options)
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in choice.there.all:
            groups.setdefault(each.group, []).append((each.key, each.label))
        for number, (group, offered) in enumerate(groups.items(), start=1):
            field = forms.MultipleChoiceField(
                label=group, choices=offered, required=False, widget=forms.CheckboxSelectMultiple
            )
            field.initial = [key for key, _ in offered if key in choice.bundle.left_out]
            speak(field)
            self.fields[f"{OUT}{number}"] = field
        self.order_fields([*(name for name in self.fields if name.startswith(OUT)), "why"])

    @property
    def keys(self) -> list[str]:
        chosen = (value for name, value in self.cleaned_data.items() if name.startswith(OUT))
        return [key for keys in chosen for key in keys]


class BlackOutForm(BundleForm):
    words = forms.CharField(
        label="Words to black out",
        max_length=200,
        required=False,
        help_text="A name, for example. They are found in capitals too, across lines and inside "
        "longer words.",
    )
    why = forms.CharField(
        label="Why",
        max_length=100,
        required=False,
        help_text="It stands beside the black. For example, personal data of a member of staff.",
    )
    dropped = forms.MultipleChoiceField(
        label="No longer to black out", required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.MultipleChoiceField(
        label="Looked through: none of the words is in it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A picture, a table or a PDF that somebody sent cannot be searched. It goes in "
        "only when you have looked.",
    )

    def __init__(self, *args: Any, choice: Choice, **options: Any) -> None:
        super().__init__(*args, **options)
        phrases = [(each.words, f"{each.words} ({each.why})") for each in choice.phrases]
        self._offer("dropped", phrases, [])
        self._offer("seen", [(x.key, x.label) for x in choice.to_look_in], choice.bundle.seen)

    def _offer(self, name: str, offered: list[tuple[str, str]], chosen: list[str]) -> None:
        """What offers nothing is not asked."""
        if not offered:
            del self.fields[name]
            return
        self.offer(name, offered)
        self.fields[name].initial = chosen

    @property
    def facts(self) -> dict[str, Any]:
        return {"dropped": (), "seen": ()} | self.cleaned_data


class PlaceForm(PlimsollForm):
    why = words(
        "Why nothing may be disposed of", hint="For example, a claim, an inquiry or a request."
    )


class LiftForm(PlimsollForm):
    why = words("Why it is no longer needed", rows=3)
