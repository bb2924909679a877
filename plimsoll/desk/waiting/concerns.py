"""What waits in cases of schools causing concern, and in their notices and letters."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import holds, may
from plimsoll.core.forms import long_date
from plimsoll.desk.waiting.allocated import MOST
from plimsoll.desk.waiting.item import Item, morning
from plimsoll.desk.waiting.whose_cases import drafts, letters, moving, reviews, unserved
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices.workflow import may_be_written
from plimsoll.intervention.permissions import DRAFT, RECORD, TAKE
from plimsoll.intervention.steps.ready import Due, next_in

# By what a case waits for: the permission it takes, and the page on which it is done.
PAGES: Final = {
    "tell": (DRAFT, "intervention:notice-add"),
    "discuss": (RECORD, "intervention:discussion"),
    "find": (RECORD, "intervention:finding-add"),
    "take": (TAKE, "intervention:step"),
}


def waiting(user: Any, at: datetime, *, urn: int | None = None) -> list[Item]:
    """Everything of cases that waits for this person (at one school)."""
    today = timezone.localdate(at)
    there = {} if urn is None else {"school": urn}
    of_case = {} if urn is None else {"case__school": urn}
    return [
        *_next(user, today, there)[:MOST],
        *(_review(each) for each in reviews(user).filter(review_on__lte=today, **there)[:MOST]),
        *(_notice(each) for each in drafts(user, today).filter(**of_case)[:MOST]),
        *(_service(each) for each in unserved(user).filter(**of_case)[:MOST]),
        *(_letter(each) for each in letters(user).filter(**of_case)[:MOST]),
    ]


def due(user: Any, today: date, limit: int) -> list[Item]:
    """The reviews that come next."""
    return [_review(each) for each in reviews(user).filter(review_on__gt=today)[:limit]]


def late(user: Any, by: date) -> list[Item]:
    """Reviews whose day has come by then."""
    return [_review(each) for each in reviews(user).filter(review_on__lte=by)[:MOST]]


# --- as the lists show them ---------------------------------------------------------------


def _next(user: Any, today: date, there: dict[str, int]) -> list[Item]:
    """The next steps of cases that wait for a role of this person."""
    return list(_theirs(user, next_in(list(moving(user).filter(**there)), today)))


def _theirs(user: Any, found: list[Due]) -> Iterator[Item]:
    for each in found:
        permission, page = PAGES[each.what]
        if holds(user, each.role, each.case) and may(user, permission, each.case):
            yield Item(
                each.case.school.name,
                _words(each),
                morning(each.case.stands_since),
                reverse(page, args=_args(each)),
            )


def _args(each: Due) -> list[Any]:
    match each.what:
        case "tell":
            return [each.case.pk, each.rung.notice]
        case "find" if each.fact:
            return [each.case.pk, each.fact.id]
        case "take":
            return [each.case.pk, each.rung.id]
    return [each.case.pk]


def _words(each: Due) -> str:
    case, label = each.case, each.rung.label
    letter = case.policy.notice(each.rung.notice).label if each.rung.notice else ""
    match each.what:
        case "tell":
            return f"A case is open: {label[:1].lower()}{label[1:]}"
        case "discuss" if case.urgent_on:
            return f"The discussion is owed since the urgent step of {long_date(case.urgent_on)}"
        case "discuss":
            return "The discussion is to be held, or its refusal put on record"
        case "find" if each.fact:
            return f"{letter} is being prepared: “{each.fact.label}” is not on record yet"
    return f"{letter} is approved: give it" if letter else f"{label}: all it needs is on record"


def _review(case: Case) -> Item:
    return Item(
        case.school.name,
        "Review the case, and set the next review",
        morning(case.review_on),
        reverse("intervention:case", args=[case.pk]),
        due=case.review_on,
    )


def _notice(notice: Notice) -> Item:
    words = {
        "drafting": "go on with the draft",
        "returned": "it came back with points",
        "in_review": "review it in law",
        "waiting": "approve it, or return it with points",
    }
    name = "intervention:notice-write" if may_be_written(notice) else "intervention:notice"
    return Item(
        notice.case.school.name,
        f"{notice.type.label}: {words[notice.state]}",
        notice.state_since,
        reverse(name, args=[notice.pk]),
    )


def _service(notice: Any) -> Item:
    """`unsent` and `back` are counted with it."""
    parts = [
        f"{count} {words}"
        for count, words in ((notice.unsent, "not served yet"), (notice.back, "came back"))
        if count
    ]
    return Item(
        notice.case.school.name,
        f"{notice.type.label}, recipients: {', '.join(parts)}",
        morning(notice.given_on),
        reverse("intervention:notice", args=[notice.pk]),
    )


def _letter(notice: Notice) -> Item:
    return Item(
        notice.case.school.name,
        f"{notice.type.label}: read it",
        notice.state_since,
        reverse("intervention:told", args=[notice.case_id]),
    )
