"""The forms of a report's steps: they validate, and do nothing else."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.forms import BoundField

from plimsoll.core.forms import DateField, Label, PlimsollForm, speak
from plimsoll.people.models import User
from plimsoll.visits.models import Comment, Report
from plimsoll.visits.reports.content import Content, Part


class Seen(PlimsollForm):
    """What was seen: the version as it stood when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def facts(self) -> dict[str, Any]:
        """What the step is given."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class Points(Seen):
    reasons = forms.CharField(
        label="Your points",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="The author reads them, and nobody at the school does.",
    )


class Disagreement(Seen):
    disagreement = forms.CharField(
        label="What you say to the school’s comments",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="It becomes part of the final report, beside what the school says.",
    )


class Answers(Seen):
    """What becomes of each comment."""

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        super().__init__(*args, **options)
        self.comments = list(report.comments.order_by("pk"))
        for each in self.comments:
            label = report.policy.section(each.section).label
            self.add(f"answer-{each.pk}", _answer(label, each))
            self.add(f"text-{each.pk}", _why(label))

    def add(self, name: str, field: forms.Field) -> None:
        speak(field)
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for each in self.comments:
            stands = typed.get(f"answer-{each.pk}") == Comment.Answer.STANDS
            if stands and not typed.get(f"text-{each.pk}"):
                self.add_error(f"text-{each.pk}", "Say why the report stands here")
        return typed

    @property
    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        answers = [
            {
                "comment": each.pk,
                "answer": typed[f"answer-{each.pk}"],
                "text": typed[f"text-{each.pk}"],
            }
            for each in self.comments
        ]
        return {"answers": answers}


def _answer(label: str, comment: Comment) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Your answer on {label}",
        help_text=f"{comment.made_by} says: “{comment.text}”",
        choices=Comment.Answer.choices,
        widget=forms.RadioSelect,
    )


def _why(label: str) -> forms.CharField:
    return forms.CharField(
        label=f"A word on it: {label}", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


FORMS: Final[Mapping[str, type[Seen]]] = {"send_back": Points, "let_stand": Disagreement}


def form_for(step: str, report: Report, *args: Any, **options: Any) -> Seen:
    """The form of this step; most ask for nothing but to be taken."""
    if step == "amend":
        return Answers(*args, report=report, **options)
    return FORMS.get(step, Seen)(*args, **options)


class Reply(Seen):
    """The school's reply: one word for the whole, and comments where they belong (Q5)."""

    reply = forms.ChoiceField(
        label="Is the report accurate?",
        widget=forms.RadioSelect,
        choices=[
            ("reply_accurate", Label("It is accurate", hint="The report is final today.")),
            (
                "reply_with_comments",
                Label("It is accurate, and I have comments", hint="The author answers each."),
            ),
            (
                "reply_not_accurate",
                Label("It is not accurate", hint="Say below what is wrong, section by section."),
            ),
        ],
    )
    text = forms.CharField(
        label="Anything on the whole report",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, content: Content, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parts = content.parts
        for part in self.parts:
            field = forms.CharField(
                label=f"Your comment on {part.label}",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            speak(field)
            self.fields[f"comment-{part.id}"] = field

    @property
    def rows(self) -> Iterator[tuple[Part, BoundField]]:
        """Each section beside the place for a comment on it."""
        return ((part, self[f"comment-{part.id}"]) for part in self.parts)

    @property
    def comments(self) -> list[dict[str, str]]:
        typed = self.cleaned_data
        said = ((part.id, typed.get(f"comment-{part.id}", "")) for part in self.parts)
        return [{"section": section, "text": text} for section, text in said if text]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        reply = typed.get("reply")
        if reply == "reply_accurate" and self.comments:
            self.add_error("reply", "You have written comments: choose the answer that has them")
        if reply in ("reply_with_comments", "reply_not_accurate") and not self.comments:
            self.add_error("reply", "Write a comment beside the section that it belongs to")
        return typed

    @property
    def facts(self) -> dict[str, Any]:
        text = {"text": self.cleaned_data["text"]}
        return text | {"comments": self.comments} if self.comments else text


class AskReader(Seen):
    """Which officer is asked to read this one report."""

    reader = forms.ChoiceField(
        label="Who is asked to read it",
        required=False,
        help_text="They may read and check this one report, and see nothing else of the school.",
    )

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(person.pk): person for person in people}
        names = [(key, person.name) for key, person in self._people.items()]
        self.offer("reader", [("", "Nobody: as usual"), *names])

    @property
    def facts(self) -> dict[str, Any]:
        return {"reader": self._people.get(self.cleaned_data["reader"])}


class Extend(Seen):
    due = DateField(label="The new day", help_text="For example, 4 12 2026")
    why = forms.CharField(
        label="Why more time is given",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The author and the school read it; the first day stays beside it.",
    )

    def __init__(self, *args: Any, after: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit("due", earliest=after + timedelta(days=1))
