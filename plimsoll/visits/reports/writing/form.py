"""The form of a whole report: its sections, what became of earlier actions, those agreed now."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from plimsoll.core.forms import DateField
from plimsoll.core.parts import Part, PartsForm
from plimsoll.framework.casework import ReportSection
from plimsoll.visits import privacy
from plimsoll.visits.agreed.agreeing import FIELDS, Wanted
from plimsoll.visits.agreed.following import Became, carried
from plimsoll.visits.agreed.workflow import ACTION
from plimsoll.visits.models import Action, FollowUp, Passage, Report
from plimsoll.visits.reports.writing import tags
from plimsoll.visits.reports.writing.typed import Said, Typed

NEW: Final = "new"
STANDS: Final = (
    ("", "It stays open"),
    ("record_done", "It is done"),
    ("verify", "It is done, and I have seen it"),
)


class WritingForm(PartsForm):
    """Every part of the report; nothing must be filled in before it is sent."""

    file = forms.FileField(
        label="Add a file",
        required=False,
        help_text="PDF, Word, Excel, CSV or a picture, up to 10 MB. Name no pupil in it.",
    )

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        super().__init__(*args, **options)
        self.report = report
        self.sections = [report.policy.section(each) for each in report.visit.type.sections]
        self.carried = list(carried(report))
        self.agreed = list(report.actions.order_by("pk"))
        self._add_carried({each.action_id: each for each in report.follow_ups.all()})
        self._add_sections({each.section: each for each in report.passages.all()})
        for action in self.agreed:
            self._add_action(str(action.pk), action)
        self._add_action(NEW, None)

    def _add_carried(self, said: Mapping[int, FollowUp]) -> None:
        for action in self.carried:
            became = said.get(action.pk)
            text = forms.CharField(
                label="What has become of it",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            closing = forms.ChoiceField(
                label="How it stands", choices=STANDS, required=False, widget=forms.RadioSelect
            )
            values = {text_of(follow(action.pk)): became.text if became else ""}
            fields: dict[str, forms.Field] = {text_of(follow(action.pk)): text}
            if not ACTION.state(action).closed:
                values[closing_of(action.pk)] = ""
                fields[closing_of(action.pk)] = closing
            self.add_part(Part(follow(action.pk), values, became.version if became else 0), fields)

    def _add_sections(self, saved: Mapping[str, Passage]) -> None:
        for section in self.sections:
            passage = saved.get(section.id)
            offered = tags.offered(self.report, section)
            values: dict[str, Any] = {text_of(section.id): passage.text if passage else ""}
            fields: dict[str, forms.Field] = {text_of(section.id): _text(section)}
            for kind, choices in offered.items():
                values[f"{kind}-{section.id}"] = getattr(passage, kind) if passage else []
                fields[f"{kind}-{section.id}"] = forms.MultipleChoiceField(
                    label=tags.LABELS[kind],
                    choices=choices,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
            self.add_part(Part(section.id, values, passage.version if passage else 0), fields)

    def _add_action(self, key: str, action: Action | None) -> None:
        saved = {name: getattr(action, name) if action else "" for name in FIELDS}
        saved["side"] = saved["side"] or Action.Side.SCHOOL
        values = {f"action-{key}-{name}": value for name, value in saved.items()}
        fields = {f"action-{key}-{name}": field for name, field in _agreed_fields().items()}
        version = action.version if action else 0
        self.add_part(Part(f"action-{key}", values, version), fields)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for action in self.carried:
            self._check_closing(action, typed)
        words = [typed.get(f"action-{NEW}-{name}") for name in ("who", "by_when", "measure")]
        if any(words) and not typed.get(f"action-{NEW}-what"):
            self.add_error(f"action-{NEW}-what", "Say what is to be done")
        return typed

    def _check_closing(self, action: Action, typed: Mapping[str, Any]) -> None:
        """The school reads at once how an action was closed."""
        name = text_of(follow(action.pk))
        if not typed.get(closing_of(action.pk)):
            return
        if not typed.get(name):
            self.add_error(name, f"Say what has become of “{action}” before you close it")
        elif privacy.band_named(typed[name], self.report.policy):
            band = self.report.policy.words.band
            self.add_error(name, f"Take the {band} out: it goes into the separate note")

    @property
    def typed(self) -> Typed:
        """What was touched, as the action takes it."""
        agreed = {each.pk: f"action-{each.pk}" for each in self.agreed}
        return Typed(
            sections={each.id: self._said(each) for each in self.sections if self.touched(each.id)},
            follow_ups={
                each.pk: self._became(each)
                for each in self.carried
                if self.touched(follow(each.pk))
            },
            actions={pk: self._wanted(key) for pk, key in agreed.items() if self.touched(key)},
            new=(self._wanted(f"action-{NEW}"),) if self.said(f"action-{NEW}")[NEW_WHAT] else (),
        )

    def _said(self, section: ReportSection) -> Said:
        values = self.said(section.id)
        return Said(
            text=values[text_of(section.id)],
            criteria=tuple(values.get(f"criteria-{section.id}") or ()),
            priorities=tuple(values.get(f"priorities-{section.id}") or ()),
            version=self.version(section.id),
        )

    def _became(self, action: Action) -> Became:
        values, key = self.said(follow(action.pk)), follow(action.pk)
        step = values.get(closing_of(action.pk)) or ""
        return Became(text=values[text_of(key)], step=step, version=self.version(key))

    def _wanted(self, key: str) -> Wanted:
        values = {name: self.said(key)[f"{key}-{name}"] for name in FIELDS}
        values["side"] = values["side"] or Action.Side.SCHOOL
        return Wanted(**values, version=self.version(key))


NEW_WHAT: Final = f"action-{NEW}-what"


def follow(pk: int) -> str:
    return f"follow-{pk}"


def text_of(key: str) -> str:
    return f"text-{key}"


def closing_of(pk: int) -> str:
    return f"close-{pk}"


def _text(section: ReportSection) -> forms.CharField:
    label = f"{section.label} (optional)" if section.optional else section.label
    rows = {"rows": 7}
    return forms.CharField(
        label=label, required=False, help_text=section.prompt, widget=forms.Textarea(attrs=rows)
    )


def _agreed_fields() -> dict[str, forms.Field]:
    return {
        "what": forms.CharField(
            label="What is to be done", required=False, widget=forms.Textarea(attrs={"rows": 2})
        ),
        "side": forms.ChoiceField(
            label="Whose it is",
            choices=Action.Side.choices,
            required=False,
            widget=forms.RadioSelect,
        ),
        "who": forms.CharField(
            label="Who", required=False, max_length=150, help_text="A post, like “the SENCO”."
        ),
        "by_when": DateField(label="By when", required=False),
        "measure": forms.CharField(
            label="How we will know", required=False, widget=forms.Textarea(attrs={"rows": 2})
        ),
    }
