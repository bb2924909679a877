"""What a step of a summary writes besides its state."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools.telling import tell
from plimsoll.visits.models import Summary
from plimsoll.visits.summaries import letters
from plimsoll.visits.summaries.composing import Composed, composed


def sign(summary: Summary, *, by: User, at: datetime) -> None:
    _composed(summary, at)
    summary.signed_at, summary.signed_by = at, by.name


def withdraw(summary: Summary, *, by: User, at: datetime) -> None:
    summary.signed_at, summary.signed_by = None, ""


def issue(summary: Summary, *, by: User, at: datetime) -> None:
    """It stands still from now on: on the page, as PDF and as Word; the school is told."""
    whole = _composed(summary, at)
    summary.issued, summary.issued_at = whole.as_json(), at
    letters.issue(whole, by=by, at=at)
    tell(
        "summary-issued",
        policy=summary.policy,
        school=summary.school,
        permission="summary.see",
        roles=summary.policy.summaries.recipients,
        link=reverse("visits:summary", args=[summary.pk]),
        cause=f"summary:{summary.pk}",
        by=by,
        at=at,
    )


def _composed(summary: Summary, at: datetime) -> Composed:
    """As it stands now. Raises Refused where it names a band: no summary ever does (S7)."""
    (whole,) = composed([summary], today=timezone.localdate(at))
    if sentence := whole.band_named:
        word = summary.policy.words.band
        raise Refused(f"It names the {word}: “{sentence}”. Take that out first.")
    return whole
