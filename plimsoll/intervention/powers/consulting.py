"""Consultees of a power, the Secretary of State, and copies of its notice, put on record (I9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused, Stale
from plimsoll.intervention.cases.records import (
    locked,
    not_ahead,
    note,
    save,
)
from plimsoll.intervention.models import Case, Consultation, PowerInUse
from plimsoll.intervention.permissions import TAKE
from plimsoll.intervention.powers.consultees import consultees, notified
from plimsoll.intervention.powers.workflow import BEFORE
from plimsoll.people.models import User


@dataclass(frozen=True, kw_only=True)
class Said:
    """When a consultee was asked, and what came of it; `label` says who it is."""

    label: str
    asked_on: date
    answered_on: date | None = None
    answer: str = ""
    not_awaited: str = ""


@transaction.atomic
def record_consultation(*, use: PowerInUse, said: Said, by: User, at: datetime) -> Consultation:
    """Put it on record before the power is decided; what is said later stands beside it.

    A second click records nothing twice. Raises Refused.
    """
    use = _held(use, by)
    _undecided(use)
    who = next((each.who for each in consultees(use) if each.who.label == said.label), None)
    if who is None:
        raise Refused("Nobody of that name is consulted on this power.")
    _in_order(said, use.case, at)
    values = vars(said) | {"recipient": who.recipient, "recorded_by": str(by)}
    last = use.consultations.filter(label=said.label).order_by("pk").last()
    if last and all(getattr(last, name) == value for name, value in values.items()):
        return last
    row = Consultation.objects.create(power=use, recorded_at=at, **values)
    note("power.consulted", use.case, by=by, at=at, power=use.rule.label, who=said.label)
    return row


def _in_order(said: Said, case: Case, at: datetime) -> None:
    not_ahead(said.asked_on, at)
    if said.asked_on < case.opened_on:
        raise Refused(f"The case was opened on {long_date(case.opened_on)} only.")
    if said.answered_on:
        not_ahead(said.answered_on, at)
        if said.answered_on < said.asked_on:
            raise Refused("They cannot answer before they are asked.")
    if bool(said.answered_on) != bool(said.answer.strip()):
        raise Refused("An answer has its day and its words.")
    if said.answered_on and said.not_awaited.strip():
        raise Refused("They answered: nothing is waited for.")


@transaction.atomic
def record_secretary(
    *,
    use: PowerInUse,
    told_on: date | None,
    consent_on: date | None,
    how: str,
    version: int,
    by: User,
    at: datetime,
) -> PowerInUse:
    """The Secretary of State was notified (s.70A), or asked and has consented (s.65).

    Raises Refused, or Stale where somebody else saved since.
    """
    use = _held(use, by)
    _undecided(use)
    if use.version != version:
        raise Stale(use)
    days = [day for day in (told_on, consent_on) if day]
    if not days:
        raise Refused("Say on which day.")
    for day in days:
        not_ahead(day, at)
        if day < use.case.opened_on:
            raise Refused(f"The case was opened on {long_date(use.case.opened_on)} only.")
    if told_on and consent_on and consent_on < told_on:
        raise Refused("Consent comes after it was asked for.")
    if not how.strip():
        raise Refused("Say how, and by what it can be shown.")
    use.told_secretary_on, use.consent_on, use.secretary_how = told_on, consent_on, how.strip()
    save(use, "told_secretary_on", "consent_on", "secretary_how")
    told = {"on": max(days).isoformat(), "how": how.strip()}
    note("power.secretary", use.case, by=by, at=at, power=use.rule.label, **told)
    return use


@transaction.atomic
def record_copies(
    *, use: PowerInUse, copied: Sequence[str], version: int, by: User, at: datetime
) -> PowerInUse:
    """To whom copies of the written notice have gone by now. Raises Refused or Stale."""
    use = _held(use, by)
    if use.version != version:
        raise Stale(use)
    if use.notice_on is None:
        raise Refused("Its written notice is not on record yet.")
    if not set(copied) <= {each.label for each in notified(use)}:
        raise Refused("Nobody of that name receives a copy.")
    use.copied = list(copied)
    save(use, "copied")
    note("power.copied", use.case, by=by, at=at, power=use.rule.label, copied=list(copied))
    return use


def _held(use: PowerInUse, by: User) -> PowerInUse:
    """The power as it is now, in its case, which is held."""
    case = locked(use.case, by, TAKE)
    found = PowerInUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    found.case = case
    return found


def _undecided(use: PowerInUse) -> None:
    if use.state not in BEFORE:
        raise Refused("It is decided or ended: what was said before stands as it is.")
