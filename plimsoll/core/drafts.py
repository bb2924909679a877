"""Drafts: what a person has typed into a form, kept as typed until it is sent."""

from datetime import datetime
from typing import Any, Final

from plimsoll.core.models import Draft

# Twice the longest form; a larger one is not typing.
LIMIT: Final = 200_000


def keep(*, user: Any, key: str, data: dict[str, str], at: datetime) -> Draft:
    """Keep what is typed. Only its writer ever reads it."""
    draft, _ = Draft.objects.update_or_create(
        user=user.pk, key=key, defaults={"data": data, "saved_at": at}
    )
    return draft


def of(user: Any, key: str) -> Draft | None:
    """The person's draft of this form, if one waits."""
    return Draft.objects.filter(user=user.pk, key=key).first()


def discard(*, user: Any, key: str) -> None:
    """The form was sent: its draft has done its work."""
    Draft.objects.filter(user=user.pk, key=key).delete()
