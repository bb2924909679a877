"""What the page of a plan shows: how it stands, what can be done, and what was sent."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import may
from plimsoll.core.deadlines import Calendar
from plimsoll.core.workflow import Offer, State
from plimsoll.documents.models import Document
from plimsoll.documents.papers import form_of
from plimsoll.framework.intervening import PlanRules
from plimsoll.intervention.clocks.countdown import Countdown
from plimsoll.intervention.clocks.days import calendar_for
from plimsoll.intervention.clocks.owed import countdown
from plimsoll.intervention.clocks.workflow import OPEN
from plimsoll.intervention.models import (
    GoverningBodyPlan,
    Obligation,
    PlanJudgement,
    PlanVersion,
)
from plimsoll.intervention.permissions import WRITE_PLAN
from plimsoll.intervention.plans.beginning import plan_of
from plimsoll.intervention.plans.content import Content
from plimsoll.intervention.plans.matters import matters
from plimsoll.intervention.plans.queries import (
    begun,
)
from plimsoll.intervention.plans.standing import came, standing
from plimsoll.intervention.plans.workflow import JUDGED, PLAN
from plimsoll.people.models import User


@dataclass(frozen=True)
class Sent:
    """One version as it was sent, and what was said to it."""

    version: PlanVersion
    came: str
    late: bool
    files: list[tuple[str, str]]
    content: Content | None
    judgement: PlanJudgement | None

    @property
    def summary(self) -> str:
        return f"What version {self.version.number} says"


@dataclass
class PlanPage:
    """Each part is fetched when it is shown."""

    obligation: Obligation
    user: User
    at: datetime

    @cached_property
    def plan(self) -> GoverningBodyPlan | None:
        return begun(self.obligation)

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_for(self.obligation.case, self.today, self.obligation.due)

    @cached_property
    def writes(self) -> bool:
        return may(self.user, WRITE_PLAN, self.obligation)

    @property
    def state(self) -> State:
        return standing(self.obligation, inside=self.writes)

    @property
    def countdown(self) -> Countdown | None:
        """How far off its day is, while it is owed."""
        if self.obligation.state != OPEN:
            return None
        return countdown(self.obligation, self.calendar, self.today)

    @property
    def asked(self) -> PlanRules:
        """What policy calls the parts of a plan."""
        return self.obligation.case.policy.concern.plan

    @property
    def matters(self) -> list[str]:
        return self.plan.matters if self.plan else matters(self.obligation)

    @cached_property
    def _offers(self) -> dict[str, Offer]:
        """The steps of this person; of a plan that nobody has begun, those of an empty one."""
        plan = plan_of(self.obligation, at=self.at)
        return {each.step.name: each for each in PLAN.offers(plan, by=self.user, at=self.at)}

    @property
    def closed(self) -> str:
        """Why nothing more can be sent, though it was never accepted."""
        offer = self._offers.get("send_file") or self._offers.get("receive")
        return offer.blocked if offer else ""

    @property
    def may_write(self) -> bool:
        return self._is_open("send_file")

    @property
    def may_receive(self) -> bool:
        return self._is_open("receive")

    def _is_open(self, name: str) -> bool:
        return name in self._offers and not self._offers[name].blocked

    @property
    def judging(self) -> list[tuple[str, str]]:
        """Accept it, or return it: the label and the address of each."""
        return [
            (
                PLAN.step(name).label,
                reverse("intervention:plan-judge", args=[self.obligation.pk, name]),
            )
            for name in JUDGED
            if self._is_open(name)
        ]

    @cached_property
    def versions(self) -> list[Sent]:
        """Newest first."""
        if self.plan is None:
            return []
        rows = self.plan.versions.select_related("judgement").order_by("-number")
        found = list(rows)
        files = _files(self.plan, found)
        return [
            Sent(
                version,
                came(version, self.obligation.basis, self.calendar),
                version.received_on > version.due,
                files[version.pk],
                Content.of_json(version.content) if version.content else None,
                getattr(version, "judgement", None),
            )
            for version in found
        ]

    @property
    def points(self) -> PlanJudgement | None:
        """What the newest version was returned with, while it is owed again."""
        last = self.versions[0].judgement if self.versions else None
        return last if last and not last.accepted else None


def _files(
    plan: GoverningBodyPlan, versions: list[PlanVersion]
) -> dict[int, list[tuple[str, str]]]:
    """Each version's document in its forms, in one query."""
    kept = list(Document.objects.about(plan).order_by("media_type", "pk"))
    issues = {row.pk: row.issue for row in kept}
    return {
        version.pk: [
            (form_of(row.media_type), reverse("documents:download", args=[row.pk]))
            for row in kept
            if row.issue == issues[version.document_id]
        ]
        for version in versions
    }
