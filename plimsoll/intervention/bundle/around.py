"""What happened at the school in the case's time, outside the case: entries of its file.

Visits whose content is private are not asked for at all (E12), nor is what was said of a trust,
which speaks of other schools. The allocation is told to those only who may know it (S7).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone

from plimsoll.allocations.models import Allocation
from plimsoll.allocations.page.history import title_of
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.models import Event
from plimsoll.evidence.models import Inspection
from plimsoll.framework.model import Edition
from plimsoll.intervention.bundle.entries import Entry, facts
from plimsoll.schools.models import School
from plimsoll.visits.contacts.record import with_whom
from plimsoll.visits.diary import wording
from plimsoll.visits.models import Call, InspectionCall, Liaison, Rise, Visit

CONTACTS: Final = "Visits and contacts"
INSPECTIONS: Final = "Inspections"
SUPPORT: Final = "The allocation"
# Which rounds there were, and what became of each: not who saved what.
STEPS: Final = tuple(f"allocation.{step.name}" for step in ALLOCATION.steps)


@dataclass(frozen=True)
class Span:
    """A school, and the days of the case."""

    school: School
    starts: date
    ends: date
    policy: Edition

    def days(self, name: str) -> dict[str, Any]:
        return {f"{name}__gte": self.starts, f"{name}__lte": self.ends}


def entries(span: Span, *, allocation: bool) -> Iterator[Entry]:
    """Six queries, seven with the allocation."""
    yield from _visits(span)
    yield from _calls(span)
    yield from _liaison(span)
    yield from _rise(span)
    yield from _coming(span)
    yield from _inspections(span)
    if allocation:
        yield from _allocation(span)


def _visits(span: Span) -> Iterator[Entry]:
    rows = Visit.objects.filter(school=span.school, private=False, **span.days("held_on"))
    for row in rows.select_related("partner").order_by("held_on", "pk"):
        if row.held_on and not row.type.content_private:
            blocks = facts(
                ("By", row.partner.name),
                ("With", row.others),
                ("Met", wording.met(row)),
                ("Purpose", row.purpose),
            )
            title = f"Visit held: {row.type.label}"
            yield Entry(f"visit-{row.pk}", CONTACTS, row.held_on, title, blocks)


def _calls(span: Span) -> Iterator[Entry]:
    rows = Call.objects.filter(school=span.school, corrected_by=None, **span.days("on"))
    for row in rows.order_by("on", "pk"):
        whom = with_whom(span.policy, row.spoke_to)
        blocks = facts(("What about", row.about), ("Logged by", row.logged_by_name))
        title = f"{row.get_how_display()}: {whom}"
        yield Entry(f"call-{row.pk}", CONTACTS, row.on, title, blocks)


def _liaison(span: Span) -> Iterator[Entry]:
    rows = Liaison.objects.filter(school=span.school, corrected_by=None, **span.days("on"))
    for row in rows.order_by("on", "pk"):
        whom = next((x.label for x in span.policy.contacts.liaison if x.id == row.spoke_to), "")
        blocks = facts(("With", row.person), ("What about", row.about))
        title = f"Liaison: {whom or row.spoke_to}"
        yield Entry(f"liaison-{row.pk}", CONTACTS, row.on, title, blocks)


def _rise(span: Span) -> Iterator[Entry]:
    for row in Rise.objects.filter(school=span.school, **span.days("since")).order_by("pk"):
        status = next(
            (x.label for x in span.policy.contacts.rise if x.id == row.status), row.status
        )
        blocks = facts(("Adviser", row.adviser), ("Note", row.note))
        yield Entry(f"rise-{row.pk}", CONTACTS, row.since, f"RISE: {status}", blocks)


def _coming(span: Span) -> Iterator[Entry]:
    """Calls of inspectors; what they found only once it is published."""
    rows = InspectionCall.objects.filter(school=span.school, **span.days("called_on"))
    for row in rows.order_by("called_on", "pk"):
        blocks = facts(
            ("First day", row.starts_on),
            ("Kind", row.kind),
            ("Lead inspector", row.lead),
            ("Outcome", row.outcome if row.published_on else ""),
            ("Published on", row.published_on),
        )
        title = "Inspectors called"
        yield Entry(f"inspection-call-{row.pk}", INSPECTIONS, row.called_on, title, blocks)


def _inspections(span: Span) -> Iterator[Entry]:
    """What is published of inspections: the figures' own source is their address."""
    rows = Inspection.objects.filter(urn=span.school.urn, **span.days("starts"))
    for row in rows.exclude(published=None).prefetch_related("grades").order_by("starts", "pk"):
        grades = tuple(
            (each.area_label, each.label) for each in sorted(row.grades.all(), key=lambda x: x.pk)
        )
        blocks = facts(
            ("Published", row.published),
            ("Outcome", row.outcome),
            ("Category", row.category_label if row.category else ""),
            *grades,
            ("Source", row.web_link or "Ofsted’s management information"),
        )
        title = f"Inspection by Ofsted: {row.type or row.get_kind_display()}"
        yield Entry(f"inspection-{row.pk}", INSPECTIONS, row.starts, title, blocks)


def _allocation(span: Span) -> Iterator[Entry]:
    """What both sides know of it: the service's own preparation is not told (S7)."""
    rows = Event.objects.filter(
        subject=Allocation._meta.label_lower,
        urn=span.school.urn,
        permission="allocation.see",
        verb__in=STEPS,
    )
    for row in rows.order_by("at", "pk"):
        day = timezone.localdate(row.at)
        if span.starts <= day <= span.ends:
            reasons = str((row.after or {}).get("reasons") or "")
            title = f"{span.policy.words.allocation}: {title_of(row.verb)}"
            blocks = facts(("Reasons", reasons), ("By", row.actor_name))
            yield Entry(f"allocation-{row.pk}", SUPPORT, day, title, blocks)
