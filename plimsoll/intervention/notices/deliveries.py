"""The recipients of a notice as rows: made when it is given, and how it reached each (I4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Case as Rank
from django.db.models import Value, When
from django.utils import timezone

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused, Stale
from plimsoll.intervention.models import Correction, Delivery, Notice
from plimsoll.intervention.notices.notify import tell_bounced
from plimsoll.intervention.notices.reach import computed
from plimsoll.intervention.permissions import CORRECT, DRAFT, SEE, SERVE
from plimsoll.people.models import User


@dataclass(frozen=True, kw_only=True)
class Service:
    """How the notice reached one recipient, as far as it is known."""

    address: str = ""
    method: str = ""
    sent_on: date | None = None
    given_on: date | None = None
    evidence: str = ""
    bounced_on: date | None = None
    bounced_why: str = ""


def make(notice: Notice) -> list[Delivery]:
    """A row for everybody who is a recipient today, before those added; none has it yet."""
    Delivery.objects.bulk_create(
        Delivery(
            notice=notice,
            recipient=each.recipient,
            label=each.label,
            how=each.how,
            statutory=each.statutory,
            reason=each.reason,
        )
        for each in computed(notice)
    )
    return of(notice)


def of(notice: Notice) -> list[Delivery]:
    """Those by policy first, then those added by hand."""
    by_hand = Rank(When(recipient="", then=Value(1)), default=Value(0))
    return list(notice.deliveries.order_by(by_hand, "pk"))


def sent_apart(rows: Iterable[Delivery]) -> list[Delivery]:
    """The statutory copies not sent on the day on which the notice was (s.60(6))."""
    statutory = [row for row in rows if row.statutory]
    days = {row.sent_on for row in statutory if row.how == "given" and row.sent_on}
    return [row for row in statutory if row.how == "copied" and days and row.sent_on not in days]


@transaction.atomic
def add(*, notice: Notice, label: str, how: str, reason: str, by: User, at: datetime) -> Delivery:
    """Somebody besides, with the reason; while the notice is not given. Raises Refused.

    A second click adds nobody twice.
    """
    notice = _locked(notice, by, DRAFT)
    _still_open(notice)
    if not (label.strip() and reason.strip()):
        raise Refused("Say who it is, and why they receive it.")
    values = {"label": label.strip(), "how": how, "reason": reason.strip()}
    twin = notice.deliveries.filter(**values).first()
    if twin:
        return twin
    row = Delivery.objects.create(notice=notice, **values)
    _note("notice.recipient-added", notice, by, at, label=row.label, reason=row.reason)
    return row


@transaction.atomic
def remove(*, delivery: Delivery, by: User, at: datetime) -> None:
    """Only one that was added by hand: the others follow from facts. Raises Refused."""
    notice = _locked(delivery.notice, by, DRAFT)
    _still_open(notice)
    if delivery.recipient:
        raise Refused("A recipient by policy or law stays: only the fact can be corrected.")
    delivery.delete()
    _note("notice.recipient-removed", notice, by, at, label=delivery.label)


@transaction.atomic
def correct(*, notice: Notice, fact: str, value: str, why: str, by: User, at: datetime) -> None:
    """Put a fact right that makes somebody a recipient, for the whole case. Raises Refused.

    What was said last of the fact is not said again by a second click.
    """
    notice = _locked(notice, by, CORRECT)
    _still_open(notice)
    if not why.strip():
        raise Refused("Say what shows that the register is wrong.")
    said = {"fact": fact, "value": value, "why": why.strip()}
    last = notice.case.corrections.filter(fact=fact).order_by("made_at", "pk").last()
    if last and {name: getattr(last, name) for name in said} == said:
        return
    Correction.objects.create(case=notice.case, made_at=at, made_by=str(by), **said)
    _note("notice.fact-corrected", notice, by, at, **said)


@transaction.atomic
def record(
    *, delivery: Delivery, service: Service, version: int, by: User, at: datetime
) -> Delivery:
    """Put on record how the notice reached a recipient. Raises Refused or Stale."""
    notice = _locked(delivery.notice, by, SERVE)
    found = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if found.version != version:
        raise Stale(found)
    _check(notice, service, timezone.localdate(at))
    came_back = service.bounced_on is not None and service.bounced_on != found.bounced_on
    for name, value in vars(service).items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    said = {name: str(value) for name, value in vars(service).items() if value}
    _note("notice.served", notice, by, at, label=found.label, **said)
    if came_back:
        tell_bounced(found, notice, by=by, at=at)
    return found


def _check(notice: Notice, service: Service, today: date) -> None:
    given_on = notice.given_on
    if given_on is None:
        raise Refused("The notice is not given yet.")
    days = [day for day in (service.sent_on, service.given_on, service.bounced_on) if day]
    if any(day > today for day in days):
        raise Refused("A day lies ahead: record it when it has happened.")
    if any(day < given_on for day in days):
        raise Refused(f"The notice is of {long_date(given_on)}: no day is before it.")
    if service.sent_on and not service.method:
        raise Refused("Say by what method it was sent.")
    if service.given_on and not (service.sent_on and service.evidence.strip()):
        raise Refused("That it was received needs the day it was sent, and what shows it.")
    if service.given_on and service.sent_on and service.given_on < service.sent_on:
        raise Refused("It cannot be received before it is sent.")
    if service.bounced_on and service.given_on:
        raise Refused("It either came back or was received.")
    if service.bounced_on and not service.bounced_why.strip():
        raise Refused("Say why it came back.")


def _locked(notice: Notice, by: User, permission: str) -> Notice:
    rows = Notice.objects.select_for_update(of=("self",)).select_related("case__school")
    found = rows.get(pk=notice.pk)
    if not may(by, permission, found):
        raise Refused("Your role at this school does not allow this.")
    return found


def _still_open(notice: Notice) -> None:
    """Nobody is added to what was given, or to what a case that ended never gave."""
    if notice.case.closed_on:
        raise Refused(f"The case was closed on {long_date(notice.case.closed_on)}.")
    if notice.given_on:
        raise Refused(f"It was given on {long_date(notice.given_on)}, to those listed in it.")


def _note(verb: str, notice: Notice, by: User, at: datetime, **after: str) -> None:
    audit.record(verb=verb, subject=notice, by=by, at=at, permission=SEE, after=after)
