"""The pages on which visits are planned: each row with what stands against its day."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from plimsoll.allocations.brings import in_days
from plimsoll.allocations.models import Cycle
from plimsoll.core.access import may
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.models import Visit
from plimsoll.visits.planning.clashes import Appointment, Diaries, Hint
from plimsoll.visits.planning.forms import RowForm, Rows
from plimsoll.visits.planning.needs import Needs, needs, question, standing
from plimsoll.visits.planning.proposing import propose
from plimsoll.visits.planning.question import Need, Proposal, Question
from plimsoll.visits.planning.year import first_and_last, seal


@dataclass(frozen=True)
class Card:
    """One row of the plan as a page shows it."""

    form: RowForm
    title: str
    takes: str
    when: date | None
    hints: Sequence[Hint]


@dataclass
class Sheet:
    """A school's year that is being planned by somebody, in a partner's diary."""

    school: School
    cycle: Cycle
    partner: User
    user: User
    today: date
    cards: list[Card] = field(default_factory=list)

    @cached_property
    def needs(self) -> Needs:
        return needs(self.school, self.cycle)

    @cached_property
    def question(self) -> Question:
        return question(
            school=self.school,
            cycle=self.cycle,
            partner=self.partner,
            wanted=self.needs.found,
            today=self.today,
        )

    @cached_property
    def proposal(self) -> Proposal:
        return propose(self.question)

    @property
    def seal(self) -> str:
        return seal(self.needs.found, self.partner)

    @property
    def notes(self) -> list[str]:
        """What is left and not proposed, and why."""
        left_open = [
            f"{each.need.label}, {each.season or 'no term'}: no day found. {each.why}"
            for each in self.proposal.open
        ]
        return [*left_open, *self.proposal.notes, *self.needs.notes]

    # --- rows ----------------------------------------------------------------------

    def rows(self, data: Mapping[str, Any] | None) -> Any:
        """The proposal to be amended, or what was sent of it."""
        earliest, latest = first_and_last(self.cycle.year, self.today)
        initial = [
            {
                "kind": visit.need.kind,
                "funding": visit.need.funding,
                "wanted": True,
                "on": visit.on,
                "part": visit.part,
                "mode": visit.need.mode,
            }
            for visit in self.proposal.visits
        ]
        limits = {"earliest": earliest, "latest": latest}
        return Rows(data, initial=None if data is not None else initial, form_kwargs=limits)

    def lay_out(self, rows: Any) -> None:
        """Put beside each row what stands against it, the other ticked rows among that."""
        ticked = {
            f"row {nth}": appointment
            for nth, form in enumerate(rows.forms)
            if (appointment := self._appointment(nth, form))
        }
        diaries = Diaries([*self.appointments, *ticked.values()])
        self.cards = [
            self._card(form, ticked.get(f"row {nth}"), diaries, ticked.values())
            for nth, form in enumerate(rows.forms)
        ]

    def _card(
        self,
        form: RowForm,
        own: Appointment | None,
        diaries: Diaries,
        ticked: Iterable[Appointment],
    ) -> Card:
        need = self._need(form)
        here = [each.on for each in ticked if own and each.key != own.key]
        return Card(
            form=form,
            title=need.label if need else "A visit that is no longer left",
            takes=_takes(need) if need else "No days of it are left: leave it out",
            when=_values(form).get("on"),
            hints=self.hints(own, diaries, here) if own else (),
        )

    def hints(
        self, own: Appointment, diaries: Diaries, here: Iterable[date] = ()
    ) -> Sequence[Hint]:
        standing_here = [visit.on for visit in self.question.standing]
        return diaries.hints(
            own,
            calendar=self.question.calendar,
            limits=self.question.limits,
            here=[*standing_here, *here],
        )

    def _appointment(self, nth: int, form: RowForm) -> Appointment | None:
        values, need = _values(form), self._need(form)
        if not (values.get("wanted") and values.get("on") and values.get("part")):
            return None
        days = need.days if need else Decimal(0)
        return self.appointment(f"row {nth}", values["on"], values["part"], days)

    def appointment(self, key: str, on: date, part: str, days: Decimal) -> Appointment:
        return Appointment(
            key=key,
            partner=self.partner.pk,
            urn=self.school.pk,
            school="another of these visits",
            on=on,
            part=part,
            days=days,
        )

    def _need(self, form: RowForm) -> Need | None:
        key = (_values(form).get("kind"), _values(form).get("funding"))
        return next((each for each in self.needs.found if (each.kind, each.funding) == key), None)

    @cached_property
    def appointments(self) -> list[Appointment]:
        return appointments(Visit.objects.filter(partner=self.partner), self.user)


def _values(form: RowForm) -> Mapping[str, Any]:
    """What the row says: as it was sent, so far as it can be read, or as it is proposed."""
    return form.cleaned_data if form.is_bound and form.errors is not None else form.initial


def _takes(need: Need) -> str:
    return in_days(need.days) if need.days else "1 visit"


def appointments(visits: QuerySet[Visit], user: User) -> list[Appointment]:
    """Visits that take their day, the school by name for whoever may know of its visits."""
    rows = standing(visits).select_related("school")
    return [
        Appointment(
            key=str(visit.pk),
            partner=visit.partner_id,
            urn=visit.school_id,
            school=visit.school.name if may(user, "visit.see", visit) else "another school",
            on=visit.on,
            part=visit.part,
            days=visit.days,
        )
        for visit in rows
    ]


def told(hints: Iterable[Hint]) -> str:
    """Tells whether what stands against the days has been read."""
    return hashlib.sha256("\n".join(hint.text for hint in hints if hint.clash).encode()).hexdigest()
