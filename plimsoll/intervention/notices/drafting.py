"""Drafting a notice: beginning one, and saving what was written (I3, I4, I7, S11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused, Stale, begin
from plimsoll.framework.casework import Notice as Kind
from plimsoll.intervention.cases.records import locked
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices.earlier import last_given
from plimsoll.intervention.notices.workflow import BEFORE, NOTICE, may_be_written
from plimsoll.intervention.permissions import DRAFT, SEE
from plimsoll.people.models import User


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a draft says. The days stand apart from the texts."""

    texts: Mapping[str, str]
    grounds: tuple[str, ...] = ()
    aspect: str = ""
    compared_with: tuple[str, ...] = ()
    guidance: str = ""
    period_ends: date | None = None
    address_by: date | None = None
    reviewer: User | None = None


def kinds(case: Case) -> list[Kind]:
    """The notices and letters that steps of this case's ladder give, in policy's order."""
    wanted = {rung.notice for rung in case.steps.rungs}
    return [kind for kind in case.policy.notices if kind.id in wanted]


def open_draft(case: Case, kind: str) -> Notice | None:
    """The notice of this kind that is not given yet, whether written, sent or approved."""
    return case.notices.filter(kind=kind, state__in=BEFORE).order_by("-pk").first()


@transaction.atomic
def start(*, case: Case, kind: str, grounds: tuple[str, ...], by: User, at: datetime) -> Notice:
    """Begin a draft on these grounds, linked to the last notice given. Raises Refused."""
    case = locked(case, by, DRAFT)
    type_ = next((each for each in kinds(case) if each.id == kind), None)
    if type_ is None:
        raise Refused("No step of this case gives such a notice.")
    if open_draft(case, kind):
        raise Refused("A draft of it is open already: go on with that one.")
    _grounds(type_, grounds)
    follows = last_given(case)
    notice = Notice(
        case=case,
        kind=kind,
        follows=follows,
        texts={} if follows else _as_opened(case, type_),
        grounds=list(grounds),
        aspect=grounds[0] if type_.one_aspect and grounds else "",
        guidance=_guidance_of_the_day(case, timezone.localdate(at)),
        drafted_by=by,
        saved_at=at,
        saved_by=str(by),
    )
    begin(notice, state="drafting", at=at).save()
    _note("notice.drafted", notice, by, at)
    return notice


@transaction.atomic
def save(*, notice: Notice, typed: Typed, version: int, by: User, at: datetime) -> Notice:
    """Save the draft. Nothing must be whole before it is sent. Raises Refused or Stale."""
    rows = Notice.objects.select_for_update(of=("self",)).select_related("case__school")
    found = rows.get(pk=notice.pk)
    if not may(by, DRAFT, found):
        raise Refused("Your role at this school does not allow you to draft a notice.")
    if not may_be_written(found):
        raise Refused(f"It cannot be changed now: the state is “{NOTICE.state(found).label}”.")
    if found.version != version:
        raise Stale(found)
    _grounds(found.type, typed.grounds)
    _write(found, typed)
    found.follows = last_given(found.case)
    found.saved_at, found.saved_by = at, str(by)
    found.version += 1
    found.save()
    _note("notice.saved", found, by, at)
    return found


def _write(notice: Notice, typed: Typed) -> None:
    values: dict[str, Any] = vars(typed) | {
        "texts": {key: text.strip() for key, text in typed.texts.items()},
        "grounds": list(typed.grounds),
        "compared_with": list(typed.compared_with),
    }
    for name, value in values.items():
        setattr(notice, name, value)


def _grounds(kind: Kind, grounds: tuple[str, ...]) -> None:
    if strange := sorted(set(grounds) - set(kind.grounds)):
        raise Refused(f"These are no grounds of this notice: {', '.join(strange)}.")
    if kind.one_aspect and len(grounds) > 1:
        raise Refused("A notice of this kind speaks of one aspect only: choose one.")


def _as_opened(case: Case, kind: Kind) -> dict[str, str]:
    """What the first letter can say already: the case was opened with it (I1)."""
    said = {"concerns": case.concerns, "intentions": case.intentions}
    return {part.id: said[part.id] for part in kind.parts if part.id in said}


def _guidance_of_the_day(case: Case, today: date) -> str:
    """The newest edition of the guidance that had been published by the day."""
    known = [each for each in case.policy.concern.guidance if each.since <= today]
    newest = max(known, key=lambda each: each.since, default=None)
    return newest.label if newest else ""


def _note(verb: str, notice: Notice, by: User, at: datetime) -> None:
    audit.record(
        verb=verb, subject=notice, by=by, at=at, permission=SEE, after={"kind": notice.kind}
    )
