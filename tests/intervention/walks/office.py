"""What people do in one case, with the product's own actions; and the same kept on paper."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused
from plimsoll.documents.models import Document
from plimsoll.framework.casework import Fact, Rung
from plimsoll.intervention.models import Case, Delivery, Notice, Obligation, PowerInUse
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.people.models import User
from plimsoll.schools.models import School
from tests.cast import Cast
from tests.intervention import steps, using
from tests.intervention.steps import DAY, WHY
from tests.intervention.walks.law import barred, move
from tests.intervention.walks.record import Found, Letter, Paper
from tests.intervention.walks.trying import nothing_stays_open

# Whose step is whose, by hand; Paul is the officer of the other phases.
ROLES = {"doe": "dorothy", "dcs": "declan"}
# What is said in a notice that is given, and when: it never changes.
WORDS = ("pk", "kind", "texts", "grounds", "period_ends", "given_on", "signed_by", "approved_at")

Picture = dict[str, list[tuple[Any, ...]]]


class Office:
    """One case of a school, from its opening, and its file on paper."""

    def __init__(self, cast: Cast, school: School, case: Case, paper: Paper) -> None:
        self.cast, self.school, self.case, self.paper = cast, school, case, paper

    @property
    def now(self) -> datetime:
        return steps.on(self.paper.today)

    def person(self, role: str) -> User:
        officer = "priya" if self.school.phase == "primary" else "paul"
        return getattr(self.cast, ROLES.get(role, officer))

    # --- a step is tried ------------------------------------------------------------------------

    def attempt(self, rung: Rung, by: User, day: date) -> None:
        """It goes through exactly where the paper says so; else nothing at all changes."""
        why = barred(self.paper, rung, by == self.person(rung.by), day)
        told = f"{rung.id} on {day} by {by}: {sorted(why)} in {self.paper}"
        before = self.picture()
        facts = {"at": self.now, "on": day, "reasons": WHY}
        try:
            self.case = process_of(self.case).take(self.case, rung.id, by=by, **facts)
        except Refused as refused:
            if not why:
                raise AssertionError(f"{refused} {told}") from refused
            assert self.picture() == before, told
            return
        assert not why, f"It went through: {told}"
        self._follows(rung, day, before)

    def _follows(self, rung: Rung, day: date, before: Picture) -> None:
        """No letter and no notice of before is altered; the step leaves what it should."""
        move(self.paper, rung, day)
        after = self.picture()
        for kept in ("Document", "given"):
            assert after[kept][: len(before[kept])] == before[kept], "a letter was altered"
        written = len(after["Document"]) - len(before["Document"])
        assert written == (2 if rung.notice else 0)
        for document in Document.objects.filter(urn=self.school.pk):
            assert hashlib.sha256(bytes(document.body)).hexdigest() == document.sha256
        assert (self.case.state, self.case.stands_since) == (rung.id, day)
        for key in rung.starts:
            rows = Obligation.objects.filter(case=self.case, kind=key, starts=day)
            assert rows.filter(state="open").exists()
        assert not Obligation.objects.filter(
            case=self.case, state="open", notice__state="superseded"
        ).exists()
        assert (self.case.closed_on is None) == bool(rung.then)
        if self.case.closed_on:
            nothing_stays_open(self.case)

    def picture(self) -> Picture:
        """Everything that is kept of the school's cases."""
        of_case = {"case__school": self.school}
        rows = {
            "Case": Case.objects.filter(school=self.school),
            "Notice": Notice.objects.filter(**of_case),
            "Obligation": Obligation.objects.filter(**of_case),
            "PowerInUse": PowerInUse.objects.filter(**of_case),
            "Delivery": Delivery.objects.filter(notice__case__school=self.school),
            "Document": Document.objects.filter(urn=self.school.pk),
        }
        seen = {name: list(found.order_by("pk").values_list()) for name, found in rows.items()}
        seen["Document"] = [
            tuple(bytes(each) if isinstance(each, memoryview) else each for each in row)
            for row in seen["Document"]
        ]
        given = rows["Notice"].filter(given_on__isnull=False).order_by("given_on", "pk")
        return seen | {"given": list(given.values_list(*WORDS)), "n": [(Event.objects.count(),)]}

    # --- and prepared ---------------------------------------------------------------------------

    def prepare(self, rung: Rung, without: str = "") -> None:
        """What the step demands is put on record, but one thing, and its letter approved."""
        warning = self.paper.warning()
        for fact in map(self.paper.policy.fact, rung.requires):
            if fact.shown_by == "period" and warning and warning.ends and fact.id != without:
                self.paper.today = max(self.paper.today, warning.ends + DAY)
        for fact in map(self.paper.policy.fact, rung.requires):
            if fact.id != without:
                self.record(fact, self.person(fact.by or "dcs"), rung)
        if rung.notice:
            self.approve(rung.notice)

    def record(self, fact: Fact, by: User, rung: Rung | None = None) -> None:
        """Put a fact on record as far as a person may; else nothing is kept."""
        day, today = {"day": self.paper.today}, self.paper.today
        try:
            match fact.shown_by:
                case "discussion":
                    steps.discussed(self.case, by, **day)
                    self.paper.talks.append(today)
                case "finding":
                    steps.found(self.case, fact.id, by, **day)
                case "statutory-ground":
                    kind = self.paper.policy.notice(rung.notice) if rung and rung.notice else None
                    ground = kind.grounds[0] if kind and kind.grounds else "s60-safety"
                    steps.found(self.case, fact.id, by, ground=ground, **day)
                case "service":
                    steps.received(self.case)
                    self.paper.letters = [
                        replace(each, received=each.received or each.given)
                        for each in self.paper.letters
                    ]
                case "power" if self.paper.eligible_by and self.paper.power is None:
                    with transaction.atomic():
                        using.in_force(self.cast, self.case, "s65", **day)
                    self.paper.power = today
        except Refused:
            assert rung is None or fact.after_period or fact.shown_by == "power"
        self.findings_again()

    def findings_again(self) -> None:
        rows = self.case.findings.filter(withdraws=None, withdrawn_by=None)
        self.paper.findings = [Found(row.fact, row.on, row.ground) for row in rows]

    def approve(self, kind: str) -> None:
        notice = steps.approved(self.case, kind, day=self.paper.today)
        letter = Letter(
            kind, self.paper.today, tuple(notice.grounds), notice.period_ends, notice.address_by
        )
        self.paper.letters.append(letter)
