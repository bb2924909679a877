"""What the page of one notice shows, to whoever reads it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import may
from plimsoll.core.workflow import State
from plimsoll.documents.content import Block
from plimsoll.documents.papers import Paper, papers
from plimsoll.framework.intervening import Doubt
from plimsoll.intervention.contents import gaps
from plimsoll.intervention.models import Delivery, Notice
from plimsoll.intervention.notices import deliveries, earlier, letters, queries, texts
from plimsoll.intervention.notices.earlier import Beside
from plimsoll.intervention.notices.reach import computed, reaches_school
from plimsoll.intervention.notices.workflow import NOTICE, OFFERED, may_be_written
from plimsoll.intervention.permissions import CORRECT, DRAFT, PRIVILEGED, SEE, SERVE, TOLD
from plimsoll.people.models import User


@dataclass(frozen=True)
class Next:
    """One thing to do, or why it cannot be done now."""

    label: str
    href: str
    blocked: str = ""


@dataclass(frozen=True)
class Reached:
    """A recipient: before the notice is given as it follows from facts, then as it stands."""

    label: str
    how: str
    reason: str
    statutory: bool
    row: Delivery | None = None
    href: str = ""


@dataclass
class NoticePage:
    """Each part is fetched when it is shown."""

    notice: Notice
    user: User
    at: datetime

    @property
    def title(self) -> str:
        return texts.title(self.notice)

    @property
    def state(self) -> State:
        return NOTICE.state(self.notice)

    @cached_property
    def inside(self) -> bool:
        return queries.is_inside(self.user, self.notice)

    @cached_property
    def drafts(self) -> bool:
        return self.notice.case.is_open and may(self.user, DRAFT, self.notice)

    @property
    def may_write(self) -> bool:
        return self.drafts and may_be_written(self.notice)

    @property
    def may_correct(self) -> bool:
        corrects = may(self.user, CORRECT, self.notice)
        return corrects and self.notice.case.is_open and not self.notice.given_on

    @property
    def adds(self) -> bool:
        return self.drafts and not self.notice.given_on and not self.state.closed

    @cached_property
    def steps(self) -> list[Next]:
        notice = self.notice
        return [
            Next(
                each.step.label,
                reverse("intervention:notice-step", args=[notice.pk, each.step.name]),
                each.blocked,
            )
            for each in NOTICE.offers(notice, by=self.user, at=self.at)
            if each.step.name in OFFERED
        ]

    @property
    def open_steps(self) -> list[Next]:
        return [each for each in self.steps if not each.blocked]

    @property
    def blocked(self) -> list[Next]:
        return [each for each in self.steps if each.blocked]

    @property
    def given_by(self) -> str:
        """The step of the case that gives it, where it is approved and only waits for that."""
        if not self.inside or self.notice.state != "approved" or not self.notice.case.is_open:
            return ""
        rungs = [each for each in self.notice.case.steps.rungs if each.notice == self.notice.kind]
        return next((each.label for each in rungs if not each.urgent), rungs[0].label)

    @property
    def lacks(self) -> list[str]:
        return [] if self.notice.given_on else gaps(self.notice)

    @cached_property
    def blocks(self) -> list[tuple[str, Block]]:
        """The letter as it will read, or reads, each block with its kind."""
        return [(type(each).__name__, each) for each in letters.body(self.notice)]

    @cached_property
    def recipients(self) -> list[Reached]:
        rows = deliveries.of(self.notice)
        serves = may(self.user, SERVE, self.notice)
        stored = [
            Reached(
                each.label, each.how, each.reason, each.statutory, each, self._href(each, serves)
            )
            for each in rows
        ]
        if self.notice.given_on:
            return stored
        expected = [
            Reached(each.label, each.how, each.reason, each.statutory)
            for each in computed(self.notice)
        ]
        return expected + stored

    @property
    def sent_apart(self) -> list[str]:
        """The copies that the law has given at the same time, and that were not."""
        rows = [each.row for each in self.recipients if each.row]
        return [each.label for each in deliveries.sent_apart(rows)]

    def _href(self, row: Delivery, serves: bool) -> str:
        if self.notice.given_on:
            return reverse("intervention:recipient-record", args=[row.pk]) if serves else ""
        return reverse("intervention:recipient-remove", args=[row.pk]) if self.adds else ""

    @cached_property
    def beside(self) -> list[Beside]:
        return earlier.beside(self.notice)

    @property
    def follows_label(self) -> str:
        follows = self.notice.follows
        return self.notice.case.policy.notice(follows.kind).label if follows else ""

    @cached_property
    def papers(self) -> list[Paper]:
        permission = TOLD if reaches_school(self.notice) else SEE
        return papers(self.notice, permission) if self.inside else []

    @property
    def review(self) -> str:
        """Legal advice, for those who may read it and the reviewer."""
        reads = may(self.user, PRIVILEGED, self.notice)
        return self.notice.review if reads or self.notice.reviewer_id == self.user.pk else ""

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a solicitor should look at, beside a notice of the law."""
        return self.notice.case.policy.concern.doubts if self.notice.type.statutory else ()

    @property
    def period_is_over(self) -> bool:
        ends = self.notice.period_ends
        return bool(ends and not self.notice.given_on and ends < timezone.localdate(self.at))
