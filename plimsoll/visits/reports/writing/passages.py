"""Saving a report as it is written: each part by itself, so that two may write at once (Q1).

A part is a section, what became of an earlier action, or an action that was agreed. Only
the parts that the writer touched are told, each with the version that the page had shown.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.models import Event, Versioned
from plimsoll.core.workflow import Refused, Stale
from plimsoll.people.models import User
from plimsoll.visits.agreed import agreeing, following
from plimsoll.visits.diary.begun import INSIDE
from plimsoll.visits.models import Passage, Report
from plimsoll.visits.reports.queries import WRITE
from plimsoll.visits.reports.workflow import may_be_written
from plimsoll.visits.reports.writing.typed import Said, Typed

WROTE: Final = "report.written"


class Clash(Stale):
    """Somebody else saved other words in the same parts; nothing of this save was kept."""

    def __init__(self, late: list[Versioned]) -> None:
        super().__init__(late[0])
        self.late = late


@transaction.atomic
def save(*, report: Report, typed: Typed, by: User, at: datetime) -> Report:
    """Save what was touched, all of it or none.

    Raises Clash with the parts in which somebody else was quicker, Refused with a sentence.
    """
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not may(by, WRITE, locked):
        raise Refused("Your role at this school does not allow you to write its reports.")
    if not may_be_written(locked):
        raise Refused("This report is no longer being written, so it cannot be changed now.")
    late = [
        *_sections(locked, typed.sections, by=by, at=at),
        *following.save(locked, typed.follow_ups, by=by, at=at),
        *agreeing.save(locked, typed.actions, typed.new, by=by, at=at),
    ]
    if late:
        raise Clash(late)
    if typed:
        # Whoever is about to send it notices that it is no longer what they read.
        locked.version += 1
        locked.save(update_fields=["version"])
        locked.writers.add(by)
        audit.record(
            verb=WROTE,
            subject=locked,
            by=by,
            at=at,
            permission=INSIDE,
            after={"sections": sorted(typed.sections)},
        )
    return locked


def last_save(report: Report, by: User | None = None) -> Event | None:
    """The last time that anybody, or this person, saved anything in the report."""
    saves = Event.objects.filter(subject=report._meta.label_lower, subject_id=report.pk, verb=WROTE)
    return (saves.filter(actor=by.pk) if by else saves).order_by("-at", "-pk").first()


def _sections(
    report: Report, said: Mapping[str, Said], *, by: User, at: datetime
) -> Iterator[Passage]:
    """Save each, and yield those in which somebody else wrote something else meanwhile."""
    saved = {each.section: each for each in report.passages.all()}
    for section, each in said.items():
        if section not in report.visit.type.sections:
            raise Refused("This report has no such section.")
        passage = saved.get(section) or Passage(report=report, section=section, version=0)
        overtaken = passage.version != each.version
        if overtaken and passage.text != each.text:
            yield passage
            continue
        # Two people's tags are put together, so that neither's are lost.
        kept = (passage.criteria, passage.priorities) if overtaken else ([], [])
        passage.text = each.text
        passage.criteria = sorted({*kept[0], *each.criteria})
        passage.priorities = sorted({*kept[1], *each.priorities})
        passage.version += 1
        passage.saved_at, passage.saved_by = at, by.name
        passage.save()
