"""The form of a draft: grounds, each part of the notice with its library, and the days."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms

from plimsoll.core.forms import DateField, PlimsollForm, speak
from plimsoll.framework.casework import Notice as Kind
from plimsoll.framework.intervening import Wording
from plimsoll.framework.model import Edition
from plimsoll.intervention.cases.forms import words
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices.drafting import Typed
from plimsoll.intervention.notices.reviewers import may_be_asked

DAYS = {
    "period": (
        "period_ends",
        "Last day of the period",
        "No length is prescribed: a reasonable one.",
    ),
    "timeframe": ("address_by", "Day by which the concerns are to be addressed", ""),
}


def ground_fields(kind: Kind, policy: Edition) -> Iterator[tuple[str, forms.Field]]:
    """The grounds of this kind; of a notice on one aspect, one of them."""
    offered = [(each.id, each.label) for each in policy.grounds if each.id in kind.grounds]
    if offered and kind.one_aspect:
        yield (
            "aspect",
            forms.ChoiceField(
                label="The one aspect", choices=offered, widget=forms.RadioSelect, required=False
            ),
        )
    elif offered:
        yield (
            "grounds",
            forms.MultipleChoiceField(
                label="Grounds",
                choices=offered,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
        )


class StartForm(PlimsollForm):
    """On which grounds: the library then offers what goes with them."""

    def __init__(self, *args: Any, kind: Kind, policy: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        _add(self, ground_fields(kind, policy))

    @property
    def grounds(self) -> tuple[str, ...]:
        return chosen(self.cleaned_data)


class DraftForm(PlimsollForm):
    """Nothing must be whole before it is sent, so nothing is marked as optional."""

    mark_optional: ClassVar = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, notice: Notice, today: date, **options: Any) -> None:
        self.notice = notice
        super().__init__(*args, initial=saved(notice), **options)
        kind, policy = notice.type, notice.case.policy
        _add(self, ground_fields(kind, policy))
        _add(self, _comparison(kind, policy))
        for part in kind.parts:
            _add(self, self._part(part.id, part.label))
            if part.date:
                name, label, hint = DAYS[part.date]
                field = DateField(label=label, help_text=hint, required=False)
                _add(self, [(name, field)])
        _add(self, self._besides(today))

    def _part(self, id: str, label: str) -> Iterator[tuple[str, forms.Field]]:
        hint = "Lines that begin with a hyphen become a list."
        yield f"text-{id}", words(label, hint=hint, rows=7, required=False)
        if found := wordings(self.notice, id):
            yield (
                f"library-{id}",
                forms.MultipleChoiceField(
                    label=f"Wordings to add to “{label}”",
                    choices=[(each.id, each.text) for each in found],
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                    help_text="What you tick is added to the text when you save.",
                ),
            )

    def _besides(self, today: date) -> Iterator[tuple[str, forms.Field]]:
        editions = [(each.label, each.label) for each in self.notice.case.policy.concern.guidance]
        yield (
            "guidance",
            forms.ChoiceField(
                label="Statutory guidance that was had regard to",
                choices=[("", "None"), *editions],
                required=False,
            ),
        )
        if self.notice.type.reviewed:
            people = may_be_asked(self.notice, today)
            yield (
                "reviewer",
                forms.ChoiceField(
                    label="Legal reviewer",
                    choices=[("", "Nobody yet"), *((str(each.pk), each.name) for each in people)],
                    required=False,
                ),
            )

    def typed(self, today: date) -> Typed:
        """What is to be saved, with the ticked wordings in their parts."""
        data, parts = self.cleaned_data, self.notice.type.parts
        people = {str(each.pk): each for each in may_be_asked(self.notice, today)}
        return Typed(
            texts={part.id: self._text(part.id) for part in parts},
            grounds=chosen(data),
            aspect=data.get("aspect", ""),
            compared_with=tuple(data.get("compared_with") or ()),
            guidance=data.get("guidance", ""),
            period_ends=data.get("period_ends"),
            address_by=data.get("address_by"),
            reviewer=people.get(data.get("reviewer", "")),
        )

    def _text(self, part: str) -> str:
        ticked = self.cleaned_data.get(f"library-{part}") or ()
        added = [each.text for each in wordings(self.notice, part) if each.id in ticked]
        return "\n\n".join(filter(None, [self.cleaned_data[f"text-{part}"].strip(), *added]))


def wordings(notice: Notice, part: str) -> list[Wording]:
    """The library's wordings for this part and the grounds that were chosen."""
    library = notice.case.policy.concern.wordings
    return [each for each in library if each.part == part and each.ground in notice.grounds]


def chosen(data: dict[str, Any]) -> tuple[str, ...]:
    """The grounds; one aspect is one ground."""
    if aspect := data.get("aspect"):
        return (aspect,)
    return tuple(data.get("grounds") or ())


def saved(notice: Notice) -> dict[str, Any]:
    """The form's values as they are saved."""
    texts = {f"text-{part.id}": notice.texts.get(part.id, "") for part in notice.type.parts}
    return texts | {
        "version": notice.version,
        "grounds": notice.grounds,
        "aspect": notice.aspect,
        "compared_with": notice.compared_with,
        "guidance": notice.guidance,
        "period_ends": notice.period_ends,
        "address_by": notice.address_by,
        "reviewer": str(notice.reviewer_id or ""),
    }


def _comparison(kind: Kind, policy: Edition) -> Iterator[tuple[str, forms.Field]]:
    if any(each.compared and each.id in kind.grounds for each in policy.grounds):
        yield (
            "compared_with",
            forms.MultipleChoiceField(
                label="What the standards are low beside",
                choices=[(each.id, each.label) for each in policy.concern.comparisons],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text="Needed where low standards are a ground.",
            ),
        )


def _add(form: PlimsollForm, fields: Any) -> None:
    for name, field in fields:
        speak(field)
        form.fields[name] = field
