"""The frame around every page of one school: who it is, and which pages hold something."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import F, QuerySet
from django.urls import reverse

from plimsoll.allocations.models import Allocation
from plimsoll.allocations.queries import side_of, since, state_label, waits_for
from plimsoll.core import access
from plimsoll.core.access import may, visible
from plimsoll.core.context import Entry
from plimsoll.desk import bands, chronology
from plimsoll.desk.bands import Standing
from plimsoll.desk.concern import OpenCase, open_case
from plimsoll.documents.models import Document
from plimsoll.framework import editions
from plimsoll.intervention.cases.queries import told_cases
from plimsoll.people.models import User
from plimsoll.schools import holdings
from plimsoll.schools.models import School

OVERVIEW: Final = "Overview"
VISITS: Final = "Visits"
CONTACT_LOG: Final = "Contact log"
# What the contact log holds: each part for whoever may read it.
LOGGED: Final = ("call.see", "liaison.see", "inspection.see")


@dataclass(frozen=True)
class Turn:
    """A round of the allocation as this person may know it."""

    case: Allocation
    state: str
    since: datetime | None
    waits_for: str
    band: str

    @property
    def href(self) -> str:
        return reverse("allocations:case", args=[self.case.pk])


@dataclass
class Frame:
    """One school as this person may see it. Each part is fetched when it is shown."""

    school: School
    user: User
    today: date
    tab: str = OVERVIEW

    @cached_property
    def standing(self) -> Standing | None:
        """The band in force; None where there is none, and for whoever may not know (S7)."""
        return bands.in_force(self.user, [self.school]).get(self.school.urn)

    @cached_property
    def partners(self) -> str:
        """Who works with the school for the service, where the person may know of roles."""
        if not may(self.user, "assignment.see", self.school):
            return ""
        held = holdings.holders(self.school, ("sip",), self.today)
        return ", ".join(assignment.person.name for assignment in held) or "Vacant"

    @property
    def partner_word(self) -> str:
        return editions.current().words.partner_short

    @cached_property
    def turns(self) -> list[Turn]:
        """The allocation's rounds of every year, newest first, for whoever may know."""
        rows = visible(Allocation.objects.filter(school=self.school), self.user, "allocation.see")
        rows = rows.select_related("school", "cycle").order_by("-cycle__year", "-round")
        return [self._turn(case) for case in rows]

    def _turn(self, case: Allocation) -> Turn:
        side = side_of(self.user, case)
        known = case.band if case.concluded_at and case.heard_at else ""
        return Turn(
            case=case,
            state=state_label(case, side),
            since=since(case, side),
            waits_for=waits_for(case, side),
            band=bands.label(case.policy, known) if known else "",
        )

    @property
    def current(self) -> Turn | None:
        """The newest round, while it is under way."""
        newest = self.turns[0] if self.turns else None
        return newest if newest and newest.case.concluded_at is None else None

    @cached_property
    def documents(self) -> list[Document]:
        """The newest documents that this person may read, without their bytes."""
        return list(readable_documents(self.user, self.school)[:200])

    @cached_property
    def open_case(self) -> OpenCase | None:
        return open_case(self.user, self.school, self.today)

    @cached_property
    def has_concern(self) -> bool:
        """Cases stand behind it for the service, whether there are any or not; for the school
        once it was told of one (S7)."""
        if may(self.user, "concern.see", self.school):
            return True
        return told_cases(self.user).filter(school=self.school).exists()

    @cached_property
    def has_history(self) -> bool:
        return chronology.of_school(self.user, self.school.urn).exists()

    @property
    def has_visits(self) -> bool:
        """Whoever may see visits has their page as soon as there are any, or days for some."""
        if not may(self.user, "visit.see", self.school):
            return False
        return bool(self.turns) or self.school.visits.exists()

    @property
    def has_contact_log(self) -> bool:
        return any(may(self.user, permission, self.school) for permission in LOGGED)

    @property
    def may_log_call(self) -> bool:
        return may(self.user, "call.log", self.school)

    @property
    def entries(self) -> list[Entry]:
        """The school's pages that hold something for this person."""
        return [
            Entry(text, reverse(name, args=[self.school.urn]), text == self.tab)
            for text, name in self._pages()
        ]

    def _pages(self) -> Iterator[tuple[str, str]]:
        yield OVERVIEW, "desk:school"
        yield "Evidence", "desk:evidence"
        if self.turns:
            yield "Allocation", "desk:school-allocations"
        if self.has_visits:
            yield VISITS, "desk:visits"
        if self.has_contact_log:
            yield CONTACT_LOG, "desk:contact-log"
        if self.has_concern:
            yield "Concern", "intervention:school"
        if self.documents:
            yield "Documents", "desk:documents"
        if may(self.user, "contact.see", self.school):
            yield "People", "desk:people"
        if self.has_history:
            yield "History", "desk:history"

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Who the school is, each fact that is known."""
        school = self.school
        rows = (
            ("Phase", school.get_phase_display()),
            ("Type", school.type_name),
            ("URN", str(school.urn)),
            ("LAESTAB", school.laestab),
            ("Status", school.get_status_display()),
            ("Legal route", school.route.label),
            ("Trust", school.trust_name),
            ("Federation", school.federation_name),
            ("Religious character", school.religious_character),
            ("Diocese", school.diocese),
            ("Pupils", "" if school.pupils is None else str(school.pupils)),
            ("Address", ", ".join(filter(None, (school.street, school.town, school.postcode)))),
            (self.partner_word, self.partners),
        )
        return [(name, value) for name, value in rows if value]


def readable_documents(user: Any, school: School) -> QuerySet[Document]:
    """The documents kept about a school that this person may read, newest first."""
    allowed = [each for each in access.GRANTS if may(user, each, school)]
    return (
        Document.objects.filter(urn=school.urn, permission__in=allowed)
        .defer("body")
        .order_by(F("issued_at").desc(), "-pk")
    )
