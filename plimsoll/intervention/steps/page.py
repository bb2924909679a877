"""The page of one case: where it stands, what comes next, what is on record, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.models import Event
from plimsoll.core.workflow import State
from plimsoll.framework.casework import Rung
from plimsoll.intervention.bundle.holding import (
    standing,
)
from plimsoll.intervention.cases import words
from plimsoll.intervention.cases.keeping import supersession
from plimsoll.intervention.cases.shown import Shown, shown
from plimsoll.intervention.clocks.page import Clocks
from plimsoll.intervention.models import Case, Discussion, Finding, Hold, Notice
from plimsoll.intervention.permissions import BUNDLE, HOLD, PRIVILEGED, RECORD
from plimsoll.intervention.powers.decided import Decided
from plimsoll.intervention.steps.demands import Ahead, ahead
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.people.models import User

LATEST: Final = 40


@dataclass(frozen=True)
class OnLadder:
    """A rung: the day on which the case came to it, if it did, and whether it stands there."""

    rung: Rung
    on: date | None
    here: bool


@dataclass(frozen=True)
class Happened:
    at: datetime
    title: str
    by: str
    text: str = ""
    href: str = ""


@dataclass(frozen=True)
class Row:
    """A finding with what it is of; another may have withdrawn it."""

    finding: Finding
    label: str
    ground: str
    withdrawn: Finding | None


@dataclass
class CasePage:
    """Each part is fetched when it is shown."""

    case: Case
    user: User
    today: date

    @property
    def state(self) -> State:
        return process_of(self.case).state(self.case)

    @property
    def review_is_late(self) -> bool:
        return self.case.is_open and self.case.review_on < self.today

    @property
    def discussion_owed(self) -> bool:
        """Notice was given urgently: the discussion is to follow as soon as practicable."""
        return self.case.urgent_on is not None and not self.discussions

    @property
    def grounds(self) -> list[str]:
        return [each.label for each in self.case.policy.grounds if each.id in self.case.grounds]

    @cached_property
    def records(self) -> bool:
        return self.case.is_open and may(self.user, RECORD, self.case)

    @property
    def can_be_barred(self) -> bool:
        return self.records and supersession(self.case) is not None

    @cached_property
    def _there(self) -> Mapping[str, Shown]:
        return shown(self.case)

    @cached_property
    def _ahead(self) -> tuple[list[Ahead], list[Ahead]]:
        return ahead(self.case, self.user, self._there, self.today)

    @property
    def next(self) -> list[Ahead]:
        return self._ahead[0]

    @property
    def any_time(self) -> list[Ahead]:
        """What may happen at any time, as far as this person may say that it has."""
        return [each for each in self._ahead[1] if each.href]

    @cached_property
    def _events(self) -> list[Event]:
        of_case = {"subject": self.case._meta.label_lower, "subject_id": self.case.pk}
        return list(audit.readable(self.user).filter(**of_case).exclude(verb="case.read"))

    @property
    def ladder(self) -> list[OnLadder]:
        days: dict[str, date] = {}
        for event in reversed(self._events):
            process, _, name = event.verb.partition(".")
            if process == process_of(self.case).name and event.after:
                days[name] = date.fromisoformat(event.after["on"])
        offered = {each.rung.id for each in (*self.next, *self._ahead[1])}
        return [
            OnLadder(rung, days.get(rung.id), here=rung.id == self.case.state)
            for rung in self.case.steps.rungs
            if rung.id in days
            or (rung in self.case.steps.steps and (not rung.bands or rung.id in offered))
        ]

    @property
    def happened(self) -> list[Happened]:
        return [
            Happened(
                event.at,
                words.title(event.verb, [self.case.steps]),
                event.actor_name,
                str((event.after or {}).get("reasons") or (event.after or {}).get("how") or ""),
            )
            for event in self._events[:LATEST]
        ]

    @cached_property
    def findings(self) -> list[Row]:
        """What was found; legal advice only for those who may read it."""
        rows = self.case.findings.filter(withdraws=None).select_related("withdrawn_by", "document")
        if not may(self.user, PRIVILEGED, self.case):
            rows = rows.filter(privileged=False)
        grounds = {each.id: each.label for each in self.case.policy.grounds}
        return [
            Row(
                row,
                self.case.policy.fact(row.fact).label,
                grounds.get(row.ground, ""),
                getattr(row, "withdrawn_by", None),
            )
            for row in rows.order_by("-on", "-pk")
        ]

    @cached_property
    def holds(self) -> list[Hold]:
        """Legal holds that stand: seen by whoever works on the case."""
        return list(standing(self.case))

    @property
    def may_hold(self) -> bool:
        return may(self.user, HOLD, self.case)

    @property
    def may_bundle(self) -> bool:
        return may(self.user, BUNDLE, self.case)

    @cached_property
    def discussions(self) -> list[Discussion]:
        return list(self.case.discussions.order_by("-on", "-pk"))

    @cached_property
    def notices(self) -> list[tuple[str, Notice]]:
        rows = self.case.notices.order_by("-given_on", "-pk")
        return [(self.case.policy.notice(row.kind).label, row) for row in rows]

    @cached_property
    def decided(self) -> Decided:
        return Decided(self.case, self.user)

    @cached_property
    def clocks(self) -> Clocks:
        notices = [notice for _, notice in self.notices]
        return Clocks(self.case, self.user, self.today, notices)
