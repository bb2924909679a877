"""Drafts: what a person has typed into a form, kept as typed until it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.urls import reverse

from plimsoll.core.forms import PARTS, DateField
from plimsoll.core.models import Draft

# Far more than the longest form; a larger one is not typing.
LIMIT: Final = 200_000
LONGEST_KEY: Final = 120
OMITTED: Final = frozenset({"csrfmiddlewaretoken", "version"})


class TooLong(Exception):
    """What was sent is no draft of a form."""


def keep(*, user: Any, key: str, data: Mapping[str, Sequence[str]], at: datetime) -> Draft:
    """Keep what is typed: for each name every text sent. Only its writer ever reads it."""
    if sum(len(text) for texts in data.values() for text in texts) > LIMIT:
        raise TooLong("This is too long to be kept as a draft. It stays on this device.")
    # Nobody types a NUL, and PostgreSQL keeps none.
    kept = {_without_nul(name): list(map(_without_nul, texts)) for name, texts in data.items()}
    draft, _ = Draft.objects.update_or_create(
        user=user.pk, key=key, defaults={"data": kept, "saved_at": at}
    )
    return draft


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


def of(user: Any, key: str) -> Draft | None:
    """The person's draft of this form, if one waits."""
    return Draft.objects.filter(user=user.pk, key=key).first()


def laid_over(form: forms.BaseForm, draft: Draft) -> dict[str, Any]:
    """The form's values with what was typed laid over them; its version stays the saved one."""
    values = dict(form.initial)
    for name, field in form.fields.items():
        parts = [f"{name}_{part}" for part in PARTS]
        if isinstance(field, DateField) and parts[0] in draft.data:
            values[name] = [draft.data[part][0] for part in parts]
        elif isinstance(field, forms.MultipleChoiceField):
            values[name] = draft.data.get(name, [])
        elif name in draft.data:
            values[name] = draft.data[name][0]
    return values


def opened(*, user: Any, key: str, form: forms.BaseForm) -> dict[str, Any]:
    """Lay what waits over a form that is opened, and say what its page is told of the draft."""
    draft = None if form.is_bound else of(user, key)
    if draft:
        form.initial = laid_over(form, draft)
    return {"draft": draft, "draft_url": reverse("core:draft", args=[key])}


def discard(*, user: Any, key: str) -> None:
    """The form was sent: its draft has done its work."""
    Draft.objects.filter(user=user.pk, key=key).delete()
