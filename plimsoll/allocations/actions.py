"""Writes about allocations that are no step of the process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from plimsoll.allocations import letters, notify
from plimsoll.allocations.guards import not_own_partner
from plimsoll.allocations.hearing import has_heard
from plimsoll.allocations.models import (
    AddedEvidence,
    Allocation,
    Challenge,
    CriterionView,
    Cycle,
    HighRisk,
    Referral,
    ReviewRequest,
    Side,
    ViewSheet,
)
from plimsoll.allocations.queries import sheets_of, side_of
from plimsoll.core import audit, drafts
from plimsoll.core.workflow import Refused, Stale, begin
from plimsoll.documents.actions import keep_upload
from plimsoll.people.models import User

SEE = "allocation.see"
INSIDE = "allocation.inside"
# The states in which it is the school's turn, so that a reminder makes sense.
SCHOOL_TURN = ("with_school", "school_confirms", "decided", "provisional")


@dataclass(frozen=True)
class View:
    """One side's answer to one criterion: a descriptor's id or one of the two others."""

    choice: str
    text: str


def views_key(case: Allocation, side: Side) -> str:
    """The key of the draft of this side's views."""
    return f"views:{case.pk}:{side}"


@transaction.atomic
def save_views(
    *,
    case: Allocation,
    side: Side,
    views: Mapping[str, View],
    version: int,
    submit: bool,
    by: User,
    at: datetime,
) -> ViewSheet:
    """Save one side's views on the criteria; submitted, the other side may read them.

    `version` is that of the sheet the person saw, 0 for none yet. Raises Stale with the
    sheet as it stands now, Refused for a choice that the framework does not have or after
    the allocation was concluded.
    """
    _still_open(case)
    _check_choices(case, views)
    sheet = _locked_sheet(case, side, by=by, at=at)
    if sheet.version != version:
        raise Stale(sheet)
    _write_views(sheet, views)
    sheet.version += 1
    sheet.saved_at, sheet.saved_by = at, by.name
    if submit and sheet.submitted_at is None:
        sheet.submitted_at = at
    sheet.save()
    drafts.discard(user=by, key=views_key(case, side))
    audit.record(
        verb="allocation.views-submitted" if submit else "allocation.views-saved",
        subject=case,
        by=by,
        at=at,
        permission=SEE if side == Side.SCHOOL else INSIDE,
        after={"side": str(side), "criteria": len(views)},
    )
    return sheet


def _locked_sheet(case: Allocation, side: Side, *, by: User, at: datetime) -> ViewSheet:
    ViewSheet.objects.get_or_create(
        allocation=case, side=side, defaults={"version": 0, "saved_at": at, "saved_by": by.name}
    )
    return ViewSheet.objects.select_for_update().get(allocation=case, side=side)


def _write_views(sheet: ViewSheet, views: Mapping[str, View]) -> None:
    CriterionView.objects.bulk_create(
        [
            CriterionView(sheet=sheet, criterion=key, choice=view.choice, text=view.text)
            for key, view in views.items()
        ],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["choice", "text"],
    )


def _check_choices(case: Allocation, views: Mapping[str, View]) -> None:
    others = {"", CriterionView.NOT_APPLICABLE, CriterionView.NOT_ENOUGH}
    for key, view in views.items():
        allowed = {descriptor.id for descriptor in case.policy.descriptors_of(key)} | others
        if view.choice not in allowed:
            raise Refused(f"“{view.choice}” is not one of the descriptors of this criterion.")


def _still_open(case: Allocation) -> None:
    """Locks the case besides: what is frozen at its conclusion is then complete."""
    now = Allocation.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if now.concluded_at and now.state != "provisional":
        raise Refused("This allocation is concluded: its evidence and views stay as they were.")


@transaction.atomic
def add_evidence(
    *,
    case: Allocation,
    side: Side,
    title: str,
    text: str,
    dated: date,
    criterion: str = "",
    file: UploadedFile | None = None,
    by: User,
    at: datetime,
) -> AddedEvidence:
    """Add dated evidence of one side's own, marked unvalidated (S3).

    Raises Refused when the file is not what it says, or the date is in the future.
    """
    _still_open(case)
    if dated > timezone.localdate(at):
        raise Refused("The evidence cannot be from the future.")
    if not text and not file:
        raise Refused("Write what the evidence says, or add a file.")
    same = AddedEvidence.objects.filter(
        allocation=case, added_by=by.pk, withdrawn_at=None, title=title, text=text, dated=dated
    )
    # The same again from the same person is a second click, and no second piece.
    about = {"document__size": file.size} if file and file.size else {"document": None}
    if twin := same.filter(**about).first():
        return twin
    document = (
        keep_upload(
            school=case.school, file=file, title=title, permission=SEE, subject=case, by=by, at=at
        )
        if file
        else None
    )
    item = AddedEvidence.objects.create(
        allocation=case,
        side=side,
        criterion=criterion,
        title=title,
        text=text,
        dated=dated,
        document=document,
        added_at=at,
        added_by=by.pk,
        added_by_name=by.name,
    )
    _event("allocation.evidence-added", case, by=by, at=at, after={"title": title})
    return item


@transaction.atomic
def withdraw_evidence(*, item: AddedEvidence, why: str, by: User, at: datetime) -> None:
    """Withdraw what one added oneself: it stays to be read, struck through, with the reason."""
    _still_open(item.allocation)
    if item.added_by != by.pk:
        raise Refused("Only the person who added it can withdraw it.")
    done = AddedEvidence.objects.filter(pk=item.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_why=why
    )
    if not done:
        raise Refused("This evidence has been withdrawn already.")
    _event("allocation.evidence-withdrawn", item.allocation, by=by, at=at, after={"why": why})


@transaction.atomic
def challenge_figure(
    *, case: Allocation, side: Side, figure: str, shown: str, text: str, by: User, at: datetime
) -> Challenge:
    """Say that a figure in the pack is wrong; the other side answers (S3)."""
    _still_open(case)
    same = Challenge.objects.filter(
        allocation=case, side=side, figure=figure, text=text, answered_at=None
    )
    if twin := same.first():
        return twin  # a second click
    challenge = Challenge.objects.create(
        allocation=case,
        side=side,
        figure=figure,
        shown=shown[:200],
        text=text,
        raised_at=at,
        raised_by_name=by.name,
    )
    _event("allocation.figure-challenged", case, by=by, at=at, after={"figure": figure})
    message = "challenged-by-school" if side == Side.SCHOOL else "challenged"
    notify.tell(case, message, by=by, at=at)
    return challenge


@transaction.atomic
def answer_challenge(
    *, challenge: Challenge, side: Side, outcome: str, answer: str, by: User, at: datetime
) -> None:
    """The other side answers a challenge, once, and while the allocation is open."""
    _still_open(challenge.allocation)
    if challenge.side == side:
        raise Refused("The other side answers a challenge.")
    done = Challenge.objects.filter(pk=challenge.pk, answered_at=None).update(
        outcome=outcome, answer=answer, answered_at=at, answered_by_name=by.name
    )
    if not done:
        raise Refused("This challenge has been answered already.")
    _event(
        "allocation.challenge-answered",
        challenge.allocation,
        by=by,
        at=at,
        after={"figure": challenge.figure, "outcome": outcome},
    )


@transaction.atomic
def state_position(*, case: Allocation, side: Side, text: str, by: User, at: datetime) -> None:
    """Either side puts its position before the tier that decides (S4: both positions)."""
    if case.state != "referred":
        raise Refused("There is no disagreement waiting for a decision.")
    column = "school_position" if side == Side.SCHOOL else "service_position"
    Referral.objects.filter(allocation=case, tier=case.tier).update(**{column: text})
    _event("allocation.position-stated", case, by=by, at=at, after={"side": str(side)})


@transaction.atomic
def mark_high_risk(
    *, case: Allocation, reason: str, review_on: date, by: User, at: datetime
) -> HighRisk:
    """Mark the allocation as high risk; the school sees the mark and its reason (S10)."""
    key = case.band or case.proposed_band
    rule = case.policy.band(key).high_risk if key else None
    if rule is None:
        raise Refused("High risk is a mark on a band that the framework names for it.")
    if review_on <= timezone.localdate(at):
        raise Refused("The review date must be in the future.")
    mark = HighRisk(
        allocation=case, reason=reason, review_on=review_on, marked_at=at, marked_by_name=by.name
    )
    try:
        with transaction.atomic():
            begin(mark, state="marked", at=at).save()
    except IntegrityError as twice:
        raise Refused("This allocation is marked as high risk already.") from twice
    heard = has_heard(case, sheets_of(case))
    seen = SEE if heard else INSIDE
    _event("allocation.high-risk-marked", case, by=by, at=at, after={"reason": reason}, see=seen)
    if case.band:
        letters.issue_high_risk(mark, by=by, at=at)
    if heard:
        notify.tell(case, "high-risk", by=by, at=at)
    return mark


@transaction.atomic
def ask_for_review(
    *, case: Allocation, side: Side, reasons: str, by: User, at: datetime
) -> ReviewRequest:
    """Either side asks for an in-year review of a concluded allocation (S6, U4)."""
    if not case.policy.allocation.in_year_review:
        raise Refused("This framework has no in-year review.")
    if not case.band:
        raise Refused("There is no concluded allocation to review yet.")
    if case.state == "reviewed":
        raise Refused("This allocation is being reviewed already: see the next round.")
    try:
        with transaction.atomic():
            request = ReviewRequest.objects.create(
                allocation=case, side=side, reasons=reasons, asked_at=at, asked_by_name=by.name
            )
    except IntegrityError as twice:
        raise Refused("A review has been asked for already and waits for an answer.") from twice
    _event("allocation.review-asked", case, by=by, at=at, after={"reasons": reasons})
    notify.tell(case, "review-asked", by=by, at=at)
    return request


@transaction.atomic
def refuse_review(*, request: ReviewRequest, answer: str, by: User, at: datetime) -> None:
    """Answer that there will be no review now, and why."""
    if reason := not_own_partner(request.allocation, by=by, at=at):
        raise Refused(reason)
    done = ReviewRequest.objects.filter(pk=request.pk, answered_at=None).update(
        granted=False, answer=answer, answered_at=at, answered_by_name=by.name
    )
    if not done:
        raise Refused("This request has been answered already.")
    _event("allocation.review-refused", request.allocation, by=by, at=at, after={"answer": answer})
    notify.tell(request.allocation, "review-answered", by=by, at=at)


@transaction.atomic
def remind(*, case: Allocation, by: User | None, at: datetime) -> bool:
    """Remind the school that it is its turn; False where it is not (S1: chases)."""
    locked = Allocation.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.state not in SCHOOL_TURN:
        return False
    if locked.reminders != case.reminders:
        return True  # somebody reminded it this very moment: that serves for both
    locked.reminders += 1
    locked.reminded_at = at
    locked.save(update_fields=["reminders", "reminded_at"])
    posted = notify.tell(locked, "reminder", by=by, at=at)
    _event("allocation.reminded", locked, by=by, at=at, after={"people": posted})
    return True


@transaction.atomic
def note_reading(*, case: Allocation, by: User, at: datetime) -> None:
    """Reading an allocation is an event (rule 4).

    Who of the service reads it before the school has heard would tell that moderation is
    at work, so that stays inside (S4).
    """
    inside = case.heard_at is None and side_of(by, case) == Side.SERVICE
    _event("allocation.read", case, by=by, at=at, see=INSIDE if inside else SEE)


@transaction.atomic
def note_export(*, cycle: Cycle, by: User, at: datetime) -> None:
    """Taking a list of allocations away is an event as much as reading one is."""
    audit.record(
        verb="cycle.exported",
        subject=cycle,
        by=by,
        at=at,
        permission="cycle.see",
        after={"year": cycle.year},
    )


def _event(
    verb: str,
    case: Allocation,
    *,
    by: Any,
    at: datetime,
    after: dict[str, Any] | None = None,
    see: str = SEE,
) -> None:
    audit.record(verb=verb, subject=case, by=by, at=at, permission=see, after=after)
