"""The page of one power in use: what stands before it, done or missing, and what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import may
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Offer, State
from plimsoll.framework.intervening import Doubt
from plimsoll.intervention.cases.records import (
    may_record,
)
from plimsoll.intervention.cases.shown import shown
from plimsoll.intervention.clocks.countdown import Countdown, over
from plimsoll.intervention.models import PowerInUse
from plimsoll.intervention.permissions import TAKE
from plimsoll.intervention.powers import standing
from plimsoll.intervention.powers.consultees import Consultee, consultees, notified
from plimsoll.intervention.powers.page import notes
from plimsoll.intervention.powers.workflow import BEFORE, OFFERED, POWER
from plimsoll.intervention.recipients import Reached
from plimsoll.people.models import User


@dataclass(frozen=True)
class Before:
    """One thing that stands before the decision: done, or missing and where to add it."""

    label: str
    done: bool
    on: date | None = None
    href: str = ""


@dataclass(frozen=True)
class Next:
    label: str
    href: str
    blocked: str


@dataclass
class UsePage:
    """Each part is fetched when it is shown."""

    use: PowerInUse
    user: User
    at: datetime

    @property
    def state(self) -> State:
        return POWER.state(self.use)

    @property
    def law(self) -> str:
        return standing.short_law(self.use.rule)

    @cached_property
    def window(self) -> Countdown | None:
        """How long it may still come into force, as the case has it now, until it has."""
        case = self.use.case
        if self.use.in_force_on or self.use.ended_on or standing.unreached(case):
            return None
        last = standing.last_day(case, self.use.rule)
        return over(last, self.today, soon=case.policy.concern.window_warning) if last else None

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @cached_property
    def acts(self) -> bool:
        return self.use.case.is_open and may(self.user, TAKE, self.use)

    @property
    def consults(self) -> bool:
        """May this person put on record what comes before the decision?"""
        return self.acts and self.use.state in BEFORE

    @cached_property
    def consultees(self) -> list[Consultee]:
        return consultees(self.use)

    @property
    def before(self) -> list[Before]:
        return [self._secretary(), *self._facts()]

    def _secretary(self) -> Before:
        consent = self.use.rule.secretary_of_state == "consent"
        on = self.use.consent_on if consent else self.use.told_secretary_on
        label = (
            "Consent of the Secretary of State"
            if consent
            else ("Notice to the Secretary of State (section 70A)")
        )
        href = reverse("intervention:power-secretary", args=[self.use.pk]) if self.consults else ""
        return Before(label, on is not None, on, href)

    def _facts(self) -> Iterator[Before]:
        case = self.use.case
        there = shown(case)
        for name in self.use.rule.requires:
            fact, proof = case.policy.fact(name), there.get(name)
            adds = self.consults and may_record(self.user, fact, case)
            href = reverse("intervention:finding-add", args=[case.pk, name])
            done = proof is not None and proof.on <= self.today
            yield Before(
                fact.label, done, proof.on if proof else None, href if adds and not done else ""
            )

    @cached_property
    def next(self) -> list[Next]:
        return [self._next(each) for each in self._offers]

    @cached_property
    def _offers(self) -> list[Offer]:
        if not self.use.case.is_open:
            return []
        offers = POWER.offers(self.use, by=self.user, at=self.at)
        return [each for each in offers if each.step.name in OFFERED]

    def _next(self, offer: Offer) -> Next:
        href = reverse("intervention:power-step", args=[self.use.pk, offer.step.name])
        return Next(offer.step.label, href, offer.blocked)

    @property
    def open_steps(self) -> list[Next]:
        return [each for each in self.next if not each.blocked]

    @property
    def blocked(self) -> list[tuple[str, list[str]]]:
        """Each reason why a step is closed, with the steps that it closes."""
        found: dict[str, list[str]] = {}
        for each in self.next:
            if each.blocked:
                found.setdefault(each.blocked, []).append(each.label)
        return list(found.items())

    @cached_property
    def copies(self) -> list[tuple[Reached, bool]]:
        """Who receives the written notice and copies of it, and whether it went."""
        given = self.use.notice_on is not None
        return [
            (each, given if each.how == "given" else each.label in self.use.copied)
            for each in notified(self.use)
        ]

    @property
    def may_copy(self) -> bool:
        return (
            self.acts
            and self.use.notice_on is not None
            and any(each.how == "copied" for each, _ in self.copies)
        )

    @property
    def on_receipt(self) -> bool:
        return self.use.rule.effect == "receipt"

    @property
    def notes(self) -> list[str]:
        return notes(self.use.case, self.use.rule)

    @property
    def doubts(self) -> list[Doubt]:
        return self.use.case.policy.concern.doubts_named(self.use.rule.doubts)

    @property
    def late(self) -> str:
        """The window closed and the power is not in force: what can still be recorded."""
        if self.window is None or self.window.day >= self.today:
            return ""
        return (
            f"The window closed on {long_date(self.window.day)}. Only what was done by then can "
            "still be put on record."
        )
